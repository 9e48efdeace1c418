"""From the address bar to criteria, and back to chips that take one filter away."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

from werkpfad.base.core import clock
from werkpfad.base.core.geo import Point
from werkpfad.base.core.ui.pagination import with_params
from werkpfad.base.core.ui.parts import Link
from werkpfad.journey.internships.queries import organisations_with_free_places
from werkpfad.region.atlas.models import MemberEntry
from werkpfad.region.atlas.queries import find_entries, school_called
from werkpfad.region.atlas.rules import DEFAULT_RADIUS_KM, NetworkCriteria, Sort
from werkpfad.region.atlas.web.forms.search import NetworkForm
from werkpfad.region.network.models import Place, Region
from werkpfad.region.network.places import PlaceAnswer, find_place
from werkpfad.region.network.request import membership_of

QUIET = ("umkreis", "sortierung", "region")


@dataclass(frozen=True, slots=True)
class Search:
    """Criteria with the place behind them; `unknown_place` is what was typed and not found."""

    criteria: NetworkCriteria
    region: Region | None
    place: str
    origin: Point | None
    choices: list[Place]
    unknown_place: str

    def entries(self) -> QuerySet[MemberEntry]:
        """What is found; the list, the map and the files ask this one question."""
        free = organisations_with_free_places(today=clock.today())
        return find_entries(
            self.criteria,
            region_id=self.region.pk if self.region else None,
            with_free_places=free,
        )


def region_of(request: HttpRequest) -> Region | None:
    """Members see their own region; visitors the one in the address, the only one, or all."""
    membership = membership_of(request)
    if membership is not None:
        return membership.organisation.region
    slug = request.GET.get("region")
    rows = Region.objects.filter(slug=slug) if slug else Region.objects.order_by("pk")
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def search_of(form: NetworkForm, region: Region | None) -> Search:
    """Broken filters count as not set; a place is a place, a postal code or a school by name."""
    typed = form.value("ort") or ""
    answer = find_place(typed) if typed else PlaceAnswer()
    name, origin = "", None
    if answer.place is not None:
        name, origin = answer.place.name, Point(answer.place.lat, answer.place.lon)
    elif typed and not answer.choices:
        site = school_called(typed, region_id=region.pk if region else None)
        if site is not None and site.lat is not None and site.lon is not None:
            name, origin = site.organisation.name, Point(site.lat, site.lon)
    sort = form.value("sortierung") or (Sort.NEAREST if origin else Sort.NAME)
    criteria = NetworkCriteria(
        words=form.value("q") or "",
        kind=form.value("art") or "",
        direction=form.value("richtung") or "",
        item=form.value("was") or "",
        field=form.value("feld") or "",
        form=form.value("form") or "",
        lat=origin.lat if origin else None,
        lon=origin.lon if origin else None,
        radius_km=form.value("umkreis") or DEFAULT_RADIUS_KM,
        free_only=bool(form.value("frei")),
        sort=Sort(sort),
    )
    unknown = typed if typed and origin is None and not answer.choices else ""
    return Search(criteria, region, name, origin, answer.choices, unknown)


def chips(request: HttpRequest, form: NetworkForm) -> list[Link]:
    """One chip per filter that is set; its address is the same search without it."""
    found = []
    for name in form.fields:
        value = form.value(name)
        if value is None or name in QUIET:
            continue
        rest = with_params(request.GET, page=None, mitte=None, zoom=None, **{name: None})
        found.append(Link(_spoken(form, name, value), f"{request.path}{rest}"))
    return found


def _spoken(form: NetworkForm, name: str, value: object) -> str:
    if isinstance(value, bool):
        return str(form.fields[name].label)
    if name == "ort":
        return f"{value}, {form.value('umkreis') or DEFAULT_RADIUS_KM} km"
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value))


def with_place(request: HttpRequest, place: Place) -> Link:
    """A choice among places of the same name."""
    here = f"{place.postal_code} {place.name}"
    label = f"{place.name} ({place.district or place.postal_code})"
    return Link(label, with_params(request.GET, ort=here, page=None, mitte=None, zoom=None))
