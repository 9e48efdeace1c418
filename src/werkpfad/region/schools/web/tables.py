"""The lists of a class."""

from django.urls import reverse

from werkpfad.base.core.days import in_figures
from werkpfad.base.core.ui import parts
from werkpfad.base.core.ui.parts import Action, Badge, Link, Signal
from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.journey.placements.enums import PlacementState
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.rules import Light
from werkpfad.region.schools.models import Pupil
from werkpfad.region.schools.web.board import Line

LIGHTS: dict[Light, parts.Light] = {Light.RED: "red", Light.AMBER: "amber", Light.GREEN: "green"}
LABELS: dict[parts.Light, str] = {"red": "ohne Platz", "amber": "in Arbeit", "green": "bestätigt"}


def _page(pupil: Pupil) -> str:
    return reverse("schools:pupil_page", args=[pupil.public_id])


def _name(pupil: Pupil) -> Link:
    return Link(f"{pupil.family_name}, {pupil.given_name}", _page(pupil))


def _signal(line: Line) -> Signal:
    light = LIGHTS[line.signal.light]
    return Signal(light, LABELS[light], line.signal.sentence)


def _place(placement: Placement) -> str:
    slot = placement.slot
    days = in_figures(slot.first_day)
    if slot.last_day != slot.first_day:
        days += f" bis {in_figures(slot.last_day)}"
    company = f"{slot.offer.organisation.name}, {days}"
    return company if placement.state != PlacementState.PROPOSED else f"{company} (vorgeschlagen)"


def _places(line: Line) -> str:
    if line.placements:
        return "; ".join(_place(p) for p in line.placements)
    if line.open_applications:
        word = "Bewerbung" if line.open_applications == 1 else "Bewerbungen"
        return f"{line.open_applications} offene {word}"
    return ""


def access_badge(pupil: Pupil) -> Badge:
    """Whether the pupil has a code and has used it."""
    access = getattr(pupil.user, "access_code", None) if pupil.user else None
    if access is None:
        return Badge("kein Code", "warning")
    if access.last_used_at is None:
        return Badge("noch nie angemeldet", "neutral")
    return Badge("war angemeldet", "success")


def _next(line: Line) -> list[Action]:
    """What waits for the teacher in this row; the name leads to everything else."""
    if line.to_approve is None:
        return []
    chosen = {"selected": line.to_approve.public_id}
    address = reverse("placements:approvals")
    return [Action("Genehmigen", address, kind="primary", post=True, fields=chosen)]


NOBODY = Empty(
    "Hier steht gerade niemand",
    "Für diesen Filter gibt es niemanden in der Klasse.",
    picture="empty-done",
)

BOARD = TableSpec(
    caption="Schüler:innen der Klasse",
    columns=(
        Column("name", "Name", value=lambda line: _name(line.pupil), main=True),
        Column("light", "Stand", value=_signal),
        Column("place", "Platz", value=_places),
        Column("access", "Zugang", value=lambda line: access_badge(line.pupil)),
        Column("next", "Aktion", value=_next, hide_label=True),
    ),
    per_page=100,
    empty=NOBODY,
)

PEOPLE = TableSpec(
    caption="Schüler:innen der Klasse",
    columns=(
        Column("name", "Name", value=_name, main=True),
        Column("born", "Geburtsdatum", value=lambda pupil: pupil.birth_date),
        Column("access", "Zugang", value=access_badge),
    ),
    per_page=100,
    empty=NOBODY,
)
