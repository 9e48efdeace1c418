"""`werkpfad import`: a summary for people, one line of JSON for programs, and no half imports."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.exchange.files import csv, shared
from tests.factories.network import make_region
from werkpfad.region.network.models import Organisation
from werkpfad.surface.exchange.models import ImportBatch

pytestmark = pytest.mark.django_db
SCHOOLS = ("Schulnummer;Name;PLZ", "1;Schule A;21680", "2;Schule B;21680")


def run(kind: str, path: Path, *options: str) -> tuple[dict[str, int], str, int]:
    """Counts of the last line, everything before it, and the exit code."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("import", kind, str(path), "--json", *options, stdout=out, stderr=err)
    except SystemExit as ended:
        code = int(ended.code or 0)
    *text, last = out.getvalue().strip().splitlines()
    return json.loads(last), err.getvalue() + "\n".join(text), code


def saved(folder: Path, data: bytes, name: str = "liste.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_an_import_can_be_repeated(tmp_path: Path) -> None:
    make_region()
    path = saved(tmp_path, csv(*SCHOOLS))
    counts, text, code = run("schools", path)
    assert counts == {"read": 2, "created": 2, "updated": 0, "skipped": 0, "errors": 0}
    assert (code, "2 neu" in text) == (0, True)
    counts, text, code = run("schools", path)
    assert counts == {"read": 2, "created": 0, "updated": 0, "skipped": 2, "errors": 0}
    assert (code, Organisation.objects.count()) == (0, 2)


def test_an_error_ends_non_zero_and_nothing_is_written(tmp_path: Path) -> None:
    make_region()
    counts, text, code = run("schools", saved(tmp_path, csv(*SCHOOLS, "3;;2168")))
    assert counts == {"read": 3, "created": 2, "updated": 0, "skipped": 0, "errors": 1}
    assert code == 1
    assert "Zeile 4:" in text
    assert "Nichts wurde übernommen" in text
    assert not Organisation.objects.exists()
    assert not ImportBatch.objects.exists()


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    make_region()
    counts, _, code = run("schools", saved(tmp_path, csv(*SCHOOLS)), "--dry-run")
    assert (counts["created"], code, ImportBatch.objects.count()) == (2, 0, 0)


def test_the_region_must_be_clear(tmp_path: Path) -> None:
    path = saved(tmp_path, csv(*SCHOOLS))
    with pytest.raises(CommandError, match="gibt es nicht"):
        call_command("import", "schools", str(path))
    first, _ = make_region(slug="erste"), make_region(slug="zweite")
    with pytest.raises(CommandError, match="erste, zweite"):
        call_command("import", "schools", str(path))
    run("schools", path, "--region", "erste")
    assert set(Organisation.objects.values_list("region", flat=True)) == {first.pk}


def test_a_district_keeps_the_others_out(tmp_path: Path) -> None:
    make_region()
    run(
        "postal-codes",
        saved(tmp_path, csv("PLZ;Ort;AGS", "21680;Stade;03359", "27472;Cuxhaven;03352")),
    )
    lines = ("Schulnummer;Name;PLZ", "1;Schule A;21680", "2;Schule B;27472")
    counts, _, _ = run("schools", saved(tmp_path, csv(*lines)), "--district", "03359")
    assert (counts["created"], counts["skipped"]) == (1, 1)


@pytest.mark.parametrize(
    ("data", "name", "part"), [(b"", "a.csv", "leer"), (b"PK\x03\x04", "a.xlsx", "beschädigt")]
)
def test_unreadable_files_are_one_clear_line(
    tmp_path: Path, data: bytes, name: str, part: str
) -> None:
    with pytest.raises(CommandError, match=part):
        call_command("import", "postal-codes", str(saved(tmp_path, data, name)))
    with pytest.raises(CommandError, match="fehlt"):
        call_command("import", "postal-codes", str(tmp_path / "fehlt.csv"))


def test_the_real_school_register_in_one_go(tmp_path: Path) -> None:
    make_region(state="NI")
    path = saved(tmp_path, shared("schulen/schulen_ni_hb_2016.csv"))
    counts, _, code = run("schools", path)
    assert (counts["created"], counts["skipped"], code) == (3339, 53, 0)
    assert run("schools", path)[0]["skipped"] == 3392
