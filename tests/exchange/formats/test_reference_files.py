"""The real files, with all their duplicates and gaps. The figures are facts of the files of November 2026."""

from collections import Counter
from datetime import date

import pytest

from tests.exchange.files import shared
from werkpfad.surface.exchange.enums import Kind, Outcome
from werkpfad.surface.exchange.formats import SPECS, Lookup
from werkpfad.surface.exchange.formats.planning import Plan, plan, read_drafts
from werkpfad.surface.exchange.tabular import read_table

LOOKUP = Lookup(state="NI", today=date(2026, 11, 20), school_year=2026)


def planned(kind: Kind, path: str) -> Plan:
    drafts, notes = read_drafts(SPECS[kind], read_table(shared(path), path), LOOKUP)
    return plan(SPECS[kind], drafts, {}, notes)


@pytest.fixture(scope="module")
def schools() -> Plan:
    return planned(Kind.SCHOOLS, "schulen/schulen_ni_hb_2016.csv")


def test_all_schools_of_niedersachsen_and_bremen(schools: Plan) -> None:
    assert schools.counts == {
        "read": 3392,
        "created": 3339,
        "updated": 0,
        "skipped": 53,
        "errors": 0,
    }


def test_teacher_seminars_and_closed_schools_are_no_schools(schools: Plan) -> None:
    reasons = Counter(
        row.notes[0].split()[0] for row in schools.rows if row.outcome == Outcome.SKIPPED
    )
    assert reasons == {"Studienseminar": 50, "Ehemalige": 3}


def test_school_numbers_have_their_zeros_back(schools: Plan) -> None:
    keys = [row.key for row in schools.rows if row.outcome == Outcome.CREATED]
    assert "NI-05903" in keys
    assert {len(key) for key in keys} == {len("HB-002"), len("NI-05903")}


def test_school_forms_count_wholes_not_branches(schools: Plan) -> None:
    forms = {
        row.label: row.values["forms"] for row in schools.rows if row.outcome == Outcome.CREATED
    }
    assert forms["Heinrich-Middendorf-Oberschule Aschendorf"] == ["oberschule"]
    assert forms["Freie Waldorfschule Cuxhaven"] == ["waldorfschule"]
    assert forms["Abendgymnasium Oldenburg"] == ["andere"]
    assert forms["Freiherr-vom-Stein-Schule Realschule"] == ["realschule"]
    mains = Counter(found[0] for found in forms.values())
    assert mains["grundschule"] > 1_600
    assert mains["andere"] == 11


@pytest.mark.parametrize("path", ["plz/plz_geonames_geografisch.csv", "plz/zipcodes.de.csv"])
def test_both_files_of_postal_codes_give_the_same_places(path: str) -> None:
    result = planned(Kind.POSTAL_CODES, path)
    places = [row for row in result.rows if row.outcome == Outcome.CREATED]
    assert len(places) == 16_235
    assert len({row.values["postal_code"] for row in places}) == 8_156
    assert result.counts["errors"] == 0
    bremen = next(row for row in places if row.values["postal_code"] == "28777")
    assert (bremen.values["state"], bremen.values["district_code"]) == ("HB", "04011")
    assert bremen.values["lat"] == pytest.approx(53.2066, abs=0.001)


def test_codes_of_single_recipients_are_left_out() -> None:
    result = planned(Kind.POSTAL_CODES, "plz/zipcodes.de.csv")
    skipped = [row for row in result.rows if row.outcome == Outcome.SKIPPED]
    assert len(skipped) == 7_062
    assert len({row.values["postal_code"] for row in skipped}) == 2_658


def test_all_levels_of_the_occupations() -> None:
    result = planned(Kind.OCCUPATIONS, "kldb2010/kldb2010_v2020_gliederung_erlaeuterung.csv")
    assert result.counts["created"] == 2_195
    levels = Counter(row.values["level"] for row in result.rows)
    assert levels == {1: 10, 2: 37, 3: 144, 4: 703, 5: 1_301}
    assert {"0", "01", "011", "0110", "01104"} <= {row.key for row in result.rows}
    assert not any("&nbsp;" in row.values["title"] for row in result.rows)
