"""What a page may show of placements and applications, as plain values made for one viewer.

Templates get these, never the rows: what a viewer may not see does not reach the template.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from werkpfad.base.core.days import day_of, in_figures, period
from werkpfad.base.core.ui.parts import Badge, Fact, Step, StepState, Tone
from werkpfad.journey.applications.enums import ApplicationState
from werkpfad.journey.applications.models import Application
from werkpfad.journey.applications.rules import age_band
from werkpfad.journey.placements.endings import ending_sentence
from werkpfad.journey.placements.enums import ACTIVE, SEATED, Answer, PlacementState, Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.queries import said
from werkpfad.journey.placements.rules import next_actor, open_sides
from werkpfad.journey.placements.visibility import Datum, Sight, Viewer, pseudonym
from werkpfad.region.schools.models import Pupil

STATE_TONES: dict[str, Tone] = {
    PlacementState.PROPOSED: "warning",
    PlacementState.CONFIRMED: "success",
    PlacementState.COMPLETED: "success",
    PlacementState.DECLINED: "neutral",
    PlacementState.EXPIRED: "neutral",
    PlacementState.CANCELLED: "danger",
    ApplicationState.OPEN: "warning",
}
PLACEMENT, APPLICATION = "placement", "application"


def sight_of(placement: Placement, viewer: Viewer) -> Sight:
    """A confirmed placement opens the name; one called off before its time keeps it open for the record."""
    return Sight(viewer, agreed=placement.state in SEATED)


def name_of(pupil: Pupil, sight: Sight) -> str:
    if sight.sees(Datum.FULL_NAME):
        return pupil.full_name
    return pupil.given_name if sight.sees(Datum.FIRST_NAME) else pseudonym(pupil.public_id)


def facts_of(pupil: Pupil, sight: Sight, *, first_day: date) -> list[Fact]:
    """What the viewer may know of the pupil, in the order of the agreement."""
    school_class = pupil.school_class
    facts = []
    if sight.sees(Datum.BIRTH_DATE):
        facts.append(Fact("Geboren am", in_figures(pupil.birth_date)))
    elif sight.sees(Datum.AGE_BAND):
        facts.append(Fact("Alter", age_band(pupil.birth_date, first_day)))
    if sight.sees(Datum.SCHOOL):
        where = f"{school_class.school.organisation.name}, Klasse {school_class.name}"
        facts.append(Fact("Schule", where))
    elif sight.sees(Datum.GRADE):
        facts.append(Fact("Klassenstufe", str(school_class.grade)))
    if sight.sees(Datum.HOME) and pupil.home_place:
        facts.append(Fact("Wohnort", f"{pupil.home_postal_code} {pupil.home_place}".strip()))
    return facts


@dataclass(frozen=True, slots=True)
class Card:
    """One placement or application on a page. `key` names it in forms: kind and public id."""

    kind: str
    public_id: str
    name: str
    facts: list[Fact]
    company: str
    place: str
    offer: str
    offer_id: str
    picture: str
    period: str
    due_at: datetime | None
    state: Badge
    sentence: str = ""
    message: str = ""
    steps: list[Step] = field(default_factory=list)
    waits_for_you: bool = False
    can_take_back: bool = False
    supervisor: str = ""
    may_name_supervisor: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.public_id}"


def placement_card(placement: Placement, viewer: Viewer) -> Card:
    """Expects `queries.with_details`."""
    sight, slot = sight_of(placement, viewer), placement.slot
    own = _own_side(viewer)
    consent = next((c for c in placement.consents.all() if c.side == own), None)
    is_open = placement.state == PlacementState.PROPOSED
    application = placement.application
    message = application.message if application and sight.sees(Datum.MESSAGE) else ""
    return Card(
        kind=PLACEMENT,
        public_id=placement.public_id,
        name=name_of(placement.pupil, sight),
        facts=facts_of(placement.pupil, sight, first_day=slot.first_day),
        company=slot.offer.organisation.name,
        place=slot.offer.site.place_name,
        offer=slot.offer.title,
        offer_id=slot.offer.public_id,
        picture=slot.offer.main_field.code,
        period=period(slot.first_day, slot.last_day),
        due_at=consent.due_at if consent and is_open else None,
        state=Badge(placement.get_state_display(), STATE_TONES[placement.state]),
        sentence=status_sentence(placement, viewer),
        message=message,
        steps=steps_of(placement, viewer) if is_open else [],
        waits_for_you=is_open and consent is not None and consent.answer == Answer.OPEN,
        can_take_back=is_open and consent is not None and consent.answer == Answer.YES,
        supervisor=placement.supervisor_name if sight.sees(Datum.COMPANY_CONTACT) else "",
        may_name_supervisor=viewer is Viewer.COMPANY
        and placement.state in ACTIVE
        and consent is not None
        and consent.answer == Answer.YES,
    )


def application_card(application: Application, viewer: Viewer) -> Card:
    """Expects `applications.queries.with_details`."""
    sight, slot = Sight(viewer, agreed=False), application.slot
    is_open = application.state == ApplicationState.OPEN
    return Card(
        kind=APPLICATION,
        public_id=application.public_id,
        name=name_of(application.pupil, sight),
        facts=facts_of(application.pupil, sight, first_day=slot.first_day),
        company=slot.offer.organisation.name,
        place=slot.offer.site.place_name,
        offer=slot.offer.title,
        offer_id=slot.offer.public_id,
        picture=slot.offer.main_field.code,
        period=period(slot.first_day, slot.last_day),
        due_at=application.decide_by if is_open else None,
        state=Badge(application.get_state_display(), STATE_TONES.get(application.state, "neutral")),
        sentence=_application_sentence(application),
        message=application.message if sight.sees(Datum.MESSAGE) else "",
        waits_for_you=is_open and viewer is Viewer.COMPANY,
    )


def _application_sentence(application: Application) -> str:
    if application.state != ApplicationState.DECLINED:
        return ""
    text = f" {application.decline_text}" if application.decline_text else ""
    return f"Grund: {application.get_decline_reason_display()}.{text}"


def _own_side(viewer: Viewer) -> str:
    return {Viewer.COMPANY: Side.COMPANY, Viewer.PUPIL: Side.PUPIL, Viewer.SCHOOL: Side.SCHOOL}.get(
        viewer, ""
    )


_YOU = {Viewer.COMPANY: Side.COMPANY, Viewer.PUPIL: Side.PUPIL, Viewer.SCHOOL: Side.SCHOOL}
_ACTS = {
    Side.COMPANY: "Der Betrieb muss noch antworten.",
    Side.PUPIL: "Die Schülerin oder der Schüler muss noch antworten.",
    Side.SCHOOL: "Die Schule muss noch genehmigen.",
}


def status_sentence(placement: Placement, viewer: Viewer) -> str:
    """One line: who must act next, or how it ended."""
    to_pupil = viewer is Viewer.PUPIL
    if placement.state == PlacementState.CONFIRMED:
        return "Alle haben zugesagt. Der Platz gehört dir." if to_pupil else "Alle haben zugesagt."
    if placement.state == PlacementState.COMPLETED:
        return "Das Praktikum ist vorbei."
    if placement.state != PlacementState.PROPOSED:
        ending = ending_sentence(placement, to_pupil=to_pupil)
        return f"{ending} {placement.reason_text}".strip()
    waiting = open_sides(said(placement))
    if _YOU.get(viewer) in waiting:
        return "Du bist dran: Sag Ja oder Nein." if to_pupil else "Ihre Antwort fehlt noch."
    actor = next_actor(said(placement))
    return _ACTS[actor] if actor else ""


def steps_of(placement: Placement, viewer: Viewer) -> list[Step]:
    """The three answers as steps; every open one is current, because the order is free."""
    you = _YOU.get(viewer)
    return [
        _step(c.side, c.answer, c.due_at, you=c.side == you, informal=viewer is Viewer.PUPIL)
        for c in placement.consents.all()
    ]


def _step(side: str, answered: str, due_at: datetime, *, you: bool, informal: bool) -> Step:
    label = ("Du" if informal else "Sie") if you else Side(side).label
    state: StepState = "done" if answered == Answer.YES else "current"
    when = "hat zugesagt" if not you else ("hast zugesagt" if informal else "haben zugesagt")
    if answered != Answer.YES:
        when = f"bis {in_figures(day_of(due_at))}"
    return Step(label=label, state=state, when=when)


def by_due_date(cards: Iterable[Card]) -> list[Card]:
    return sorted(cards, key=lambda card: (card.due_at is None, card.due_at, card.key))
