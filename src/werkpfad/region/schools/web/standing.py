"""What pages show of one pupil's way: placements, applications, wishes."""

from dataclasses import dataclass

from werkpfad.journey.applications.models import Application
from werkpfad.journey.matching.models import Entry
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.queries import with_details
from werkpfad.region.schools.models import Pupil


@dataclass(frozen=True, slots=True)
class Wishes:
    """One round's wishes as words, dearest first."""

    programme: str
    submitted: bool
    wishes: tuple[str, ...]


def placements_of(pupil: Pupil) -> list[Placement]:
    """All placements, the next first; two queries."""
    return list(
        with_details(Placement.objects.filter(pupil=pupil)).order_by("-slot__first_day", "-pk")
    )


def applications_of(pupil: Pupil) -> list[Application]:
    return list(
        Application.objects.filter(pupil=pupil)
        .select_related("slot__offer__organisation", "slot__programme")
        .order_by("-submitted_at", "-pk")
    )


def wishes_of(pupil: Pupil) -> list[Wishes]:
    """Wishes for places and for fields in all rounds of the pupil; three queries."""
    entries = (
        Entry.objects.filter(pupil=pupil)
        .select_related("round__programme")
        .prefetch_related("wishes__slot__offer__organisation", "field_wishes__field")
        .order_by("-round__wishes_from", "-pk")
    )
    return [Wishes(e.round.programme.title, e.submitted_at is not None, _words(e)) for e in entries]


def _words(entry: Entry) -> tuple[str, ...]:
    places = sorted(entry.wishes.all(), key=lambda wish: wish.rank)
    fields = sorted(entry.field_wishes.all(), key=lambda wish: wish.rank)
    return (
        *(f"{w.slot.offer.title}, {w.slot.offer.organisation.name}" for w in places),
        *(w.field.title for w in fields),
    )
