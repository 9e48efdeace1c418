"""Pupils in their classes. Classes a list names and the school does not have yet are made."""

from datetime import date, datetime
from typing import Any

from werkpfad.base.core.actor import Actor
from werkpfad.base.core.ids import new_public_id
from werkpfad.base.core.school_year import school_year_label
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation
from werkpfad.region.schools.actions import move_pupil
from werkpfad.region.schools.models import PastClass, Pupil, School, SchoolClass
from werkpfad.region.schools.rules import school_key
from werkpfad.surface.exchange.formats.planning import Known, Planned
from werkpfad.surface.exchange.formats.pupils import keys_of, person_key
from werkpfad.surface.exchange.formats.spec import Lookup, Values
from werkpfad.surface.exchange.stores.ledger import Ledger
from werkpfad.surface.exchange.stores.places import PlaceIndex, place_index
from werkpfad.surface.exchange.stores.scope import ImportScope, MissingReference, Work

# Keys the platform gives itself to pupils without a Schülernummer.
OWN_KEY = "neu-"
PLAIN_FIELDS = ("family_name", "given_name", "school_key")


class PupilStore:
    """Pupils of the schools of a region, or of one school, known by Schülernummer or name, class and birthday."""

    def lookup(self, scope: ImportScope) -> Lookup:
        schools = _schools(scope)
        only = next(iter(schools)) if scope.school else ""
        classes = None
        if scope.classes is not None:
            rows = SchoolClass.objects.filter(pk__in=scope.classes, school_year=scope.school_year)
            classes = frozenset(rows.values_list("name", flat=True))
        return Lookup(
            state=scope.own_region.state,
            today=scope.today,
            school_year=scope.school_year,
            school_key=only,
            schools=frozenset(schools),
            classes=classes,
            pupils_elsewhere=_persons(scope),
        )

    def known(self, scope: ImportScope) -> dict[str, Known]:
        known: dict[str, Known] = {}
        for school, pupil in _pupils(scope):
            number = "" if pupil.school_key.startswith(OWN_KEY) else pupil.school_key
            values = _values(pupil, scope)
            person = person_key(
                school, pupil.family_name, pupil.given_name, pupil.birth_date.isoformat()
            )
            keys = keys_of(school, number, values["class_name"], person)
            record = Known(pupil.pk, values, keys.strong)
            if keys.strong:
                known[keys.strong] = record
            known.setdefault(keys.weak, record)
        return known

    def write(self, work: Work) -> None:
        ledger = work.ledger
        codes = (row.values.get("home_postal_code", "") for row in work.rows)
        places = place_index(filter(None, codes))
        classes = _classes_for(work.rows, work.scope, ledger)
        for new, changed in work.chunks():
            made = Pupil.objects.bulk_create(
                _new_pupil(row.values, classes[_class_key(row)], places) for row in new
            )
            for row, pupil in zip(new, made, strict=True):
                ledger.note_created(row.number, pupil)
            for row in changed:
                _change_pupil(row, classes[_class_key(row)], places, ledger, by=work.by, at=work.at)


def _schools(scope: ImportScope) -> dict[str, School]:
    rows = School.objects.filter(organisation__region=scope.own_region).select_related(
        "organisation"
    )
    if scope.school:
        rows = rows.filter(pk=scope.school.pk)
    state = scope.own_region.state
    return {_key_of(row.organisation, state): row for row in rows.order_by("pk")}


def _key_of(organisation: Organisation, state: str) -> str:
    """A school without Schulnummer can still take its own list: its public name stands in."""
    if organisation.kind == OrganisationKind.SCHOOL and organisation.external_key:
        return school_key(organisation.external_key, state)
    return organisation.public_id


def _pupils(scope: ImportScope) -> list[tuple[str, Pupil]]:
    by_id = {school.pk: key for key, school in _schools(scope).items()}
    rows = (
        Pupil.objects.filter(school_class__school__in=by_id)
        .select_related("school_class")
        .order_by("-school_class__school_year", "pk")
    )
    return [(by_id[row.school_class.school_id], row) for row in rows]


