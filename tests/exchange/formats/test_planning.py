"""Rows against each other and against what is there: one outcome each."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.files import csv, xlsx
from werkpfad.surface.exchange.enums import Kind, Outcome
from werkpfad.surface.exchange.formats import SPECS, Lookup
from werkpfad.surface.exchange.formats.planning import Known, Plan, plan, read_drafts, refresh
from werkpfad.surface.exchange.formats.spec import ProgrammeFacts
from werkpfad.surface.exchange.tabular import FileRejected, read_table

NI = Lookup(state="NI", today=date(2026, 11, 20), school_year=2026)


def planned(
    kind: Kind, *lines: str, known: Mapping[str, Known] | None = None, lookup: Lookup = NI
) -> Plan:
    drafts, notes = read_drafts(SPECS[kind], read_table(csv(*lines), "a.csv"), lookup)
    return plan(SPECS[kind], drafts, known or {}, notes)


def outcomes(result: Plan) -> list[str]:
    return [str(row.outcome) for row in result.rows]


SCHOOL = "Schulnummer;Schule;Schulart;PLZ;Ort"


def test_messages_name_the_row_and_the_next_step() -> None:
    result = planned(Kind.SCHOOLS, SCHOOL, "", "1;Schule A;Gymnasium;2672;Emden")
    assert result.rows[0].message == (
        "Zeile 3: Postleitzahl ‚2672‘ hat nur 4 Ziffern. Bitte ergänzen."
    )


def test_one_school_number_in_several_rows_is_one_school_with_several_forms() -> None:
    result = planned(
        Kind.SCHOOLS,
        SCHOOL,
        "123;Schule A;Realschule;21682;Stade",
        "00123;Schule A;Gymnasium;21682;Stade",
        "NI-00123;Schule A;Gymnasium;21682;Stade",
    )
    assert outcomes(result) == ["created", "updated", "skipped"]
    assert result.rows[0].values["forms"] == ["realschule", "gymnasium"]
    assert result.counts == {"read": 3, "created": 1, "updated": 1, "skipped": 1, "errors": 0}


def test_the_same_name_under_two_numbers_is_two_schools() -> None:
    result = planned(Kind.SCHOOLS, SCHOOL, "1;Schule A;;21682;Stade", "2;Schule A;;21682;Stade")
    assert outcomes(result) == ["created", "created"]


def test_a_contradiction_within_the_file_is_an_error_that_names_both_rows() -> None:
    result = planned(Kind.SCHOOLS, SCHOOL, "1;Schule A;;21682;Stade", "1;Schule B;;21682;Stade")
    assert outcomes(result) == ["created", "error"]
    assert "Zeile 2" in result.rows[1].message
    assert "Name" in result.rows[1].message


def test_existing_records_are_updated_or_skipped_and_empty_cells_change_nothing() -> None:
    known = {
        "NI-00001": Known(7, {"name": "Alt", "forms": ["gymnasium"], "place": "Stade"}, "NI-00001"),
        "NI-00002": Known(
            8, {"name": "Zwei", "forms": ["gymnasium"], "place": "Stade"}, "NI-00002"
        ),
    }
    result = planned(Kind.SCHOOLS, SCHOOL, "1;Neu;Gymnasium;;", "2;Zwei;Gymnasium;;", known=known)
    assert outcomes(result) == ["updated", "skipped"]
    assert (result.rows[0].target, result.rows[0].changes) == (7, {"name": ("Alt", "Neu")})


def test_a_plan_is_refreshed_against_what_is_there_now() -> None:
    result = planned(Kind.SCHOOLS, SCHOOL, "1;Neu;Gymnasium;;", "2;Zwei;;x;")
    spec = SPECS[Kind.SCHOOLS]
    assert refresh(spec, result.rows, {}) == list(result.rows)
    there = {"NI-00001": Known(7, {"name": "Neu", "forms": ["gymnasium"]}, "NI-00001")}
    again = refresh(spec, result.rows, there)
    assert [row.outcome for row in again] == [Outcome.SKIPPED, Outcome.ERROR]
    assert refresh(spec, again, {}) == list(result.rows)


COMPANY = "Nummer;Firma;PLZ;Ort"


def test_companies_are_known_by_number_or_by_postal_code_and_name() -> None:
    known = {"21682 holzgmbh": Known(5, {"name": "Holz GmbH", "postal_code": "21682"})}
    result = planned(
        Kind.COMPANIES,
        COMPANY,
        ";HOLZ-GmbH;21682;",
        ";Holz GmbH;21680;",
        "K1;Holz GmbH;21682;",
        known=known,
    )
    assert outcomes(result) == ["updated", "created", "error"]


def test_two_official_numbers_are_two_companies_whatever_their_names() -> None:
    known = {"21682 holzgmbh": Known(5, {"name": "Holz GmbH"}, "nr A")}
    lines = (COMPANY, "B;Holz GmbH;21682;", "C;Holz GmbH;21682;")
    assert outcomes(planned(Kind.COMPANIES, *lines, known=known)) == ["created", "created"]


PUPIL = "Nachname;Vorname;Geburtsdatum;Klasse;Schülernummer"
SCHOOL_LOOKUP = Lookup(
    state="NI",
    today=date(2026, 11, 20),
    school_year=2026,
    school_key="NI-66886",
    schools=frozenset({"NI-66886"}),
)


def test_pupils_of_one_name_are_told_apart_by_birthday_or_number() -> None:
    result = planned(
        Kind.PUPILS,
        PUPIL,
        "Probe;Kim;01.02.2012;9b;",
        "Probe;Kim;02.02.2012;09 B;",
        "Probe;Kim;01.02.2012;9b;",
        "Probe;Kim;01.02.2012;9b;17",
        "Probe;Kim;01.02.2012;9b;18",
        lookup=SCHOOL_LOOKUP,
    )
    assert outcomes(result) == ["created", "created", "skipped", "error", "error"]
    assert result.rows[1].values["class_name"] == "9b"
    assert result.rows[1].values["grade"] == 9


def test_a_teacher_fills_only_own_classes() -> None:
    from dataclasses import replace

    lookup = replace(SCHOOL_LOOKUP, classes=frozenset({"9b"}))
    lines = (PUPIL, "Probe;Kim;01.02.2012;9c;", "Probe;Mika;01.02.2012;9b;")
    result = planned(Kind.PUPILS, *lines, lookup=lookup)
    assert outcomes(result) == ["error", "created"]
    assert "gehört nicht zu Ihren Klassen" in result.rows[0].message


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("Probe;Kim;01.02.1990;9b;", "Alter von 36"),
        ("Probe;Kim;;9b;", "Geburtsdatum: fehlt"),
        ("Probe;Kim;01.02.2012;Eulen;", "Jahrgang"),
    ],
)
def test_pupils_that_cannot_be(row: str, part: str) -> None:
    assert part in planned(Kind.PUPILS, PUPIL, row, lookup=SCHOOL_LOOKUP).rows[0].message


OFFER = "Betrieb;PLZ;Programm;Titel;Berufsfeld;Beschreibung;Plätze;Ansprechperson;Tage"
OFFER_LOOKUP = Lookup(
    state="NI",
    companies=frozenset({"21682 holzgmbh"}),
    programmes={
        "wochemai": ProgrammeFacts(
            "p1",
            "Woche Mai",
            date(2027, 5, 3),
            date(2027, 5, 4),
            (date(2027, 5, 3), date(2027, 5, 4)),
        )
    },
    fields={"holz": "holz"},
    field_titles=("Holz",),
)


def test_offers_refer_to_what_is_there() -> None:
    good = "Holz GmbH;21682;Woche Mai;Bauen;Holz;Text;2;Kim;"
    result = planned(
        Kind.OFFERS,
        OFFER,
        good + "04.05.2027",
        good.replace("21682", "21680"),
        good.replace("Woche Mai", "Woche Juni"),
        good.replace(";Holz;", ";Meer;"),
        good.replace("Bauen", "Sägen") + "07.05.2027",
        good.replace("Bauen", "Feilen"),
        lookup=OFFER_LOOKUP,
    )
    assert outcomes(result) == ["created", "error", "error", "error", "error", "created"]
    assert result.rows[0].values["days"] == ["2027-05-04"]
    assert result.rows[5].values["days"] == ["2027-05-03", "2027-05-04"]
    for row, part in zip(
        result.rows[1:5], ("Betrieb", "Woche Mai", "Möglich sind: Holz", "07.05.2027"), strict=True
    ):
        assert part in row.message


def test_taken_seats_cannot_be_taken_away() -> None:
    key = "21682 holzgmbh|bauen|p1"
    known = {key: Known(3, {"taken": 2, "capacity": 3})}
    line = "Holz GmbH;21682;Woche Mai;Bauen;Holz;Text;1;Kim;"
    result = planned(Kind.OFFERS, OFFER, line, known=known, lookup=OFFER_LOOKUP)
    assert "2 Plätze vergeben" in result.rows[0].message


def test_headings_are_found_below_a_title_in_any_spelling() -> None:
    result = planned(
        Kind.SCHOOLS,
        "Schulen im Landkreis;;",
        "Stand: 2026;;",
        " SCHULNUMMER *;Name (amtlich);strasse",
        "1;A;B 1",
    )
    assert result.rows[0].number == 4
    assert result.rows[0].values["street"] == "B 1"


def test_a_missing_column_names_what_was_found_instead() -> None:
    with pytest.raises(
        FileRejected, match=r"fehlt die Spalte „Schulnummer“. Gefunden wurde: „Name“"
    ):
        planned(Kind.SCHOOLS, "Name;Ort", "A;B")


@pytest.mark.parametrize(
    ("lines", "part"),
    [
        (("PLZ;Postleitzahl;Ort", "1;2;3"), "steht zweimal"),
        (("PLZ;Ort",), "keine Daten"),
    ],
)
def test_tables_that_cannot_be_used(lines: tuple[str, ...], part: str) -> None:
    with pytest.raises(FileRejected, match=part):
        planned(Kind.POSTAL_CODES, *lines)


def test_a_row_wider_than_the_heading_is_an_error_of_that_row() -> None:
    result = planned(Kind.POSTAL_CODES, "PLZ;Ort", "21682;Stade;Bahnhof", "21682;Stade")
    assert outcomes(result) == ["error", "created"]
    assert "mehr Spalten" in result.rows[0].message


def test_excel_without_leading_zeros_is_repaired_with_a_remark() -> None:
    table = read_table(xlsx(("PLZ", "Ort"), (1067, "Dresden"), (26721.0, "Emden")), "a.xlsx")
    drafts, _ = read_drafts(SPECS[Kind.POSTAL_CODES], table, NI)
    assert [draft.values["postal_code"] for draft in drafts] == ["01067", "26721"]
    assert "führende Null" in drafts[0].notes[0]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2", "00001", "x!"]),
        st.sampled_from(["", "Schule A", "Schule B"]),
        st.sampled_from(["", "Gymnasium", "Realschule"]),
        st.sampled_from(["", "21682", "2168"]),
    ).map(";".join),
    min_size=1,
    max_size=12,
)


@given(ROWS)
def test_every_row_has_exactly_one_outcome_and_repeating_creates_nothing(rows: list[str]) -> None:
    lines = [row for row in rows if row.strip(";")]
    if not lines:
        return
    heading = "Schulnummer;Name;Schulform;PLZ"
    first = planned(Kind.SCHOOLS, heading, *lines)
    counts = first.counts
    assert (
        counts["read"]
        == len(lines)
        == sum(counts[n] for n in ("created", "updated", "skipped", "errors"))
    )
    known = {
        row.key: Known(row.number, row.values, row.key)
        for row in first.rows
        if row.outcome == Outcome.CREATED
    }
    assert planned(Kind.SCHOOLS, heading, *lines, known=known).counts["created"] == 0
