"""Files as people send them: each is read, or refused with a sentence that helps."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.files import csv, saved, xlsx
from werkpfad.surface.exchange.tabular import FileRejected, Limits, check_size, read_table

UMLAUTS = ("Ort;Straße", "Lübeck;Große Gröpelgrube")


def cells(data: bytes, name: str = "a.csv") -> list[tuple[str, ...]]:
    return [row.cells for row in read_table(data, name).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_umlauts_survive_every_usual_encoding(encoding: str) -> None:
    assert cells(csv(*UMLAUTS, encoding=encoding)) == [
        ("Ort", "Straße"),
        ("Lübeck", "Große Gröpelgrube"),
    ]


def test_big_endian_utf_16_with_its_mark() -> None:
    data = b"\xfe\xff" + "\n".join(UMLAUTS).encode("utf-16-be")
    assert cells(data)[1] == ("Lübeck", "Große Gröpelgrube")


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_delimiters(sign: str) -> None:
    assert cells(csv(f"a{sign}b", f"1{sign}2")) == [("a", "b"), ("1", "2")]


def test_commas_in_texts_do_not_make_columns() -> None:
    lines = ["Schlüssel, V. 2020;Titel"] + [f"{n};eins, zwei, drei{', vier' * n}" for n in range(9)]
    assert {len(row) for row in cells(csv(*lines))} == {2}


def test_the_delimiter_line_of_excel_is_obeyed_and_not_data() -> None:
    rows = read_table(csv("sep=,", "a;b,c", "1,2"), "a.csv").rows
    assert [(row.number, row.cells) for row in rows] == [(2, ("a;b", "c")), (3, ("1", "2"))]


def test_row_numbers_are_those_of_excel() -> None:
    data = csv("a;b", "", '"zwei\r\nZeilen";x', ";;", "letzte;y")
    assert [(row.number, row.cells[0]) for row in read_table(data, "a.csv").rows] == [
        (1, "a"),
        (3, "zwei\r\nZeilen"),
        (5, "letzte"),
    ]


def test_ragged_rows_keep_what_they_have() -> None:
    assert cells(csv("a;b;c", "1", "1;2;3;;;", "1;2;3;4")) == [
        ("a", "b", "c"),
        ("1",),
        ("1", "2", "3"),
        ("1", "2", "3", "4"),
    ]


def test_quotes_inside_quotes() -> None:
    assert cells(csv("a", '"Firma ""Holz"" GmbH"')) == [("a",), ('Firma "Holz" GmbH',)]


@pytest.mark.parametrize(
    ("data", "name", "part"),
    [
        (b"", "a.csv", "leer"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "a.xls", "alte Excel-Datei"),
        (b"%PDF-1.7", "liste.csv", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "bild.xlsx", "Bild"),
        (b"<!DOCTYPE html><html>", "a.csv", "Webseite"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "a.csv", "Webseite"),
        (b"a;b\r\n1;2", "a.xlsx", "keine Excel-Tabelle"),
        (b"a;b\r\n1;\x00\x00", "a.csv", "Nullzeichen"),
        (b"a;b\r\n\x81\x8d;2", "a.csv", "Zeichensatz"),
        ("a;b\nLübeck;1\n".encode() + "Gr\xf6be;2".encode("cp1252"), "a.csv", "zwei Zeichensätze"),
        ("a;b\n1;ü".encode()[:-1], "a.csv", "nicht vollständig"),
        ("\ufeffa;b\n1;ü".encode("utf-16-le")[:-1], "a.csv", "nicht vollständig"),
        (b'a;b\n1;2\n"offen;3\n4;5', "a.csv", "Zeile 3"),
        (b'a;b\n"x"y;3', "a.csv", "Zeile 2"),
    ],
)
def test_what_is_no_table_is_refused_with_advice(data: bytes, name: str, part: str) -> None:
    with pytest.raises(FileRejected, match=part) as refused:
        read_table(data, name)
    assert str(refused.value).count(".") >= 1


def test_size_is_refused_before_reading() -> None:
    with pytest.raises(FileRejected, match="200 MB zu groß; erlaubt sind 25 MB"):
        check_size(200_000_000, Limits())


def test_too_many_rows() -> None:
    with pytest.raises(FileRejected, match="mehr als 3 Zeilen"):
        read_table(csv("a", *"12345"), "a.csv", Limits(max_rows=3))


def test_a_huge_cell_is_the_rows_own_problem() -> None:
    row = read_table(csv("a;b", "x" * 40_000 + ";1"), "a.csv").rows[1]
    assert "32.767" in row.problem


def test_an_endless_cell_names_its_row() -> None:
    with pytest.raises(FileRejected, match="Zeile 2: Eine Zelle ist zu lang"):
        read_table(b"a;b\n" + b"x" * 140_000, "a.csv")


def test_excel_cells_read_as_people_see_them() -> None:
    data = xlsx(
        ("PLZ", "Tag", "Zeit", "Wert", "Ja", "Lang"),
        (26721.0, date(2011, 3, 4), time(8, 30), 1.5, True, 12345678901),
        (1067, datetime(2011, 3, 4), "'0815", None, False, "x"),
    )
    assert cells(data, "a.xlsx")[1:] == [
        ("26721", "04.03.2011", "08:30", "1.5", "ja", "12345678901"),
        ("1067", "04.03.2011", "'0815", "", "nein", "x"),
    ]


def test_excel_keeps_row_numbers_over_empty_rows() -> None:
    rows = read_table(xlsx(("a",), (), (None,), ("x",)), "a.xlsx").rows
    assert [row.number for row in rows] == [1, 4]


def test_a_formula_error_is_the_rows_problem() -> None:
    assert "#NV" in read_table(xlsx(("a",), ("#NV",)), "a.xlsx").rows[1].problem


def test_the_first_visible_sheet_with_rows_is_read() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(xlsx(("verborgen",), title="Alt")))
    book.create_sheet("Leer")
    book.create_sheet("Klasse 9b").append(["Name"])
    book["Alt"].sheet_state = "hidden"
    table = read_table(saved(book), "a.xlsx")
    assert [row.cells for row in table.rows] == [("Name",)]
    assert "Klasse 9b" in table.notes[0]


def test_any_truncation_of_an_excel_file_is_refused() -> None:
    whole = xlsx(("a", "b"), (1, 2))
    for length in range(4, len(whole) - 1, 97):
        with pytest.raises(FileRejected):
            read_table(whole[:length], "a.xlsx")


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "part"),
    [
        (archive(content_dot_xml=b"<x/>"), "a.ods", "LibreOffice"),
        (archive(word__document_dot_xml=b"<x/>"), "a.xlsx", "Word"),
        (archive(readme_dot_txt=b"x"), "a.zip", "Archiv"),
        (xlsx(("a",)), "a.csv", "heißt „.csv“"),
        (
            archive(xl__workbook_dot_xml=b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'),
            "a.xlsx",
            "beschädigt",
        ),
        (archive(xl__workbook_dot_xml=b"<workbook/>"), "a.xlsx", "beschädigt"),
        (b"PK\x03\x04" + b"\0" * 200, "a.xlsx", "beschädigt"),
    ],
)
def test_archives_that_are_no_excel_table(data: bytes, name: str, part: str) -> None:
    with pytest.raises(FileRejected, match=part):
        read_table(data, name)


def test_a_zip_bomb_is_refused_by_its_sums() -> None:
    bomb = archive(xl__workbook_dot_xml=b"<x/>", xl__sharedStrings_dot_xml=b"\0" * 60_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(FileRejected, match="ungewöhnlich groß"):
        read_table(bomb, "a.xlsx", Limits(max_unpacked=50_000_000))


def test_a_sheet_that_claims_endless_columns_is_refused() -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in range(1, 40):
        book.active.cell(row=row, column=16_384, value="x")  # type: ignore[union-attr]
    with pytest.raises(FileRejected, match="ungewöhnlich groß"):
        read_table(saved(book), "a.xlsx", Limits(max_cells=100_000))


@given(st.binary(max_size=400))
def test_no_bytes_whatever_end_in_anything_but_rows_or_a_refusal(data: bytes) -> None:
    assert answer(data, "a.csv")
    assert answer(data, "a.xlsx")


def answer(data: bytes, name: str) -> str:
    try:
        return f"{len(read_table(data, name).rows)} rows"
    except FileRejected as refused:
        return str(refused)
