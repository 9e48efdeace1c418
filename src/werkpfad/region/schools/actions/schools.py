"""Schools entered and corrected by hand, with the same keys as the import, so that both know each other's rows."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from werkpfad.base.core.actions import EditConflict, record, save_if_unchanged
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.text import same_name_key
from werkpfad.region.network.actions import create_organisation, save_site
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation, Region, Site
from werkpfad.region.schools.models import School
from werkpfad.region.schools.rules import by_weight, main_form_of, school_key


class NumberTaken(Exception):
    """Another school of the region has this Schulnummer. `school` is that one."""

    def __init__(self, school: Organisation) -> None:
        super().__init__(school.public_id)
        self.school = school


@dataclass(frozen=True, slots=True)
class SchoolDetails:
    """What a register says of a school. `forms` are codes of `SchoolForm`, `social_index` is 1 to 9 or unknown."""

    number: str
    name: str
    forms: tuple[str, ...]
    street: str
    postal_code: str
    place_name: str
    website: str = ""
    social_index: int | None = None


@transaction.atomic
def create_school(*, region: Region, details: SchoolDetails, by: Actor, at: datetime) -> School:
    """A school with its main site. Raises `NumberTaken`."""
    key = school_key(details.number, region.state)
    _require_free(region.pk, key)
    organisation = create_organisation(
        region=region,
        kind=OrganisationKind.SCHOOL,
        name=details.name,
        street=details.street,
        postal_code=details.postal_code,
        place_name=details.place_name,
        by=by,
        at=at,
    )
    organisation.external_key, organisation.website = key, details.website
    organisation.save(update_fields=["external_key", "website", "updated_at"])
    school = School.objects.create(
        organisation=organisation,
        forms=by_weight(details.forms),
        main_form=main_form_of(details.forms),
        social_index=details.social_index,
    )
    record("school.created", by=by, at=at, obj=school, region_id=region.pk)
    return school


@transaction.atomic
def edit_school(
    *, school: School, details: SchoolDetails, seen_versions: str, by: Actor, at: datetime
) -> None:
    """Change master data and main site. Raises `NumberTaken`, or `EditConflict` if `versions_of` has moved since."""
    organisation, site = school.organisation, main_site(school)
    if seen_versions != versions_of(school):
        raise EditConflict
    key = school_key(details.number, organisation.region.state)
    _require_free(organisation.region_id, key, besides=organisation.pk)
    organisation.name, organisation.name_key = details.name, same_name_key(details.name)[:200]
    organisation.external_key, organisation.website = key, details.website
    school.forms, school.main_form = by_weight(details.forms), main_form_of(details.forms)
    school.social_index = details.social_index
    save_if_unchanged(organisation, seen_version=organisation.version)
    save_if_unchanged(school, seen_version=school.version)
    address = (details.street, details.postal_code, details.place_name)
    if site is None or address != (site.street, site.postal_code, site.place_name):
        save_site(
            site=site or Site(organisation=organisation, is_main=True),
            street=details.street,
            postal_code=details.postal_code,
            place_name=details.place_name,
            by=by,
            at=at,
        )
    record("school.edited", by=by, at=at, obj=school, region_id=organisation.region_id)


def main_site(school: School) -> Site | None:
    return school.organisation.sites.filter(is_main=True).first()


def versions_of(school: School) -> str:
    """The versions of school, organisation and main site as one word for a form."""
    site = main_site(school)
    return f"{school.organisation.version}.{school.version}.{site.version if site else 0}"


def _require_free(region_id: int, key: str, *, besides: int | None = None) -> None:
    """Rows of an import may hold the number without its state, so both ways of writing count."""
    taken = (
        Organisation.objects.filter(
            region=region_id,
            kind=OrganisationKind.SCHOOL,
            external_key__in=(key, key.partition("-")[2]),
        )
        .exclude(pk=besides)
        .first()
    )
    if taken is not None:
        raise NumberTaken(taken)
