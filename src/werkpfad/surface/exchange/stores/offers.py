"""Offers with their seats in a programme, published at once: a season's places, ready to be found."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Prefetch, QuerySet

from werkpfad.base.core.text import same_name_key, search_text
from werkpfad.base.occupations.models import Field, FieldMapping, Occupation
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.models import Offer, Programme, Slot
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation, Site
from werkpfad.surface.exchange.formats.companies import weak_key
from werkpfad.surface.exchange.formats.planning import Known, Planned
from werkpfad.surface.exchange.formats.spec import Lookup, ProgrammeFacts, Values
from werkpfad.surface.exchange.stores.ledger import Ledger
from werkpfad.surface.exchange.stores.organisations import organisations, site_values
from werkpfad.surface.exchange.stores.scope import ImportScope, MissingReference, Work

TEXT_FIELDS = (
    "title",
    "description",
    "activities",
    "bring",
    "languages",
    "contact_name",
    "contact_email",
    "contact_phone",
)


class OfferStore:
    """Offers of a region, known by company, title and programme."""

    def lookup(self, scope: ImportScope) -> Lookup:
        titles = dict(Field.objects.order_by("position").values_list("code", "title"))
        by_key = {same_name_key(code): code for code in titles}
        by_key |= {same_name_key(title): code for code, title in titles.items()}
        prefixes = FieldMapping.objects.order_by("pk").values_list("kldb_prefix", "field__code")
        return Lookup(
            state=scope.own_region.state,
            today=scope.today,
            school_year=scope.school_year,
            companies=frozenset(_companies(scope)),
            programmes=_programmes(scope),
            fields=by_key,
            field_titles=tuple(titles.values()),
            field_prefixes=dict(prefixes),
            occupations=frozenset(Occupation.objects.values_list("code", flat=True)),
        )

    def known(self, scope: ImportScope) -> dict[str, Known]:
        keys: dict[int, list[str]] = {}
        for key, company in _companies(scope).items():
            keys.setdefault(company.pk, []).append(key)
        known: dict[str, Known] = {}
        for offer in _offers(scope):
            slots: list[Slot] = list(offer.slots.all())
            for programme in {slot.programme for slot in slots}:
                record = Known(
                    offer.pk, _values(offer, [s for s in slots if s.programme == programme])
                )
                for company_key in keys.get(offer.organisation_id, ()):
                    title = same_name_key(offer.title)
                    known.setdefault(f"{company_key}|{title}|{programme.public_id}", record)
        return known

    def write(self, work: Work) -> None:
        context = _Context(work.scope, work.rows)
        for new, changed in work.chunks():
            _create(new, context, work.ledger, work.at)
            for row in changed:
                _change(row, context, work.ledger)


class _Context:
    """What the rows name, loaded once. Raises `MissingReference` for what has gone since the check."""

    def __init__(self, scope: ImportScope, rows: Iterable[Planned]) -> None:
        self.companies = _companies(scope)
        self.fields = {field.code: field for field in Field.objects.all()}
        self.programmes = {
            p.public_id: p for p in Programme.objects.filter(region=scope.own_region)
        }
        codes = {row.values.get("occupation") for row in rows} - {None}
        self.occupations = {o.code: o for o in Occupation.objects.filter(code__in=codes)}
        self.region = scope.own_region

    def company(self, values: Values) -> Organisation:
        found: Organisation = self._get(self.companies, values["company"])
        return found

    def programme(self, values: Values) -> Programme:
        found: Programme = self._get(self.programmes, values["programme"])
        return found

    def field(self, code: str) -> Field:
        found: Field = self._get(self.fields, code)
        return found

    @staticmethod
    def _get(found: dict[str, Any], key: str) -> Any:
        if key not in found:
            raise MissingReference(key)
        return found[key]


def _companies(scope: ImportScope) -> dict[str, Organisation]:
    """By number and by postal code with name; a number wins over a likeness."""
    rows = list(organisations(scope.own_region, OrganisationKind.COMPANY))
    found = {f"nr {row.external_key}": row for row in rows if row.external_key}
    for row in sorted(rows, key=lambda row: row.merged_into_id is not None):
        code = site_values(row).get("postal_code", "")
        found.setdefault(weak_key(code, row.name), row)
    by_pk = {row.pk: row for row in rows}
    return {key: by_pk.get(row.merged_into_id or row.pk, row) for key, row in found.items()}


def _programmes(scope: ImportScope) -> dict[str, ProgrammeFacts]:
    rows = (
        Programme.objects.filter(region=scope.own_region)
        .exclude(status=ProgrammeStatus.CLOSED)
        .prefetch_related("days")
        .order_by("-first_day", "-pk")
    )
    found: dict[str, ProgrammeFacts] = {}
    for row in rows:
        days = sorted(entry.day for entry in row.days.all())
        week = row.kind == ProgrammeKind.WEEK
        found.setdefault(
            same_name_key(row.title),
            ProgrammeFacts(
                row.public_id, row.title, row.first_day, row.last_day, tuple(days) if week else ()
            ),
        )
    return found


def _offers(scope: ImportScope) -> QuerySet[Offer]:
    return (
        Offer.objects.filter(region=scope.own_region)
        .select_related("main_field", "occupation")
        .prefetch_related(Prefetch("slots", Slot.objects.select_related("programme")))
        .order_by("pk")
    )


def _values(offer: Offer, slots: list[Slot]) -> Values:
    values: Values = {name: getattr(offer, name) for name in TEXT_FIELDS}
    values |= {
        "field": offer.main_field.code,
        "occupation": offer.occupation.code if offer.occupation else None,
        "min_age": offer.min_age,
        "starts_at": f"{offer.starts_at:%H:%M}" if offer.starts_at else None,
        "ends_at": f"{offer.ends_at:%H:%M}" if offer.ends_at else None,
        "capacity": max(slot.capacity for slot in slots),
        "days": sorted(slot.first_day.isoformat() for slot in slots),
        "taken": max(slot.taken for slot in slots),
    }
    return values


def _create(rows: list[Planned], context: _Context, ledger: Ledger, at: datetime) -> None:
    offers = Offer.objects.bulk_create(_new_offer(row.values, context, at) for row in rows)
    through = Offer.fields.through
    through.objects.bulk_create(
        through(offer_id=offer.pk, field_id=offer.main_field_id) for offer in offers
    )
    slots = []
    for row, offer in zip(rows, offers, strict=True):
        ledger.note_created(row.number, offer)
        slots += [(row.number, slot) for slot in _new_slots(row.values, offer, context)]
    made = Slot.objects.bulk_create(slot for _, slot in slots)
    for (number, _), slot in zip(slots, made, strict=True):
        ledger.note_created(number, slot)


def _new_offer(values: Values, context: _Context, at: datetime) -> Offer:
    company = context.company(values)
    sites: list[Site] = company.main_sites  # type: ignore[attr-defined]
    if not sites:
        raise MissingReference(company.name)
    field = context.field(values["field"])
    texts = {name: values.get(name, "") for name in TEXT_FIELDS}
    return Offer(
        region=context.region,
        organisation=company,
        site=sites[0],
        status=OfferStatus.PUBLISHED,
        published_at=at,
        main_field=field,
        occupation=context.occupations.get(values.get("occupation", "")),
        min_age=values.get("min_age", context.programme(values).min_age),
        starts_at=_time(values.get("starts_at")),
        ends_at=_time(values.get("ends_at")),
        lat=sites[0].lat,
        lon=sites[0].lon,
        search_text=_search_text(texts, field, company.name),
        **texts,
    )


def _search_text(texts: dict[str, str], field: Field, company: str) -> str:
    return search_text(
        texts["title"], texts["description"], texts["activities"], field.title, company
    )


def _time(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None


def _new_slots(values: Values, offer: Offer, context: _Context) -> list[Slot]:
    """One slot for a block, one per day of a Praktikumswoche."""
    programme = context.programme(values)
    days = [date.fromisoformat(day) for day in values.get("days", ())]
    spans = [(day, day) for day in days] or [(programme.first_day, programme.last_day)]
    return [
        Slot(
            offer=offer,
            programme=programme,
            first_day=first,
            last_day=last,
            capacity=values["capacity"],
        )
        for first, last in spans
    ]


def _change(row: Planned, context: _Context, ledger: Ledger) -> None:
    offer = Offer.objects.select_related("organisation").get(pk=row.target)
    new: dict[str, Any] = {
        name: value for name, (_, value) in row.changes.items() if name in TEXT_FIELDS
    }
    if "field" in row.changes:
        new["main_field_id"] = context.field(row.values["field"]).pk
    if "occupation" in row.changes:
        found = context.occupations.get(row.values["occupation"])
        new["occupation_id"] = found.pk if found else None
    if "min_age" in row.changes:
        new["min_age"] = row.values["min_age"]
    for name in {"starts_at", "ends_at"} & row.changes.keys():
        new[name] = _time(row.values[name])
    if new:
        texts = {name: new.get(name, getattr(offer, name)) for name in TEXT_FIELDS}
        field = context.field(row.values["field"])
        new["search_text"] = _search_text(texts, field, offer.organisation.name)
    if changed := ledger.set_fields(row.number, offer, **new):
        offer.save(update_fields=changed)
    if row.changes.keys() & {"capacity", "days"}:
        _change_slots(row, offer, context, ledger)


def _change_slots(row: Planned, offer: Offer, context: _Context, ledger: Ledger) -> None:
    """New days are added and the number of seats is set; days a file no longer names stay."""
    programme = context.programme(row.values)
    existing = {
        slot.first_day: slot
        for slot in Slot.objects.select_for_update(of=("self",)).filter(
            offer=offer, programme=programme
        )
    }
    for wanted in _new_slots(row.values, offer, context):
        slot = existing.get(wanted.first_day)
        if slot is None:
            wanted.save()
            ledger.note_created(row.number, wanted)
        elif slot.taken > wanted.capacity:
            raise MissingReference(f"{offer.title}: {slot.taken} vergebene Plätze")
        elif changed := ledger.set_fields(row.number, slot, capacity=wanted.capacity):
            slot.save(update_fields=changed)
