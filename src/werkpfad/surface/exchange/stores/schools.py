"""Schools: organisation, main site and school forms."""

from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation
from werkpfad.region.schools.models import School
from werkpfad.region.schools.rules import main_form_of, school_key
from werkpfad.surface.exchange.formats.planning import Known, Planned
from werkpfad.surface.exchange.formats.spec import Lookup
from werkpfad.surface.exchange.stores.ledger import Ledger
from werkpfad.surface.exchange.stores.organisations import (
    change_organisations,
    codes_of,
    create_organisations,
    organisations,
    site_values,
)
from werkpfad.surface.exchange.stores.places import PlaceIndex, district_of_codes, place_index
from werkpfad.surface.exchange.stores.scope import ImportScope, Work


class SchoolStore:
    """Schools of a region, known by Schulnummer."""

    def lookup(self, scope: ImportScope) -> Lookup:
        return Lookup(
            state=scope.own_region.state,
            today=scope.today,
            school_year=scope.school_year,
            districts=scope.districts,
            district_of=district_of_codes() if scope.districts else {},
        )

    def known(self, scope: ImportScope) -> dict[str, Known]:
        region = scope.own_region
        rows = organisations(region, OrganisationKind.SCHOOL).select_related("school")
        known = {}
        for row in rows:
            if row.external_key:
                key = school_key(row.external_key, region.state)
                known[key] = Known(row.pk, _values(row) | {"number": key}, key)
        return known

    def write(self, work: Work) -> None:
        places = place_index(codes_of(work.rows))
        for new, changed in work.chunks():
            self._create(new, work.scope, places, work.ledger)
            self._change(changed, work.scope, places, work.ledger)

    def _create(
        self, rows: list[Planned], scope: ImportScope, places: PlaceIndex, ledger: Ledger
    ) -> None:
        made = create_organisations(rows, scope.own_region, OrganisationKind.SCHOOL, places, ledger)
        schools = School.objects.bulk_create(
            School(
                organisation=organisation,
                forms=row.values["forms"],
                main_form=main_form_of(row.values["forms"]),
            )
            for row, organisation in zip(rows, made, strict=True)
        )
        for row, school in zip(rows, schools, strict=True):
            ledger.note_created(row.number, school)

    def _change(
        self, rows: list[Planned], scope: ImportScope, places: PlaceIndex, ledger: Ledger
    ) -> None:
        changed = change_organisations(
            rows, scope.own_region, OrganisationKind.SCHOOL, places, ledger
        )
        for row, organisation in changed:
            if "forms" in row.changes:
                _change_forms(row, organisation, ledger)


def _change_forms(row: Planned, organisation: Organisation, ledger: Ledger) -> None:
    forms = row.changes["forms"][1]
    school = School.objects.filter(organisation=organisation).first()
    if school is None:
        school = School.objects.create(
            organisation=organisation, forms=forms, main_form=main_form_of(forms)
        )
        ledger.note_created(row.number, school)
    elif changed := ledger.set_fields(
        row.number, school, forms=forms, main_form=main_form_of(forms)
    ):
        school.save(update_fields=changed)


def _values(organisation: Organisation) -> dict[str, object]:
    school: School | None = getattr(organisation, "school", None)
    return {
        "name": organisation.name,
        "website": organisation.website,
        "forms": list(school.forms or [school.main_form]) if school else [],
        **site_values(organisation),
    }
