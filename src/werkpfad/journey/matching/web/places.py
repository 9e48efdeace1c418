"""A result by place: a map with counts per town, and the offers behind it. Small counts are hidden."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.chart import WIDTH, Frame, LatLon, frame_of, outline, radius
from werkpfad.journey.matching.models import Run
from werkpfad.journey.matching.rules import suppressed
from werkpfad.region.network.models import Site
from werkpfad.region.schools.models import School

NAMED = 6
"""So many towns, the largest, carry their name on the map; the list has all."""
EDGE = 70.0
"""Nearer to the edge than this a name is not centred."""
STATES = {"full": "alle Plätze vergeben", "left": "noch Plätze frei", "empty": "niemand"}


@dataclass(frozen=True, slots=True)
class Town:
    """One place with its seats; `placed` is None where it is hidden. `x`, `y`, `r`, `inner` are for the drawing."""

    name: str
    seats: int
    placed: int | None
    schools: list[str]
    x: float
    y: float
    r: float
    inner: float
    is_named: bool

    @property
    def anchor(self) -> str:
        """Which end of the name stands at the place, so that it stays inside the drawing."""
        if self.x > WIDTH - EDGE:
            return "end"
        return "start" if self.x < EDGE else "middle"


@dataclass(frozen=True, slots=True)
class Map:
    """The drawing: `land` as an SVG polygon's points, towns, and schools as (x, y)."""

    width: float
    height: float
    land: str
    towns: list[Town]
    schools: list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One offer of the run; `state` is a key of `STATES`."""

    title: str
    company: str
    town: str
    field: str
    seats: int
    state: str


def offer_lines(run: Run) -> list[OfferLine]:
    """Every offer that had free seats, by town and title. One query."""
    seats = {row[0]: row[1] for row in run.input["slots"]}
    taken = Counter(slot for _, slot, _ in run.result["assignments"])
    total: Counter[int] = Counter()
    got: Counter[int] = Counter()
    offers = {}
    for slot in _slots(seats):
        offers[slot.offer_id] = slot.offer
        total[slot.offer_id] += seats[slot.public_id]
        got[slot.offer_id] += taken[slot.public_id]
    lines = [
        OfferLine(
            offer.title,
            offer.organisation.name,
            offer.site.place_name,
            offer.main_field.title,
            total[pk],
            "empty" if not got[pk] else "full" if got[pk] >= total[pk] else "left",
        )
        for pk, offer in offers.items()
    ]
    return sorted(lines, key=lambda line: (line.town, line.company, line.title))


def map_of(run: Run, *, smallest: int) -> Map | None:
    """None if nothing of it has coordinates. Three queries."""
    seats, taken, spots = _by_town(run)
    schools = _schools(run)
    points = [*spots.values(), *(point for point, _ in schools.values())]
    if not points:
        return None
    names = sorted(spots)
    shown = suppressed([taken[name] for name in names], smallest)
    most = max((seats[name] for name in names), default=1)
    frame = frame_of(points)
    largest = set(sorted(names, key=lambda name: (-seats[name], name))[:NAMED])
    here: dict[str, list[str]] = defaultdict(list)
    for name, (_, town) in sorted(schools.items()):
        here[town].append(name)
    towns = [
        _town(name, seats[name], count, here[name], frame, spots[name], most, name in largest)
        for name, count in zip(names, shown, strict=True)
    ]
    corners = outline([frame.at(point) for point in points])
    return Map(
        width=WIDTH,
        height=frame.height,
        land=" ".join(f"{x},{y}" for x, y in corners),
        towns=towns,
        schools=[frame.at(point) for point, _ in schools.values()],
    )


def _town(
    name: str,
    seats: int,
    placed: int | None,
    schools: list[str],
    frame: Frame,
    spot: LatLon,
    most: int,
    is_named: bool,
) -> Town:
    x, y = frame.at(spot)
    r = radius(seats, most)
    inner = round(r * (placed / seats) ** 0.5, 1) if placed and seats else 0.0
    return Town(name, seats, placed, schools, x, y, r, min(inner, r), is_named)


def _by_town(run: Run) -> tuple[Counter[str], Counter[str], dict[str, LatLon]]:
    """Seats, places given, and the middle of the offers, by the name of the town."""
    free = {row[0]: row[1] for row in run.input["slots"]}
    given = Counter(slot for _, slot, _ in run.result["assignments"])
    seats: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    points: dict[str, list[LatLon]] = defaultdict(list)
    for slot in _slots(free):
        offer = slot.offer
        if offer.lat is None or offer.lon is None:
            continue
        name = offer.site.place_name or "ohne Ort"
        seats[name] += free[slot.public_id]
        taken[name] += given[slot.public_id]
        points[name].append((offer.lat, offer.lon))
    spots = {
        name: (sum(p[0] for p in rows) / len(rows), sum(p[1] for p in rows) / len(rows))
        for name, rows in points.items()
    }
    return seats, taken, spots


def _slots(keys: dict[str, int]) -> list[Slot]:
    rows = Slot.objects.filter(public_id__in=keys).select_related(
        "offer__organisation", "offer__main_field", "offer__site"
    )
    return list(rows.order_by("pk"))


def _schools(run: Run) -> dict[str, tuple[LatLon, str]]:
    """Schools of the run by name: where they are, and in which town."""
    keys = {row[2] for row in run.input["people"]}
    wanted = School.objects.filter(public_id__in=keys).values("organisation")
    sites = Site.objects.filter(organisation__in=wanted, lat__isnull=False, lon__isnull=False)
    found: dict[str, tuple[LatLon, str]] = {}
    for site in sites.select_related("organisation").order_by("-is_main", "pk"):
        if site.lat is not None and site.lon is not None:
            found.setdefault(site.organisation.name, ((site.lat, site.lon), site.place_name))
    return found
