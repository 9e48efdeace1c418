"""Work that repeats."""

from datetime import datetime

from werkpfad.region.network.actions import forget_invitations, forget_registrations


def tidy(*, at: datetime) -> None:
    """Forget invitations and unconfirmed registrations whose time is over."""
    forget_invitations(at=at)
    forget_registrations(at=at)
