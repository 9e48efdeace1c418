"""Members of a region as sides of a fit: two or three queries for all of them."""

from werkpfad.base.core.geo import Point
from werkpfad.region.atlas.models import Introduction
from werkpfad.region.atlas.queries.entries import latest_content, public_entries
from werkpfad.region.atlas.rules import Content, Side, content_from
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation, Site
from werkpfad.region.schools.models import School


def sides_of(region_id: int) -> list[Side]:
    """Everybody in the region who said something to everybody."""
    entries = public_entries().filter(region=region_id).select_related("organisation")
    rows = {entry.organisation_id: entry for entry in entries}
    points = _points(region_id)
    schools = School.objects.filter(organisation__region=region_id)
    forms = {s.organisation_id: frozenset({s.main_form, *s.forms}) for s in schools}
    return [
        Side(
            key=key,
            content=content_from(entry.content),
            point=points.get(key),
            is_school=entry.organisation.kind == OrganisationKind.SCHOOL,
            forms=forms.get(key, frozenset()),
        )
        for key, entry in rows.items()
    ]


def side_of(organisation: Organisation) -> Side:
    """One's own side: what was written last, published or not."""
    entry = getattr(organisation, "network_entry", None)
    school = School.objects.filter(organisation=organisation).first()
    content: Content = latest_content(entry)
    return Side(
        key=organisation.pk,
        content=content,
        point=_points(organisation.region_id, organisation).get(organisation.pk),
        is_school=organisation.kind == OrganisationKind.SCHOOL,
        forms=frozenset({school.main_form, *school.forms}) if school else frozenset(),
    )


def _points(region_id: int, only: Organisation | None = None) -> dict[int, Point]:
    sites = Site.objects.filter(organisation__region=region_id, is_main=True, lat__isnull=False)
    if only is not None:
        sites = sites.filter(organisation=only)
    rows = sites.values_list("organisation", "lat", "lon")
    return {key: Point(lat, lon) for key, lat, lon in rows}  # type: ignore[arg-type]


def introduced(organisation: Organisation) -> dict[int, set[str]]:
    """Whom the organisation was already introduced to, with the kinds of things it was about."""
    found: dict[int, set[str]] = {}
    for made in Introduction.objects.filter(asking=organisation):
        found.setdefault(made.other_id, set()).add(made.kind)
    return found
