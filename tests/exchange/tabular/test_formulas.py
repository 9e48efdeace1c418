"""What leaves as text is no formula in any spreadsheet, and comes back as it was."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from werkpfad.surface.exchange.export import write_csv, write_xlsx
from werkpfad.surface.exchange.tabular import read_table
from werkpfad.surface.exchange.tabular.formulas import guard, unguard

DANGEROUS = ("=1+1", "+49 4141", "-Meier", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "'=1", "''-x")


@pytest.mark.parametrize("text", DANGEROUS)
def test_dangerous_text_is_guarded(text: str) -> None:
    assert guard(text).startswith("'")
    assert unguard(guard(text)) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_guarding_loses_nothing_and_leaves_no_formula(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text).lstrip()[:1] not in tuple("=+-@＝＋－＠")


@pytest.mark.parametrize("text", ["Müller", "O'Neill", "'s-Hertogenbosch", "5 - 3", "a=b", ""])
def test_harmless_text_stays(text: str) -> None:
    assert guard(text) == text


WORDS = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20
).filter(lambda text: text.strip() == text and text)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_csv_comes_back_as_it_left(rows: list[tuple[str, str]]) -> None:
    table = read_table(write_csv(("Name", "Ort"), rows), "a.csv")
    assert [row.cells for row in table.rows[1:]] == rows


def test_numbers_stay_numbers() -> None:
    assert write_csv(("a",), [(-5,)]).decode("utf-8-sig") == "a\r\n-5\r\n"


def test_excel_holds_text_not_formulas() -> None:
    data = write_xlsx(("Name", "PLZ"), [(text, "01067") for text in ("=1+1", "-Meier")], "Liste")
    sheet = load_workbook(io.BytesIO(data))["Liste"]
    assert [(cell.data_type, cell.value) for row in sheet.iter_rows(min_row=2) for cell in row] == [
        ("s", "=1+1"),
        ("s", "01067"),
        ("s", "-Meier"),
        ("s", "01067"),
    ]
    assert [row.cells for row in read_table(data, "a.xlsx").rows[1:]] == [
        ("=1+1", "01067"),
        ("-Meier", "01067"),
    ]
