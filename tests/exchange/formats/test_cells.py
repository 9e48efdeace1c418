"""Single cells: what is understood, what is repaired with a remark, what is refused with advice."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkpfad.surface.exchange.formats import cells
from werkpfad.surface.exchange.formats.spec import BadValue, Parsed


def value(parsed: object) -> object:
    return parsed.value if isinstance(parsed, Parsed) else parsed


any_day = cells.day(date(1900, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("26721", "26721"), ("26721.0", "26721"), ("D-26721", "26721"), ("267 21", "26721")],
)
def test_postal_codes(raw: str, expected: str) -> None:
    assert cells.postal_code(raw) == expected


def test_a_lost_leading_zero_is_given_back_if_that_code_exists() -> None:
    assert cells.postal_code("1067") == Parsed(
        "01067", "Postleitzahl ‚1067‘ als 01067 gelesen (führende Null ergänzt)."
    )


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("2672", "Postleitzahl ‚2672‘ hat nur 4 Ziffern. Bitte ergänzen."),
        ("2", "Postleitzahl ‚2‘ hat nur 1 Ziffer. Bitte ergänzen."),
        ("267211", "Postleitzahl ‚267211‘ hat 6 Ziffern statt 5. Bitte korrigieren."),
        ("2672l", "Postleitzahl ‚2672l‘ besteht nicht nur aus Ziffern. Bitte korrigieren."),
    ],
)
def test_broken_postal_codes_are_explained(raw: str, message: str) -> None:
    with pytest.raises(BadValue) as refused:
        cells.postal_code(raw)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    "raw",
    ["04.03.2011", "4.3.2011", "2011-03-04", "04.03.2011 00:00:00", "2011-03-04T00:00:00", "40606"],
)
def test_days(raw: str) -> None:
    assert value(any_day(raw)) == "2011-03-04"


@pytest.mark.parametrize(
    "raw", ["03/04/2011", "4.3.11", "31.02.2011", "2011", "gestern", "99999999"]
)
def test_days_that_are_none_or_ambiguous(raw: str) -> None:
    with pytest.raises(BadValue):
        any_day(raw)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_each_day_is_understood_in_german_and_iso(day: date) -> None:
    assert value(any_day(f"{day:%d.%m.%Y}")) == value(any_day(day.isoformat())) == day.isoformat()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("8", "08:00"), ("8:30", "08:30"), ("08.30 Uhr", "08:30"), ("23:59:00", "23:59")],
)
def test_times(raw: str, expected: str) -> None:
    assert cells.time_of_day(raw) == expected


@pytest.mark.parametrize("raw", ["24:00", "8:61", "früh", "8:3"])
def test_no_times(raw: str) -> None:
    with pytest.raises(BadValue):
        cells.time_of_day(raw)


def test_degrees_with_comma_or_point() -> None:
    assert cells.degrees(90)("53,5979") == cells.degrees(90)("53.5979") == 53.5979
    with pytest.raises(BadValue, match="vertauscht"):
        cells.degrees(90)("153.5")


def test_text_resolves_entities_and_refuses_direction_marks() -> None:
    assert cells.text(50)("z.&nbsp;B.  Tischler&amp;Sohn") == "z. B. Tischler&Sohn"
    with pytest.raises(BadValue):
        cells.text(50)("abc\u202etxt")
    with pytest.raises(BadValue, match="zu lang"):
        cells.text(3)("vier")


def test_addresses() -> None:
    assert cells.email("mailto:Kim@Example.org") == "kim@example.org"
    assert cells.website("www.example.org") == "https://www.example.org"
    assert cells.phone("04141 / 12-34") == "04141 / 12-34"
    for parse, raw in (
        (cells.email, "kim(at)example.org"),
        (cells.website, "keine"),
        (cells.website, "javascript:alert(1)"),
        (cells.phone, "auf Anfrage"),
    ):
        with pytest.raises(BadValue):
            parse(raw)


@given(st.text(max_size=60).map(str.strip).filter(bool))
def test_no_cell_breaks_a_parser(raw: str) -> None:
    parsers = (
        cells.text(20),
        cells.lines(20),
        cells.postal_code,
        cells.whole_number(0, 9),
        cells.degrees(90),
        any_day,
        cells.time_of_day,
        cells.email,
        cells.website,
        cells.phone,
        cells.words,
    )
    assert all(answer(parse, raw) for parse in parsers)


def answer(parse: Callable[[str], object], raw: str) -> str:
    """What a parser says, whether it understands the cell or not."""
    try:
        return f"read as {parse(raw)}"
    except BadValue as refused:
        return str(refused)
