"""Stage, take over, take back: whole or not at all, twice changes nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.exchange.files import csv
from tests.factories.internships import make_field, make_offer, make_programme, make_week
from tests.factories.network import (
    make_contact,
    make_membership,
    make_organisation,
    make_place,
    make_region,
    make_site,
)
from tests.factories.schools import make_class, make_pupil, make_school
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actor import COMMAND
from werkpfad.base.core.models import AuditEvent
from werkpfad.base.occupations.models import Occupation
from werkpfad.journey.internships.models import Offer, Slot
from werkpfad.region.network.enums import LocatedBy, OrganisationKind
from werkpfad.region.network.models import Contact, Organisation, Place, Region, Site
from werkpfad.region.schools.models import PastClass, Pupil, School, SchoolClass
from werkpfad.surface.exchange import actions
from werkpfad.surface.exchange.enums import BatchState, Kind
from werkpfad.surface.exchange.models import ImportBatch, ImportPart
from werkpfad.surface.exchange.queries import rows_of
from werkpfad.surface.exchange.stores import ImportScope

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def region() -> Region:
    make_place()
    return make_region(state="NI")


def scope_of(region: Region | None, school: School | None = None) -> ImportScope:
    return ImportScope(today=date(2026, 11, 20), school_year=2026, region=region, school=school)


def stage(kind: Kind, scope: ImportScope, *lines: str) -> ImportBatch:
    return actions.stage_file(
        kind=kind, data=csv(*lines), name="liste.csv", scope=scope, by=COMMAND, at=AT
    )


def take_over(kind: Kind, scope: ImportScope, *lines: str) -> ImportBatch:
    batch = stage(kind, scope, *lines)
    return actions.commit_import(batch=batch, scope=scope, by=COMMAND, at=AT)


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    return batch.created, batch.updated, batch.skipped, batch.errors


SCHOOLS = (
    "Schulnummer;Name;Schulform;Straße;PLZ;Ort;Breite;Länge",
    "123;Schule A;Gymnasium;Weg 1;21680;Stade;53,6;9,5",
    "124;Schule B;Haupt- und Realschule;Weg 2;21680;Stade;;",
    "125;Schule C;;Weg 3;;;;",
)


def test_staging_writes_nothing_but_the_plan(region: Region) -> None:
    batch = stage(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    assert (batch.state, counts(batch)) == (BatchState.STAGED, (3, 0, 0, 0))
    assert not Organisation.objects.exists()
    assert [row.number for row in rows_of(batch)] == [2, 3, 4]


def test_schools_get_form_and_place(region: Region) -> None:
    take_over(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    schools = {
        s.organisation.external_key: s for s in School.objects.select_related("organisation")
    }
    assert {key: (s.main_form, s.forms) for key, s in schools.items()} == {
        "NI-00123": ("gymnasium", ["gymnasium"]),
        "NI-00124": ("realschule", ["realschule", "hauptschule"]),
        "NI-00125": ("andere", ["andere"]),
    }
    sites = Site.objects.order_by("organisation__external_key")
    assert [(s.located_by, s.lat, s.lon) for s in sites] == [
        (LocatedBy.GIVEN, 53.6, 9.5),
        (LocatedBy.POSTAL_CODE, 53.6, 9.4667),
        (LocatedBy.NOTHING, None, None),
    ]


def test_repeating_an_import_changes_nothing(region: Region) -> None:
    take_over(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    assert counts(stage(Kind.SCHOOLS, scope_of(region), *SCHOOLS)) == (0, 0, 3, 0)


def test_two_regions_take_the_same_file_side_by_side(region: Region) -> None:
    other = make_region(state="NI")
    take_over(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    assert counts(take_over(Kind.SCHOOLS, scope_of(other), *SCHOOLS)) == (3, 0, 0, 0)


def test_an_update_names_old_and_new_and_is_undone(region: Region) -> None:
    take_over(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    changed = (SCHOOLS[0], "123;Schule Neu;Gymnasium Realschule;Weg 9;21680;Stade;53,7;9,5")
    batch = take_over(Kind.SCHOOLS, scope_of(region), *changed)
    assert next(rows_of(batch)).changes["name"] == ("Schule A", "Schule Neu")
    organisation = Organisation.objects.get(external_key="NI-00123")
    assert organisation.name == "Schule Neu"
    actions.undo_import(batch=batch, by=COMMAND, at=AT)
    organisation = Organisation.objects.get(external_key="NI-00123")
    site = organisation.sites.get()
    assert (organisation.name, organisation.name_key) == ("Schule A", "schulea")
    assert (site.street, site.lat, organisation.school.forms) == ("Weg 1", 53.6, ["gymnasium"])


def test_undo_removes_everything_that_was_created(region: Region) -> None:
    batch = take_over(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    actions.undo_import(batch=batch, by=COMMAND, at=AT)
    assert not Organisation.objects.exists()
    assert not Site.objects.exists()
    batch.refresh_from_db()
    assert (batch.state, batch.ledger) == (BatchState.UNDONE, {})
    assert [e.event for e in AuditEvent.objects.order_by("pk")] == [
        "import.staged",
        "import.committed",
        "import.undone",
    ]


def test_undo_is_refused_while_something_depends_on_it(region: Region) -> None:
    batch = take_over(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    school = School.objects.get(organisation__external_key="NI-00124")
    make_pupil(school_class=make_class(school=school), with_user=False)
    make_membership(RoleCode.TEACHER, organisation=school.organisation)
    make_programme(region=region, schools=[school])
    with pytest.raises(actions.NotUndoable) as refused:
        actions.undo_import(batch=batch, by=COMMAND, at=AT)
    assert [(o.row, o.reason) for o in refused.value.obstacles] == [
        (3, "hat inzwischen Klassen"),
        (3, "hat inzwischen Programme"),
        (3, "hat inzwischen Rollen von Personen"),
    ]
    assert School.objects.count() == 3


def test_undo_is_refused_after_somebody_edited_what_was_imported(region: Region) -> None:
    batch = take_over(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    organisation = Organisation.objects.get(external_key="NI-00123")
    organisation.version += 1
    organisation.save()
    with pytest.raises(actions.NotUndoable) as refused:
        actions.undo_import(batch=batch, by=COMMAND, at=AT)
    assert [(o.row, o.reason) for o in refused.value.obstacles] == [(2, "wurde seitdem bearbeitet")]


def test_a_single_error_keeps_the_whole_file_out(region: Region) -> None:
    batch = stage(Kind.SCHOOLS, scope_of(region), *SCHOOLS, "126;Schule D;;;2168;;;")
    assert counts(batch) == (3, 0, 0, 1)
    with pytest.raises(actions.HasErrors):
        actions.commit_import(batch=batch, scope=scope_of(region), by=COMMAND, at=AT)
    assert not Organisation.objects.exists()


def test_a_second_click_on_take_over_writes_nothing_twice(region: Region) -> None:
    batch = take_over(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    with pytest.raises(actions.NotStaged):
        actions.commit_import(batch=batch, scope=scope_of(region), by=COMMAND, at=AT)
    assert School.objects.count() == 3


def test_of_two_coordinators_with_one_file_the_second_sees_a_new_preview(region: Region) -> None:
    first = stage(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    second = stage(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    actions.commit_import(batch=first, scope=scope_of(region), by=COMMAND, at=AT)
    with pytest.raises(actions.PlanChanged):
        actions.commit_import(batch=second, scope=scope_of(region), by=COMMAND, at=AT)
    second.refresh_from_db()
    assert (second.state, counts(second)) == (BatchState.STAGED, (0, 0, 3, 0))


def test_discarding_forgets_the_rows(region: Region) -> None:
    batch = stage(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    actions.discard_import(batch=batch, by=COMMAND, at=AT)
    assert not ImportPart.objects.exists()
    with pytest.raises(actions.NotStaged):
        actions.commit_import(batch=batch, scope=scope_of(region), by=COMMAND, at=AT)


def test_old_imports_are_forgotten_and_what_they_brought_stays(region: Region) -> None:
    take_over(Kind.SCHOOLS, scope_of(region), *SCHOOLS)
    assert actions.forget_old_imports(at=AT + timedelta(days=89)) == 0
    assert actions.forget_old_imports(at=AT + timedelta(days=91)) == 1
    assert School.objects.count() == 3


def test_places_and_occupations_come_and_go() -> None:
    places = (
        "PLZ;Ort;Kreisschlüssel;Breite;Länge",
        "21682;Stade;3359;53,59;9,47",
        "1067;Dresden;;;",
    )
    batch = take_over(Kind.POSTAL_CODES, scope_of(None), *places)
    assert list(Place.objects.order_by("pk").values_list("postal_code", "name_key", "state")) == [
        ("21682", "stade", "NI"),
        ("01067", "dresden", ""),
    ]
    update = (places[0], "21682;Stade;3359;53,60;9,47")
    second = take_over(Kind.POSTAL_CODES, scope_of(None), *update)
    assert counts(second) == (0, 1, 0, 0)
    with pytest.raises(actions.NotUndoable):
        actions.undo_import(batch=batch, by=COMMAND, at=AT)
    actions.undo_import(batch=second, by=COMMAND, at=AT)
    assert Place.objects.get(postal_code="21682").lat == 53.59
    kldb = take_over(Kind.OCCUPATIONS, scope_of(None), "Schlüssel;Ebene;Titel", "1;2;Soldat:innen")
    assert Occupation.objects.get().code == "01"
    actions.undo_import(batch=kldb, by=COMMAND, at=AT)
    assert not Occupation.objects.exists()


COMPANIES = (
    "Nummer;Firma;PLZ;Ort;Straße;Ansprechpartner;E-Mail;Telefon",
    "K1;Holz GmbH;21680;Stade;Weg 1;Kim Beispiel;kim@example.org;04141 0000",
    ";Büro Probe;21680;Stade;Weg 2;;;",
)


def test_companies_with_their_contact(region: Region) -> None:
    batch = take_over(Kind.COMPANIES, scope_of(region), *COMPANIES)
    contact = Contact.objects.get()
    assert (contact.name, contact.email, contact.is_public) == (
        "Kim Beispiel",
        "kim@example.org",
        False,
    )
    assert counts(stage(Kind.COMPANIES, scope_of(region), *COMPANIES)) == (0, 0, 2, 0)
    make_offer(organisation=Organisation.objects.get(external_key="K1"))
    with pytest.raises(actions.NotUndoable) as refused:
        actions.undo_import(batch=batch, by=COMMAND, at=AT)
    assert {o.reason for o in refused.value.obstacles} == {"hat inzwischen Angebote"}


def test_a_company_that_registered_itself_is_recognised_and_completed(region: Region) -> None:
    company = make_organisation(region=region, name="Holz GmbH")
    make_site(organisation=company, street="Alt 1")
    make_contact(organisation=company, name="Alex Alt")
    batch = take_over(Kind.COMPANIES, scope_of(region), *COMPANIES)
    assert counts(batch) == (1, 1, 0, 0)
    company.refresh_from_db()
    assert (company.external_key, company.sites.get().street) == ("K1", "Weg 1")
    actions.undo_import(batch=batch, by=COMMAND, at=AT)
    company.refresh_from_db()
    assert (company.external_key, company.sites.get().street) == (None, "Alt 1")
    assert company.contacts.get().name == "Alex Alt"


PUPILS = (
    "Nachname;Vorname;Geburtsdatum;Klasse;Schülernummer;PLZ;Wohnort",
    "Probe;Kim;01.02.2012;9b;17;21680;Stade",
    "Muster;Mika;02.03.2012;9c;;;",
)


def test_class_lists_make_classes_and_pupils_and_keep_no_second_copy_of_names(
    region: Region,
) -> None:
    school = make_school(region=region)
    batch = take_over(Kind.PUPILS, scope_of(region, school), *PUPILS)
    assert list(
        SchoolClass.objects.order_by("name").values_list("name", "grade", "school_year")
    ) == [
        ("9b", 9, 2026),
        ("9c", 9, 2026),
    ]
    kim = Pupil.objects.get(school_key="17")
    assert (kim.full_name, kim.home_lat) == ("Kim Probe", 53.6)
    assert {(row.label, *row.values) for row in rows_of(batch)} == {("",)}
    assert counts(stage(Kind.PUPILS, scope_of(region, school), *PUPILS)) == (0, 0, 2, 0)
    actions.undo_import(batch=batch, by=COMMAND, at=AT)
    assert not Pupil.objects.exists()
    assert not SchoolClass.objects.exists()


def test_a_pupil_who_changed_class_moves_and_moves_back(region: Region) -> None:
    school = make_school(region=region)
    take_over(Kind.PUPILS, scope_of(region, school), *PUPILS)
    batch = take_over(
        Kind.PUPILS, scope_of(region, school), PUPILS[0], "Probe;Kim;01.02.2012;9c;17;;"
    )
    assert counts(batch) == (0, 1, 0, 0)
    assert Pupil.objects.get(school_key="17").school_class.name == "9c"
    assert PastClass.objects.count() == 1
    actions.undo_import(batch=batch, by=COMMAND, at=AT)
    assert Pupil.objects.get(school_key="17").school_class.name == "9b"
    assert not PastClass.objects.exists()


def test_pupils_who_left_are_not_brought_back_by_accident(region: Region) -> None:
    school = make_school(region=region)
    take_over(Kind.PUPILS, scope_of(region, school), *PUPILS)
    Pupil.objects.filter(school_key="17").update(left_on=date(2026, 9, 1))
    batch = stage(Kind.PUPILS, scope_of(region, school), PUPILS[0], "Probe;Kim;01.02.2012;9c;17;;")
    assert "abgegangen" in next(rows_of(batch)).message


def offers_world(region: Region) -> Organisation:
    make_field(code="holz", title="Holz")
    company = make_organisation(region=region, name="Holz GmbH")
    make_site(organisation=company)
    make_programme(region=region, title="Block Mai")
    make_week(region=region, title="Woche Juni")
    return company


OFFERS = (
    "Betrieb;PLZ;Programm;Titel;Berufsfeld;Beschreibung;Plätze;Ansprechperson;Beginn;Ende",
    "Holz GmbH;21680;Block Mai;Bauen;Holz;Ein Regal bauen.;2;Kim;08:00;15:00",
    "Holz GmbH;21680;Woche Juni;Schnuppern;holz;Einen Tag mitarbeiten.;1;Kim;;",
)


def test_offers_are_published_with_their_seats(region: Region) -> None:
    company = offers_world(region)
    batch = take_over(Kind.OFFERS, scope_of(region), *OFFERS)
    block = Offer.objects.get(title="Bauen")
    assert (block.status, block.organisation, block.lat) == ("published", company, 53.6)
    assert block.slots.get().capacity == 2
    week = Offer.objects.get(title="Schnuppern")
    assert week.slots.count() == week.slots.first().programme.days.count()
    assert counts(stage(Kind.OFFERS, scope_of(region), *OFFERS)) == (0, 0, 2, 0)
    more = (OFFERS[0], OFFERS[1].replace(";2;Kim", ";3;Kim"))
    second = take_over(Kind.OFFERS, scope_of(region), *more)
    assert block.slots.get().capacity == 3
    actions.undo_import(batch=second, by=COMMAND, at=AT)
    actions.undo_import(batch=batch, by=COMMAND, at=AT)
    assert not Offer.objects.exists()
    assert not Slot.objects.exists()


def test_a_programme_that_vanished_after_the_check_keeps_the_file_out(region: Region) -> None:
    offers_world(region)
    batch = stage(Kind.OFFERS, scope_of(region), *OFFERS)
    Organisation.objects.filter(kind=OrganisationKind.COMPANY).delete()
    with pytest.raises(actions.PlanChanged):
        actions.commit_import(batch=batch, scope=scope_of(region), by=COMMAND, at=AT)
    assert not Offer.objects.exists()
