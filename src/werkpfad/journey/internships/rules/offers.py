"""What an offer must say, how many seats it may have, and how it moves from draft to closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from werkpfad.base.core.days import written_out
from werkpfad.journey.internships.enums import OfferStatus
from werkpfad.journey.internships.rules.problems import Problem
from werkpfad.journey.internships.rules.programmes import AGES

MAX_SEATS = 500
MAX_OTHER_FIELDS = 3
SHORTEST_DESCRIPTION = 30


class OfferStep(StrEnum):
    PUBLISH = "publish"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"


class WizardStep(StrEnum):
    """The three pages of an offer; a problem names the page on which it is mended."""

    TEXT = "text"
    SEATS = "seats"
    PLACE = "place"


OFFER_STEPS: dict[tuple[str, str], OfferStatus] = {
    (OfferStatus.DRAFT, OfferStep.PUBLISH): OfferStatus.PUBLISHED,
    (OfferStatus.CLOSED, OfferStep.PUBLISH): OfferStatus.PUBLISHED,
    (OfferStatus.PUBLISHED, OfferStep.PAUSE): OfferStatus.PAUSED,
    (OfferStatus.PAUSED, OfferStep.RESUME): OfferStatus.PUBLISHED,
    (OfferStatus.PUBLISHED, OfferStep.CLOSE): OfferStatus.CLOSED,
    (OfferStatus.PAUSED, OfferStep.CLOSE): OfferStatus.CLOSED,
}


@dataclass(frozen=True, slots=True)
class OfferText:
    """What the offer is. Fields are codes of occupational fields, `occupation` a KldB code or empty."""

    main_field: str
    title: str
    description: str
    activities: str = ""
    other_fields: tuple[str, ...] = ()
    occupation: str = ""


@dataclass(frozen=True, slots=True)
class OfferTimes:
    """Usual hours (both or none) and for whom it is."""

    starts_at: time | None = None
    ends_at: time | None = None
    min_age: int = 13
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class OfferPlace:
    """Where it is and who is there for the pupil. `site` is a public id, `accessibility` holds codes."""

    site: str
    contact_name: str
    contact_email: str = ""
    contact_phone: str = ""
    bring: str = ""
    accessibility: tuple[str, ...] = ()
    languages: str = ""


@dataclass(frozen=True, slots=True)
class SeatFrame:
    """One place where seats can be entered: a block programme, or one day of a week.

    `key` names it in forms. `capacity` and `taken` are what is stored, `held` are seats in open proposals.
    Both days are included.
    """

    key: str
    programme_id: int
    first_day: date
    last_day: date
    offers_until: date
    is_open: bool = True
    slot_id: int | None = None
    capacity: int = 0
    taken: int = 0
    held: int = 0

    @property
    def least(self) -> int:
        """So many seats must stay."""
        return self.taken + self.held

    def accepts_more(self, *, today: date, after_deadline: bool) -> bool:
        """Whether seats may be added; the coordination may do so until the last day."""
        if not self.is_open or self.last_day < today:
            return False
        return after_deadline or today <= self.offers_until


def next_offer_status(status: str, step: str) -> OfferStatus | None:
    """The status after `step`; None if the step is not possible."""
    return OFFER_STEPS.get((status, step))


def text_problems(text: OfferText) -> list[Problem]:
    found = []
    if not text.title.strip():
        found.append(Problem("title", "Geben Sie dem Angebot einen Namen."))
    if not text.description.strip():
        found.append(Problem("description", "Beschreiben Sie in ein, zwei Sätzen, worum es geht."))
    if len(set(text.other_fields) - {text.main_field}) > MAX_OTHER_FIELDS:
        found.append(
            Problem("other_fields", f"Wählen Sie höchstens {MAX_OTHER_FIELDS} weitere Felder.")
        )
    return found


def time_problems(times: OfferTimes) -> list[Problem]:
    found = []
    if times.min_age not in AGES:
        found.append(
            Problem("min_age", f"Das Mindestalter liegt zwischen {AGES[0]} und {AGES[-1]} Jahren.")
        )
    if (times.starts_at is None) != (times.ends_at is None):
        missing = "ends_at" if times.ends_at is None else "starts_at"
        found.append(Problem(missing, "Bitte Beginn und Ende angeben, oder beides leer lassen."))
    elif times.starts_at and times.ends_at and times.ends_at <= times.starts_at:
        found.append(Problem("ends_at", "Das Ende liegt vor dem Beginn."))
    return found


def seat_problems(
    frames: Iterable[SeatFrame],
    wanted: Mapping[str, int],
    *,
    today: date,
    after_deadline: bool,
) -> list[Problem]:
    """Problems of the wanted seats by frame key; what is not named stays as it is."""
    found = []
    for frame in frames:
        seats = wanted.get(frame.key, frame.capacity)
        message = _seat_problem(frame, seats, today=today, after_deadline=after_deadline)
        if message:
            found.append(Problem(frame.key, message))
    return found


def _seat_problem(frame: SeatFrame, seats: int, *, today: date, after_deadline: bool) -> str:
    if seats == frame.capacity:
        return ""
    if not 0 <= seats <= MAX_SEATS:
        return f"Zwischen 0 und {MAX_SEATS} Plätzen."
    if seats < frame.taken:
        return f"{_seats(frame.taken)} schon vergeben. Weniger geht nicht."
    if seats < frame.least:
        return (
            f"{_seats(frame.least)} schon vergeben oder gerade vorgeschlagen. "
            "Lehnen Sie zuerst den Vorschlag ab."
        )
    if seats > frame.capacity and not frame.accepts_more(
        today=today, after_deadline=after_deadline
    ):
        if not frame.is_open or frame.last_day < today:
            return "Für dieses Programm sind keine neuen Plätze mehr möglich."
        return (
            f"Angebote waren bis zum {written_out(frame.offers_until)} möglich. "
            "Zusätzliche Plätze trägt die Koordination gern für Sie ein."
        )
    return ""


def _seats(count: int) -> str:
    return "1 Platz ist" if count == 1 else f"{count} Plätze sind"


def place_problems(place: OfferPlace) -> list[Problem]:
    found = []
    if not place.contact_name.strip():
        found.append(Problem("contact_name", "Wer ist für die Schüler:innen da?"))
    if not place.contact_email and not place.contact_phone.strip():
        found.append(Problem("contact_email", "Bitte E-Mail-Adresse oder Telefonnummer angeben."))
    return found


def publish_problems(
    *, text: OfferText, place: OfferPlace, seats: int, is_active_company: bool
) -> list[Problem]:
    """What is missing before pupils may see it; `seats` are those from today on. Fields are wizard steps or empty."""
    found = []
    if not is_active_company:
        found.append(
            Problem("", "Ihr Betrieb ist noch nicht freigegeben. Der Entwurf bleibt gespeichert.")
        )
    if text_problems(text):
        found.append(Problem(WizardStep.TEXT, "Titel oder Beschreibung fehlt."))
    elif len(text.description.strip()) < SHORTEST_DESCRIPTION:
        found.append(
            Problem(WizardStep.TEXT, "Die Beschreibung ist noch sehr kurz. Ein Satz mehr hilft.")
        )
    if seats < 1:
        found.append(Problem(WizardStep.SEATS, "Es gibt noch keinen Platz in einem Programm."))
    found += [Problem(WizardStep.PLACE, problem.message) for problem in place_problems(place)]
    return found


def shifted_seats(
    source: Mapping[date, int], target_days: Iterable[date], *, source_is_week: bool
) -> dict[date, int]:
    """Seats of an earlier season on the days of a new one.

    From week to week a day takes over the seats of the same weekday; if no weekday fits, and from or to a block
    (`target_days` then has one entry), each day gets the most seats there were.
    """
    days = sorted(set(target_days))
    most = max(source.values(), default=0)
    by_weekday: dict[int, int] = {}
    for day, seats in source.items():
        by_weekday[day.weekday()] = max(seats, by_weekday.get(day.weekday(), 0))
    if source_is_week and len(days) > 1:
        shifted = {day: by_weekday[day.weekday()] for day in days if day.weekday() in by_weekday}
        if any(shifted.values()):
            return {day: seats for day, seats in shifted.items() if seats}
    return {day: most for day in days if most}