def _persons(scope: ImportScope) -> dict[str, str]:
    persons: dict[str, str] = {}
    for school, pupil in _pupils(scope):
        if pupil.left_on is None:
            born = pupil.birth_date.isoformat()
            key = person_key(school, pupil.family_name, pupil.given_name, born)
            persons.setdefault(key, pupil.school_class.name)
    return persons


def _values(pupil: Pupil, scope: ImportScope) -> Values:
    own = pupil.school_class
    name = own.name
    if own.school_year != scope.school_year:
        name = f"{name} ({school_year_label(own.school_year)})"
    return {
        "family_name": pupil.family_name,
        "given_name": pupil.given_name,
        "birth_date": pupil.birth_date.isoformat(),
        "class_name": name,
        "school_key": pupil.school_key,
        "home_postal_code": pupil.home_postal_code,
        "home_place": pupil.home_place,
        "left_on": pupil.left_on.isoformat() if pupil.left_on else "",
        "out_of_reach": scope.classes is not None and own.pk not in scope.classes,
    }


def _class_key(row: Planned) -> tuple[str, str]:
    return row.values["school_number"], row.values["class_name"]


def _classes_for(
    rows: list[Planned], scope: ImportScope, ledger: Ledger
) -> dict[tuple[str, str], SchoolClass]:
    schools = _schools(scope)
    by_id = {school.pk: key for key, school in schools.items()}
    found = SchoolClass.objects.filter(school__in=by_id, school_year=scope.school_year)
    classes = {(by_id[row.school_id], row.name): row for row in found}
    for row in rows:
        key = _class_key(row)
        if key in classes:
            continue
        if key[0] not in schools or scope.classes is not None:
            raise MissingReference(f"Klasse {key[1]}")
        classes[key] = SchoolClass.objects.create(
            school=schools[key[0]],
            school_year=scope.school_year,
            name=key[1],
            grade=row.values["grade"],
        )
        ledger.note_created(row.number, classes[key])
    return classes


def _home(values: Values, places: PlaceIndex) -> dict[str, Any]:
    code = values.get("home_postal_code", "")
    point = places.find(code, values.get("home_place", "")) if code else None
    return {
        "home_postal_code": code,
        "home_place": values.get("home_place", ""),
        "home_lat": point.lat if point else None,
        "home_lon": point.lon if point else None,
    }


def _new_pupil(values: Values, school_class: SchoolClass, places: PlaceIndex) -> Pupil:
    return Pupil(
        school_class=school_class,
        given_name=values["given_name"],
        family_name=values["family_name"],
        birth_date=date.fromisoformat(values["birth_date"]),
        school_key=values.get("school_key") or f"{OWN_KEY}{new_public_id()}",
        **_home(values, places),
    )


def _change_pupil(
    row: Planned,
    school_class: SchoolClass,
    places: PlaceIndex,
    ledger: Ledger,
    *,
    by: Actor,
    at: datetime,
) -> None:
    pupil = Pupil.objects.select_related("school_class").get(pk=row.target)
    new: dict[str, Any] = {
        name: row.changes[name][1] for name in PLAIN_FIELDS if name in row.changes
    }
    if "birth_date" in row.changes:
        new["birth_date"] = date.fromisoformat(row.changes["birth_date"][1])
    if row.changes.keys() & {"home_postal_code", "home_place"}:
        old = {"home_postal_code": pupil.home_postal_code, "home_place": pupil.home_place}
        new |= _home(old | row.values, places)
    if changed := ledger.set_fields(row.number, pupil, **new):
        pupil.save(update_fields=changed)
    if pupil.school_class_id != school_class.pk:
        _move(row.number, pupil, school_class, ledger, by=by, at=at)


def _move(
    number: int, pupil: Pupil, to_class: SchoolClass, ledger: Ledger, *, by: Actor, at: datetime
) -> None:
    was = pupil.school_class_id
    had_past = PastClass.objects.filter(pupil=pupil, school_class=was).exists()
    move_pupil(pupil=pupil, to_class=to_class, by=by, at=at)
    ledger.note_changed(number, pupil, school_class_id=was)
    if not had_past:
        ledger.note_created(number, PastClass.objects.get(pupil=pupil, school_class=was))
