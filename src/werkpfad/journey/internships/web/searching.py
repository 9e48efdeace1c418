"""From the address bar to criteria, and from criteria to the chips that take one away again."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from werkpfad.base.core.days import in_figures
from werkpfad.base.core.school_year import age_on
from werkpfad.base.core.ui.pagination import with_params
from werkpfad.base.core.ui.parts import Link
from werkpfad.journey.internships.rules.search import DEFAULT_RADIUS_KM, SearchCriteria, Sort
from werkpfad.journey.internships.web.forms.search import SearchForm
from werkpfad.region.network.models import Place
from werkpfad.region.network.places import PlaceAnswer, find_place
from werkpfad.region.schools.models import Pupil

QUIET = ("page", "sortierung", "umkreis", "alter")


@dataclass(frozen=True, slots=True)
class Search:
    """Criteria with the place behind them; `unknown_place` is what was typed and not found."""

    criteria: SearchCriteria
    place: Place | None
    choices: list[Place]
    unknown_place: str


def search_of(form: SearchForm) -> Search:
    """Broken filters count as not set; an unknown place leaves the whole region and says so."""
    typed = form.value("ort") or ""
    answer = find_place(typed) if typed else PlaceAnswer()
    place = answer.place
    field = form.value("feld")
    sort = form.value("sortierung") or (Sort.NEAREST if place else Sort.NEWEST)
    criteria = SearchCriteria(
        words=form.value("q") or "",
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        radius_km=form.value("umkreis") or DEFAULT_RADIUS_KM,
        fields=(field,) if field else (),
        programme=form.value("programm") or "",
        day=form.value("tag"),
        age=form.value("alter"),
        free_only=bool(form.value("frei")),
        accessibility=tuple(form.value("zugang") or ()),
        sort=Sort(sort),
    )
    unknown = typed if typed and place is None and not answer.choices else ""
    return Search(criteria, place, answer.choices, unknown)


def preset_for(pupil: Pupil, *, today: date) -> dict[str, str]:
    """What a pupil's search begins with: home, own reach and age."""
    profile = getattr(pupil, "profile", None)
    reach = profile.max_distance_km if profile else DEFAULT_RADIUS_KM
    radius = min((km for km in (5, 10, 15, 25, 50, 100) if km >= reach), default=100)
    preset = {"umkreis": str(radius), "alter": str(age_on(pupil.birth_date, today))}
    if pupil.home_postal_code:
        preset["ort"] = f"{pupil.home_postal_code} {pupil.home_place}".strip()
    return preset


def chips(request: HttpRequest, form: SearchForm) -> list[Link]:
    """One chip per filter that is set; its address is the same search without it."""
    found = []
    for name in form.fields:
        value = form.value(name)
        if value is None or name in QUIET:
            continue
        rest = with_params(request.GET, page=None, **{name: None})
        found.append(Link(_spoken(form, name, value), f"{request.path}{rest}"))
    return found


def _spoken(form: SearchForm, name: str, value: object) -> str:
    choices = dict(getattr(form.fields[name], "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(choices.get(v, v)) for v in value)
    if isinstance(value, bool):
        return str(form.fields[name].label)
    if isinstance(value, date):
        return f"am {in_figures(value)}"
    if name == "ort":
        return f"{value}, {form.value('umkreis') or DEFAULT_RADIUS_KM} km"
    return str(choices.get(value, value))


def wider(request: HttpRequest, radius_km: int) -> str:
    """The same search with the next larger radius; empty at the largest."""
    larger = next((km for km in (10, 25, 50, 100) if km > radius_km), None)
    return with_params(request.GET, umkreis=str(larger), page=None) if larger else ""


def with_place(request: HttpRequest, place: Place) -> Link:
    """A choice among places of the same name."""
    label = f"{place.name} ({place.district or place.postal_code})"
    here = f"{place.postal_code} {place.name}"
    return Link(label, with_params(request.GET, ort=here, page=None))
