"""Companies: organisation, main site and one contact person."""

from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Contact, Organisation
from werkpfad.surface.exchange.formats.companies import weak_key
from werkpfad.surface.exchange.formats.planning import Known, Planned
from werkpfad.surface.exchange.formats.spec import Lookup, Values
from werkpfad.surface.exchange.stores.ledger import Ledger
from werkpfad.surface.exchange.stores.organisations import (
    change_organisations,
    codes_of,
    create_organisations,
    organisations,
    site_values,
)
from werkpfad.surface.exchange.stores.places import PlaceIndex, place_index
from werkpfad.surface.exchange.stores.scope import ImportScope, Work

CONTACT_FIELDS = {
    "contact_name": "name",
    "contact_function": "function",
    "email": "email",
    "phone": "phone",
}


class CompanyStore:
    """Companies of a region, known by their number or by postal code and name."""

    def lookup(self, scope: ImportScope) -> Lookup:
        return Lookup(
            state=scope.own_region.state, today=scope.today, school_year=scope.school_year
        )

    def known(self, scope: ImportScope) -> dict[str, Known]:
        known: dict[str, Known] = {}
        aliases: dict[str, Known] = {}
        for row in organisations(scope.own_region, OrganisationKind.COMPANY):
            strong = f"nr {row.external_key}" if row.external_key else ""
            values = _values(row)
            weak = weak_key(values.get("postal_code", ""), row.name)
            if row.merged_into is not None:
                aliases |= dict.fromkeys(
                    {strong, weak} - {""},
                    Known(row.merged_into.pk, {}, strong, row.merged_into.name),
                )
                continue
            record = Known(row.pk, values, strong)
            if strong:
                known[strong] = record
            known.setdefault(weak, record)
        return aliases | known

    def write(self, work: Work) -> None:
        places = place_index(codes_of(work.rows))
        for new, changed in work.chunks():
            self._create(new, work.scope, places, work.ledger)
            self._change(changed, work.scope, places, work.ledger)

    def _create(
        self, rows: list[Planned], scope: ImportScope, places: PlaceIndex, ledger: Ledger
    ) -> None:
        made = create_organisations(
            rows, scope.own_region, OrganisationKind.COMPANY, places, ledger
        )
        with_contact = [
            (row, organisation)
            for row, organisation in zip(rows, made, strict=True)
            if row.values.get("contact_name")
        ]
        contacts = Contact.objects.bulk_create(
            _new_contact(organisation, row.values) for row, organisation in with_contact
        )
        for (row, _), contact in zip(with_contact, contacts, strict=True):
            ledger.note_created(row.number, contact)

    def _change(
        self, rows: list[Planned], scope: ImportScope, places: PlaceIndex, ledger: Ledger
    ) -> None:
        changed = change_organisations(
            rows, scope.own_region, OrganisationKind.COMPANY, places, ledger
        )
        for row, organisation in changed:
            if row.changes.keys() & CONTACT_FIELDS.keys():
                _change_contact(row, organisation, ledger)


def _new_contact(organisation: Organisation, values: Values) -> Contact:
    given = {field: values.get(name, "") for name, field in CONTACT_FIELDS.items()}
    return Contact(organisation=organisation, **given)


def _change_contact(row: Planned, organisation: Organisation, ledger: Ledger) -> None:
    people: list[Contact] = organisation.people  # type: ignore[attr-defined]
    if not people:
        contact = _new_contact(organisation, row.values)
        contact.save()
        ledger.note_created(row.number, contact)
        return
    new = {
        field: row.changes[name][1] for name, field in CONTACT_FIELDS.items() if name in row.changes
    }
    if changed := ledger.set_fields(row.number, people[0], **new):
        people[0].save(update_fields=changed)


def _values(organisation: Organisation) -> Values:
    people: list[Contact] = organisation.people  # type: ignore[attr-defined]
    values: Values = {
        "name": organisation.name,
        "number": organisation.external_key,
        "website": organisation.website,
        "description": organisation.description,
        **site_values(organisation),
    }
    if people:
        values |= {name: getattr(people[0], field) for name, field in CONTACT_FIELDS.items()}
    return values
