"""What a pupil may wish for, why not, and how good the chance is: in the words of a 13-year-old."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from werkpfad.base.core.geo import Point, distance_km
from werkpfad.base.core.school_year import age_on
from werkpfad.journey.internships.rules import Problem
from werkpfad.journey.matching.enums import RoundPhase


@dataclass(frozen=True, slots=True)
class PupilFacts:
    """What decides about a pupil's wishes. `home` is the middle of the postal code, `max_km` the own limit."""

    region_id: int
    school_id: int
    birth_date: date
    grade: int
    home: Point | None
    max_km: int


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """What decides whether a slot can be wished for. `min_age` is the stricter of offer and programme."""

    region_id: int
    first_day: date
    min_age: int
    point: Point | None
    is_published: bool
    is_open: bool
    free: int
    grades: tuple[int, ...]
    school_ids: frozenset[int]
    max_km: int


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something in the way of a wish. A hard one makes it impossible, a soft one is only a warning."""

    code: str
    text: str
    is_hard: bool = True


def travel_km(pupil: PupilFacts, slot: SlotFacts) -> float | None:
    """Distance as the crow flies, km; None if home or place is not known."""
    if pupil.home is None or slot.point is None:
        return None
    return distance_km(pupil.home, slot.point)


def obstacles(pupil: PupilFacts, slot: SlotFacts) -> list[Obstacle]:
    """All obstacles, hard ones first."""
    return [*_hard(pupil, slot), *_soft(pupil, slot)]


def _hard(pupil: PupilFacts, slot: SlotFacts) -> Iterable[Obstacle]:
    if slot.region_id != pupil.region_id or not slot.is_open:
        yield Obstacle("closed", "Für dieses Programm kannst du dir gerade nichts wünschen.")
        return
    if not slot.is_published:
        yield Obstacle("offline", "Der Betrieb bietet diesen Platz gerade nicht an.")
    elif slot.free <= 0:
        yield Obstacle("full", "Hier sind schon alle Plätze fest vergeben.")
    if slot.school_ids and pupil.school_id not in slot.school_ids:
        yield Obstacle("school", "Deine Schule macht bei diesem Programm nicht mit.")
    if pupil.grade not in slot.grades:
        yield Obstacle("grade", "Dieses Programm ist nicht für deinen Jahrgang.")
    if age_on(pupil.birth_date, slot.first_day) < slot.min_age:
        yield Obstacle("age", f"Du musst am ersten Tag mindestens {slot.min_age} Jahre alt sein.")


def _soft(pupil: PupilFacts, slot: SlotFacts) -> Iterable[Obstacle]:
    km = travel_km(pupil, slot)
    limit = min(pupil.max_km, slot.max_km)
    if km is not None and km > limit:
        text = (
            f"Das sind etwa {round(km)} km Luftlinie, weiter als {limit} km. Kommst du da gut hin?"
        )
        yield Obstacle("far", text, is_hard=False)


def is_possible(pupil: PupilFacts, slot: SlotFacts) -> bool:
    return next(iter(_hard(pupil, slot)), None) is None


def chance(wishes: int, free: int) -> str:
    """An honest sentence; `wishes` counts everybody who has the place on the list, the reader included."""
    if free < 1:
        return "hier ist gerade nichts frei"
    seats = "1 Platz" if free == 1 else f"{free} Plätze"
    if wishes <= 1:
        return f"{seats}, bisher wünscht sich das sonst niemand"
    return f"{wishes} Wünsche für {seats}"


def field_chance(wishes: int, seats: int) -> str:
    """The same for a field of a week, where nobody wishes for a single place; `seats` are those of all days."""
    places = {0: "keinen Platz", 1: "1 Platz"}.get(seats, f"{seats} Plätze")
    if not wishes:
        return f"bisher wünscht sich das niemand, {places.replace('keinen', 'kein')}"
    return f"{wishes} {'Wunsch' if wishes == 1 else 'Wünsche'} für {places}"


def crowding(wishes: int, free: int) -> str:
    """A light for the list: grey nobody, green enough for all, amber tight, red more than three for one seat."""
    if wishes == 0:
        return "grey"
    if wishes <= free:
        return "green"
    return "amber" if wishes <= 3 * free else "red"


def is_open_for_wishes(phase: str, *, has_place: bool) -> bool:
    """Everybody while wishes are collected; in the leftover market whoever has nothing, also who comes late."""
    return phase == RoundPhase.WISHES or (phase == RoundPhase.LEFTOVERS and not has_place)


def fewest_wishes(phase: str, min_wishes: int) -> int:
    """How many wishes make a list; of what is left, one is enough."""
    return 1 if phase == RoundPhase.LEFTOVERS else min_wishes


def submit_problems(count: int, *, min_wishes: int, max_wishes: int) -> list[Problem]:
    """Whether a list can be handed in."""
    if count < min_wishes:
        missing = min_wishes - count
        more = "noch einen Platz" if missing == 1 else f"noch {missing} Plätze"
        return [Problem("", f"Setze {more} auf deine Liste. Mindestens {min_wishes} sind nötig.")]
    if count > max_wishes:
        return [
            Problem("", f"Deine Liste hat {count} Wünsche. Höchstens {max_wishes} sind möglich.")
        ]
    return []


def week_problems(
    fields: Sequence[str],
    days: Sequence[date],
    wanted: int,
    *,
    possible: Sequence[date],
    max_days: int,
) -> list[Problem]:
    """A week needs fields, days that exist, and no more wanted days than suit."""
    problems = []
    if not fields:
        problems.append(Problem("fields", "Wähle mindestens ein Berufsfeld."))
    if not days or any(day not in possible for day in days):
        problems.append(Problem("days", "Wähle mindestens einen Tag, an dem du kannst."))
    elif not 1 <= wanted <= min(len(days), max_days):
        most = min(len(days), max_days)
        text = (
            f"Du kannst höchstens {most} Tage bekommen."
            if most > 1
            else "Du kannst nur 1 Tag bekommen."
        )
        problems.append(Problem("wanted_days", text))
    return problems
