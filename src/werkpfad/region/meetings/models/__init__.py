"""Networks with their people."""

from werkpfad.region.meetings.models.circles import Circle, CircleMember, Participant

__all__ = ["Circle", "CircleMember", "Participant"]
