"""Sign-in cards, letters to guardians, class lists."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from tests.core.printed import text_outside
from werkpfad.base.core.pdf import Letterhead, NotEncodable
from werkpfad.region.schools.documents import (
    ClassList,
    ClassListRow,
    GuardianLetter,
    GuardianLetters,
    NoPersonalCode,
    SignInCard,
    SignInCards,
    class_list,
    grouped,
    guardian_letters,
    link_with_code,
    sign_in_cards,
)

DAY = date(2026, 11, 20)
HEAD = Letterhead(region="Landkreis Stade", contact="Servicestelle Schule–Wirtschaft")
HOSTILE = '#panic("x") $ * @ \\ 😀 \u202e' + "Überlang" * 45 + "\x00"

CARDS = SignInCards(
    letterhead=HEAD,
    school="Oberschule Jork",
    class_name="9b",
    address="https://praktikum.example.org/anmelden",
    cards=(
        SignInCard(name="Ayşe Yıldız", code="k7m2qx4t"),
        SignInCard(name="Jörg Großmann", code="P3R9WZ8H"),
    ),
    valid_until=date(2027, 7, 31),
    dated=DAY,
)
LETTERS = GuardianLetters(
    letterhead=HEAD,
    school="Oberschule Jork",
    class_name="9b",
    programme="Schülerbetriebspraktikum",
    first_day=date(2027, 3, 1),
    last_day=date(2027, 3, 12),
    reply_by=date(2027, 1, 29),
    teacher="Silke Brandt",
    address="https://praktikum.example.org/eltern",
    letters=(GuardianLetter(pupil="Ayşe Yıldız", code="K7M2QX4T"),),
    dated=DAY,
)
LIST = ClassList(
    letterhead=HEAD,
    school="Oberschule Jork",
    class_name="9b",
    teacher="Silke Brandt",
    rows=(ClassListRow(name="Zoë Ćosić", signed_in="seit 3. November", guardians="noch nicht"),),
    dated=DAY,
)


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text().replace("\u00a0", " ") for page in PdfReader(io.BytesIO(pdf)).pages]


class TestCodes:
    def test_are_grouped_in_capitals(self) -> None:
        assert grouped("k7m2qx4t") == "K7M2-QX4T"

    @pytest.mark.parametrize(
        "code", ["", "K7M2QX4", "K7M2QX4TT", "K7M2-QX4", "K7M2QX#T", "Ä7M2QX4T"]
    )
    def test_anything_else_is_refused(self, code: str) -> None:
        with pytest.raises(NoPersonalCode):
            grouped(code)

    def test_travel_in_the_fragment_only(self) -> None:
        link = link_with_code("https://praktikum.example.org/anmelden#old", "k7m2qx4t")
        assert link == "https://praktikum.example.org/anmelden#code=K7M2-QX4T"


class TestSignInCards:
    def test_each_card_shows_name_code_address_and_steps_in_this_order(self) -> None:
        (page,) = pages_of(sign_in_cards(CARDS))
        words = [
            "Anmeldekarten Klasse 9b",
            "Ayşe Yıldız",
            "K7M2-QX4T",
            "Scanne",
            "praktikum.example.org/anmelden",
            "Jörg Großmann",
            "P3R9-WZ8H",
        ]
        text = page.replace("\u200b", "").replace("\n", " ")
        positions = [text.index(word) for word in words]
        assert positions == sorted(positions)
        assert "31.07.2027" in text

    @pytest.mark.parametrize(("count", "pages"), [(1, 1), (8, 1), (9, 2), (33, 5)])
    def test_eight_cards_on_a_page(self, count: int, pages: int) -> None:
        sheet = replace(CARDS, cards=CARDS.cards[:1] * count)
        assert len(pages_of(sign_in_cards(sheet))) == pages

    def test_hostile_names_stay_on_their_card(self) -> None:
        sheet = replace(
            CARDS, school=HOSTILE, cards=(SignInCard(name=HOSTILE, code="K7M2QX4T"),) * 8
        )
        pages = pages_of(sign_in_cards(sheet))
        assert len(pages) == 1
        assert pages[0].count("K7M2-QX4T") == 8
        assert '#panic("x")' in pages[0]

    def test_each_picture_names_its_code(self) -> None:
        assert b"K7M2-QX4T" in _alternatives(sign_in_cards(CARDS))

    def test_an_empty_sheet_is_refused(self) -> None:
        with pytest.raises(ValueError, match="at least one"):
            sign_in_cards(replace(CARDS, cards=()))

    def test_an_address_that_is_none_is_refused(self) -> None:
        with pytest.raises(NotEncodable):
            sign_in_cards(replace(CARDS, address="praktikum.example.org"))


class TestGuardianLetters:
    def test_says_what_when_until_and_how(self) -> None:
        (page,) = pages_of(guardian_letters(LETTERS))
        text = " ".join(page.replace("\u200b", "").split())
        for words in (
            "Schülerbetriebspraktikum von Ayşe Yıldız",
            "29. Januar 2027",
            "vom 1. März 2027 bis 12. März 2027",
            "K7M2-QX4T",
            "praktikum.example.org/eltern",
            "Antwort auf Papier",
            "Seite 1 von 1",
        ):
            assert words in text

    def test_one_page_for_each_pupil_even_with_a_long_remark_and_name(self) -> None:
        sheet = replace(
            LETTERS,
            remarks="Bitte denken Sie an Sicherheitsschuhe. " * 30,
            letters=(
                GuardianLetter(
                    pupil="Maximiliane-Charlotte von und zu Altenbruch-Lüdingworth", code="K7M2QX4T"
                ),
            )
            * 3,
        )
        pages = pages_of(guardian_letters(sheet))
        assert len(pages) == 3
        assert all("Seite 1 von 1" in page for page in pages)

    def test_hostile_texts_take_a_second_page_but_keep_the_slip_whole(self) -> None:
        letters = (GuardianLetter(pupil=HOSTILE, code="K7M2QX4T"),)
        pages = pages_of(
            guardian_letters(replace(LETTERS, programme=HOSTILE, contact=HOSTILE, letters=letters))
        )
        (slip,) = [page for page in pages if "Antwort auf Papier" in page]
        assert "Unterschrift der Erziehungsberechtigten" in slip

    def test_no_letter_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no letter"):
            guardian_letters(replace(LETTERS, letters=()))


class TestClassList:
    def test_shows_the_rows_and_carries_no_code(self) -> None:
        (page,) = pages_of(class_list(LIST))
        for words in ("Klassenliste 9b", "Zoë Ćosić", "seit 3. November", "noch nicht"):
            assert words in page

    def test_a_class_of_32_fits_on_a_page(self) -> None:
        assert len(pages_of(class_list(replace(LIST, rows=LIST.rows * 32)))) == 1

    def test_headings_repeat_on_each_page(self) -> None:
        pages = pages_of(class_list(replace(LIST, rows=LIST.rows * 60)))
        assert len(pages) > 1
        assert all("Angemeldet" in page for page in pages)
        assert f"Seite 2 von {len(pages)}" in pages[1]

    def test_an_empty_class_says_so(self) -> None:
        assert "noch niemand" in pages_of(class_list(replace(LIST, rows=())))[0]

    def test_identical_for_identical_input(self) -> None:
        assert class_list(LIST) == class_list(replace(LIST))


@pytest.mark.parametrize("text", [HOSTILE, "xkcdqwrtz" * 4], ids=["hostile", "unbreakable"])
def test_nothing_leaves_the_page(text: str) -> None:
    cards = replace(
        CARDS, school=text, class_name=text, cards=(SignInCard(name=text, code="K7M2QX4T"),) * 3
    )
    letter = GuardianLetter(pupil=text, code="K7M2QX4T")
    letters = replace(
        LETTERS, school=text, programme=text, teacher=text, contact=text, letters=(letter,)
    )
    row = ClassListRow(name=text, signed_in=text, guardians=text)
    assert text_outside(sign_in_cards(cards)) == []
    assert text_outside(guardian_letters(letters)) == []
    assert (
        text_outside(class_list(replace(LIST, school=text, class_name=text, rows=(row,) * 2))) == []
    )


def _alternatives(pdf: bytes) -> bytes:
    found: list[bytes] = []
    reader = PdfReader(io.BytesIO(pdf))
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        value = reader.get_object(number)
        if isinstance(value, dict) and "/Alt" in value:
            found.append(str(value["/Alt"]).encode())
    return b"\n".join(found)
