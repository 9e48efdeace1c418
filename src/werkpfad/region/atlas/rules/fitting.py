"""Who fits whom: what one side offers and the other looks for, how near, for whom, and what speaks for it."""

from dataclasses import dataclass

from werkpfad.base.core.geo import Point, distance_km, spoken_km
from werkpfad.region.atlas.enums import Direction
from werkpfad.region.atlas.rules.entries import Content, Item, spoken_grades

NEAR_KM = 30.0
MOST = 12


@dataclass(frozen=True, slots=True)
class Side:
    """One organisation as far as fitting matters. `forms` are a school's own forms, empty for everybody else."""

    key: int
    content: Content
    point: Point | None = None
    is_school: bool = False
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fit:
    """One suggestion: `theirs` answers `ours`; `score` orders, higher is better; `km` is None where unknown."""

    key: int
    ours: Item
    theirs: Item
    score: float
    km: float | None


def suggestions(me: Side, others: list[Side], *, most: int = MOST) -> list[Fit]:
    """The best fit with each other organisation, the best first; nobody further than `NEAR_KM`."""
    found = [fit for other in others if other.key != me.key and (fit := best_fit(me, other))]
    return sorted(found, key=lambda fit: (-fit.score, fit.km or 0.0, fit.key))[:most]


def best_fit(me: Side, other: Side) -> Fit | None:
    """The pair of items that fits best, None if nothing does."""
    km = distance_km(me.point, other.point) if me.point and other.point else None
    if km is not None and km > NEAR_KM:
        return None
    fits = [
        Fit(other.key, ours, theirs, _score(me, other, ours, theirs, km), km)
        for ours in me.content.items
        for theirs in other.content.items
        if _answers(me, other, ours, theirs)
    ]
    return max(fits, key=lambda fit: (fit.score, fit.theirs.key), default=None)


def _answers(me: Side, other: Side, ours: Item, theirs: Item) -> bool:
    """One offers what the other seeks, for grades and school forms that both have in mind."""
    return (
        ours.kind == theirs.kind
        and ours.direction != theirs.direction
        and _grades_meet(ours, theirs)
        and _meet(ours.fields, theirs.fields)
        and _form_fits(ours, other)
        and _form_fits(theirs, me)
    )


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _grades_meet(one: Item, other: Item) -> bool:
    first = max(one.first_grade or 1, other.first_grade or 1)
    last = min(one.last_grade or 13, other.last_grade or 13)
    return first <= last


def _form_fits(item: Item, school: Side) -> bool:
    """Whether an item is meant for the other side's school forms; only schools have any."""
    return not item.forms or not school.forms or bool(school.forms & set(item.forms))


def _score(me: Side, other: Side, ours: Item, theirs: Item, km: float | None) -> float:
    """What one looks for counts double; then shared fields, a stated form or grade, and the way."""
    score = 2.0 if ours.direction is Direction.NEED else 1.0
    score += 0.5 * bool(set(ours.fields) & set(theirs.fields))
    score += 0.25 * bool(ours.first_grade and theirs.first_grade)
    score += 0.25 * bool(ours.forms or theirs.forms)
    # A school and a company are what a network is for.
    score += 0.5 * (me.is_school != other.is_school)
    return score + (1 - km / NEAR_KM if km is not None else 0.0)


def reason(fit: Fit, titles: dict[str, str]) -> str:
    """One sentence: 'sucht Betriebserkundung (Metall), 4,0 km, Klassen 8 bis 10'. `titles` names the fields."""
    verb = "bietet" if fit.theirs.direction is Direction.OFFER else "sucht"
    fields = ", ".join(titles[code] for code in fit.theirs.fields if code in titles)
    parts = [f"{verb} {fit.theirs.kind.label}" + (f" ({fields})" if fields else "")]
    if fit.km is not None:
        parts.append(spoken_km(fit.km))
    first = max(fit.ours.first_grade or 1, fit.theirs.first_grade or 1)
    last = min(fit.ours.last_grade or 13, fit.theirs.last_grade or 13)
    if (first, last) != (1, 13):
        parts.append(spoken_grades(first, None if last == 13 else last))
    return ", ".join(parts)
