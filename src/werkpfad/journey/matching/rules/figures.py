"""The figures of a run. Small cells are hidden, and so are those from which a hidden one could be worked out."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

KM_CLASSES = (2, 5, 10, 15, 25, 50)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one pupil got. `ranks` of the wishes granted (None: another place), `km` of the ways."""

    school: str
    school_name: str
    form: str
    wanted: int
    ranks: tuple[int | None, ...]
    km: tuple[float, ...]

    @property
    def days(self) -> int:
        return len(self.ranks)


def suppressed(
    counts: Sequence[int], smallest: int, forced: Collection[int] = ()
) -> list[int | None]:
    """The counts of one list whose sum is shown, without cells from 1 to `smallest` - 1 and those at `forced`.

    Further cells are hidden, smallest first, until nothing hidden follows from the sum and the rest:
    at least two cells are hidden, and together they hold at least `smallest`.
    """
    shown: list[int | None] = [
        None if 0 < count < smallest or (count and place in forced) else count
        for place, count in enumerate(counts)
    ]
    if sum(counts) < smallest:
        return [None if count else 0 for count in counts]
    while True:
        hidden = [count for count, cell in zip(counts, shown, strict=True) if cell is None]
        rest = [i for i, cell in enumerate(shown) if cell]
        if not hidden or not rest or (len(hidden) > 1 and sum(hidden) >= smallest):
            return shown
        shown[min(rest, key=lambda i: (counts[i], i))] = None


def total(count: int, smallest: int) -> int | None:
    """A single figure, hidden if it is small."""
    return None if 0 < count < smallest else count


def summarise(outcomes: Sequence[Outcome], *, smallest: int) -> dict[str, Any]:
    """All figures that are stored and shown; cells are numbers or None (hidden)."""
    placed = [o for o in outcomes if o.ranks]
    without = len(outcomes) - len(placed)
    hide = 0 < without < smallest or 0 < len(placed) < smallest
    schools = _schools(outcomes, smallest)
    ways = [km for o in outcomes for km in o.km]
    return {
        "smallest": smallest,
        "people": total(len(outcomes), smallest),
        "placed": None if hide else len(placed),
        "without": None if hide else without,
        "few": "" if not hide else "without" if 0 < without < smallest else "placed",
        "days": sum(o.days for o in outcomes) if not hide else None,
        "days_wanted": sum(o.wanted for o in outcomes) if not hide else None,
        "km": round(sum(ways) / len(ways), 1) if len(ways) >= smallest else None,
        "ranks": _cells(_rank_counts(outcomes), smallest),
        "distances": _cells(_km_counts(outcomes), smallest),
        "schools": schools,
        "forms": _forms(outcomes, schools, smallest),
    }


def _rank_counts(outcomes: Iterable[Outcome]) -> list[tuple[str, int]]:
    ranks = Counter(rank for o in outcomes for rank in o.ranks)
    last = max((rank for rank in ranks if rank is not None), default=0)
    rows = [(f"{rank}.", ranks[rank]) for rank in range(1, last + 1)]
    return [*rows, ("anderer", ranks[None])] if ranks[None] else rows


def _km_counts(outcomes: Iterable[Outcome]) -> list[tuple[str, int]]:
    ways = [km for o in outcomes for km in o.km]
    rows, least = [], 0
    for most in KM_CLASSES:
        rows.append((f"{least}–{most}", sum(least <= km < most for km in ways)))
        least = most
    rows.append((f"ab {least}", sum(km >= least for km in ways)))
    while rows and not rows[-1][1]:
        rows.pop()
    return rows


def _cells(rows: Sequence[tuple[str, int]], smallest: int) -> list[dict[str, Any]]:
    counts = suppressed([count for _, count in rows], smallest)
    return [
        {"label": label, "count": count} for (label, _), count in zip(rows, counts, strict=True)
    ]


def _schools(outcomes: Sequence[Outcome], smallest: int) -> list[dict[str, Any]]:
    return _groups(outcomes, lambda o: (o.school, o.school_name), smallest)


def _forms(
    outcomes: Sequence[Outcome], schools: Sequence[dict[str, Any]], smallest: int
) -> list[dict[str, Any]]:
    """Schools of a form add up to the form: where that would reveal a hidden school, the form is hidden as well."""
    hidden = {row["key"] for row in schools if row["without"] is None}
    missing = Counter(o.school for o in outcomes if not o.ranks)
    form_of = {o.school: o.form for o in outcomes}
    revealing = set()
    for form in set(form_of.values()):
        inside = [school for school in hidden if form_of[school] == form]
        if inside and (len(inside) == 1 or sum(missing[s] for s in inside) < smallest):
            revealing.add(form)
    return _groups(outcomes, lambda o: (o.form, o.form), smallest, revealing)


def _groups(
    outcomes: Sequence[Outcome],
    key: Callable[[Outcome], tuple[str, str]],
    smallest: int,
    revealing: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Per group: people, placed, without. A row's parts are shown together or not at all, since they add up."""
    people = Counter(key(o) for o in outcomes)
    placed = Counter(key(o) for o in outcomes if o.ranks)
    names = sorted(people, key=lambda name: (name[1], name[0]))
    forced = [place for place, name in enumerate(names) if name[0] in revealing]
    sizes = suppressed([people[name] for name in names], smallest)
    without = suppressed([people[name] - placed[name] for name in names], smallest, forced)
    with_place = suppressed([placed[name] for name in names], smallest)
    rows = []
    for name, size, missing, got in zip(names, sizes, without, with_place, strict=True):
        hidden = size is None or missing is None or got is None
        rows.append(
            {
                "key": name[0],
                "label": name[1],
                "people": size,
                "placed": None if hidden else got,
                "without": None if hidden else missing,
            }
        )
    return rows
