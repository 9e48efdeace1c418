"""The pages of an import, from the upload to taking it back."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.access.sign_in import sign_in_as
from tests.exchange.files import csv, xlsx
from tests.factories.exchange import make_batch
from tests.factories.network import make_membership, make_place, make_region, make_user
from tests.factories.schools import make_class, make_class_teacher, make_pupil, make_school
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.region.network.models import Organisation, Place, Region
from werkpfad.region.schools.models import Pupil, School
from werkpfad.surface.exchange.enums import BatchState, Kind
from werkpfad.surface.exchange.models import ImportBatch, ImportPart

pytestmark = pytest.mark.django_db
SCHOOLS = ("Schulnummer;Name;Schulform;PLZ", "1;=Schule A;Gymnasium;21680", "2;Schule B;;21680")
PUPILS = ("Nachname;Vorname;Geburtsdatum;Klasse;Schulnummer", "Probe;Kim;01.02.2012;9b;90555")


@pytest.fixture
def region() -> Region:
    return make_region(state="NI")


@pytest.fixture
def coordinator(client: Client, region: Region) -> Client:
    return sign_in_as(client, make_membership(RoleCode.COORDINATOR, region=region).user)


def upload(
    client: Client, kind: str, data: bytes, name: str = "liste.csv", **fields: object
) -> ImportBatch:
    if kind == "pupils":
        fields.setdefault("school_year", "2026")
    response = client.post(
        reverse("exchange:import_create", args=[kind]),
        {"file": SimpleUploadedFile(name, data)} | fields,
    )
    assert response.status_code == 302, response.content.decode()
    return ImportBatch.objects.latest("pk")


def page(client: Client, batch: ImportBatch, query: str = "") -> str:
    return client.get(
        reverse("exchange:import_detail", args=[batch.public_id]) + query
    ).content.decode()


def test_a_file_is_checked_shown_taken_over_and_taken_back(coordinator: Client) -> None:
    batch = upload(coordinator, "schools", csv(*SCHOOLS))
    text = page(coordinator, batch)
    assert "2 neu" in text
    assert "=Schule A" in text
    assert not Organisation.objects.filter(kind="school").exists()
    for _ in range(2):
        coordinator.post(reverse("exchange:import_commit", args=[batch.public_id]))
        assert School.objects.count() == 2
    undo = reverse("exchange:import_undo", args=[batch.public_id])
    assert "2 neu angelegte Einträge werden gelöscht" in coordinator.get(undo).content.decode()
    coordinator.post(undo)
    assert not School.objects.exists()
    assert "Rückgängig gemacht am" in page(coordinator, batch)


def test_errors_come_first_and_can_be_taken_along(coordinator: Client) -> None:
    batch = upload(coordinator, "schools", csv(*SCHOOLS, "3;+Schule C;;2168"))
    text = page(coordinator, batch)
    assert "hat nur 4 Ziffern" in text
    assert "Schule B" not in text
    assert "Alles übernehmen" not in text
    assert "Schule B" in page(coordinator, batch, "?zeige=alle")
    report = coordinator.get(reverse("exchange:import_errors", args=[batch.public_id]))
    assert report["Content-Disposition"].startswith("attachment")
    assert report.content.decode("utf-8-sig").splitlines()[1] == (
        "4;'+Schule C;Postleitzahl;Postleitzahl ‚2168‘ hat nur 4 Ziffern. Bitte ergänzen."
    )
    coordinator.post(reverse("exchange:import_commit", args=[batch.public_id]))
    assert not School.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "part"),
    [
        (b"", "leer.csv", "leer"),
        (b"%PDF-1.7", "a.pdf", "PDF-Datei"),
        (xlsx(("Schulnummer",))[:900], "a.xlsx", "beschädigt"),
        (b"x;y\n1;2", "a.csv", "In der Datei fehlt"),
    ],
)
def test_unusable_files_are_explained_at_the_field(
    coordinator: Client, data: bytes, name: str, part: str
) -> None:
    response = coordinator.post(
        reverse("exchange:import_create", args=["schools"]),
        {"file": SimpleUploadedFile(name, data)},
    )
    assert response.status_code == 422
    assert part in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_file_beyond_the_limit_is_not_read(coordinator: Client, settings: object) -> None:
    settings.UPLOAD_LIMIT = 1_000_000  # type: ignore[attr-defined]
    big = SimpleUploadedFile("gross.csv", b"a;b\n" * 400_000)
    response = coordinator.post(reverse("exchange:import_create", args=["schools"]), {"file": big})
    assert response.status_code == 422
    assert "zu groß; erlaubt sind 1 MB" in response.content.decode()
    nothing = coordinator.post(reverse("exchange:import_create", args=["schools"]))
    assert "Bitte wählen Sie eine Datei aus" in nothing.content.decode()


def test_each_template_can_be_filled_and_read_back(coordinator: Client, region: Region) -> None:
    for kind in (Kind.SCHOOLS, Kind.COMPANIES, Kind.POSTAL_CODES, Kind.OCCUPATIONS):
        for suffix in ("csv", "xlsx"):
            url = reverse("exchange:import_template", args=[kind, suffix])
            batch = upload(coordinator, kind, coordinator.get(url).content, f"vorlage.{suffix}")
            assert (batch.read, batch.errors) == (1, 0), page(coordinator, batch)
    assert coordinator.get("/importe/vorlage/schools.exe").status_code == 404
    assert coordinator.get("/importe/neu/bilder/").status_code == 404


def test_only_schools_of_one_district(coordinator: Client) -> None:
    for code, name, ags in (("21680", "Stade", "03359"), ("27472", "Cuxhaven", "03352")):
        make_place(postal_code=code, name=name, district=f"Landkreis {name}", district_code=ags)
    data = csv("Schulnummer;Name;PLZ", "1;Schule A;21680", "2;Schule B;27472")
    batch = upload(coordinator, "schools", data, district="03359")
    assert (batch.created, batch.skipped) == (1, 1)


def test_shared_data_is_for_operators_once_there_are_two_regions(coordinator: Client) -> None:
    data = csv("PLZ;Ort", "21680;Stade")
    batch = upload(coordinator, "postal-codes", data)
    coordinator.post(reverse("exchange:import_commit", args=[batch.public_id]))
    assert Place.objects.count() == 1
    make_region()
    assert (
        coordinator.get(reverse("exchange:import_create", args=["postal-codes"])).status_code == 403
    )
    operator = sign_in_as(Client(), make_user(is_operator=True))
    assert upload(operator, "postal-codes", data).skipped == 1


def test_a_coordination_imports_pupils_without_seeing_names(
    coordinator: Client, region: Region
) -> None:
    school = make_school(region=region)
    school.organisation.external_key = "90555"
    school.organisation.save()
    batch = upload(coordinator, "pupils", csv(*PUPILS))
    text = page(coordinator, batch)
    assert "Kim" not in text
    assert "Zeile 2" in text
    coordinator.post(reverse("exchange:import_commit", args=[batch.public_id]))
    assert Pupil.objects.get().school_class.school == school


def test_a_teacher_fills_own_classes_and_nobody_else_looks_on(
    client: Client, coordinator: Client, region: Region
) -> None:
    school = make_school(region=region)
    own = make_class(school=school, name="9b")
    user = make_membership(RoleCode.TEACHER, organisation=school.organisation).user
    make_class_teacher(school_class=own, user=user)
    teacher = sign_in_as(Client(), user)
    heading = PUPILS[0].rsplit(";", 1)[0]
    batch = upload(
        teacher, "pupils", csv(heading, "Probe;Kim;01.02.2012;9b", "Muster;Mika;1.1.2012;9c")
    )
    assert "gehört nicht zu Ihren Klassen" in page(teacher, batch)
    batch = upload(teacher, "pupils", csv(heading, "Probe;Kim;01.02.2012;9b"))
    assert "Kim Probe" in page(teacher, batch)
    detail = reverse("exchange:import_detail", args=[batch.public_id])
    assert coordinator.get(detail).status_code == 404
    teacher.post(reverse("exchange:import_commit", args=[batch.public_id]))
    assert Pupil.objects.get().school_class == own
    assert teacher.get(reverse("exchange:import_create", args=["schools"])).status_code == 403


def test_what_stands_in_the_way_of_an_undo_is_listed(coordinator: Client) -> None:
    batch = upload(coordinator, "schools", csv(*SCHOOLS))
    coordinator.post(reverse("exchange:import_commit", args=[batch.public_id]))
    make_pupil(school_class=make_class(school=School.objects.first()), with_user=False)
    response = coordinator.post(reverse("exchange:import_undo", args=[batch.public_id]))
    assert response.status_code == 409
    assert "Zeile 2: hat inzwischen Klassen" in response.content.decode()


def test_discarding(coordinator: Client) -> None:
    batch = upload(coordinator, "schools", csv(*SCHOOLS))
    coordinator.post(reverse("exchange:import_discard", args=[batch.public_id]))
    batch.refresh_from_db()
    assert (batch.state, ImportPart.objects.count()) == (BatchState.DISCARDED, 0)
    text = coordinator.post(
        reverse("exchange:import_commit", args=[batch.public_id]), follow=True
    ).content.decode()
    assert "schon entschieden" in text


def test_the_rows_come_in_pages_that_leave_nothing_out(coordinator: Client) -> None:
    lines = [f"{n};Schule {n};;{'21680' if n % 3 else '2168'}" for n in range(1, 1201)]
    batch = upload(coordinator, "schools", csv("Schulnummer;Name;Schulform;PLZ", *lines))
    for query, expected in (("?zeige=error", 400), ("?zeige=created", 800), ("?zeige=alle", 1200)):
        seen: list[str] = []
        for number in range(1, expected // 50 + 1):
            text = page(coordinator, batch, f"{query}&page={number}")
            seen += re.findall(r"Zeile (\d+)\s*</th>", text)
        assert len(seen) == len(set(seen)) == expected, query


def test_the_history_costs_the_same_for_one_and_three_imports(
    coordinator: Client, region: Region, django_assert_max_num_queries: object
) -> None:
    counts = []
    coordinator.get(reverse("exchange:import_list"))  # fills what is loaded once per process
    for _ in range(2):
        make_batch(region=region)
        with django_assert_max_num_queries(40) as captured:  # type: ignore[operator]
            assert coordinator.get(reverse("exchange:import_list")).status_code == 200
        counts.append(len(captured))
        make_batch(region=region)
    assert counts[0] == counts[1]
