"""Finding a place: postal codes decide, names may be ambiguous, nonsense finds nothing."""

import pytest

from tests.factories.network import make_place
from werkpfad.region.network.models import Place
from werkpfad.region.network.places import find_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def stade() -> Place:
    make_place(postal_code="21682", lat=53.61)
    return make_place()


@pytest.mark.parametrize("typed", ["21680", "21680 Stade", " Stade 21680 ", "21680 Buxtehude"])
def test_a_postal_code_decides(typed: str, stade: Place) -> None:
    assert find_place(typed).place == stade


@pytest.mark.parametrize("typed", ["Stade", "stade", "STADE "])
def test_a_town_with_many_codes_is_one_place(typed: str, stade: Place) -> None:
    assert find_place(typed).place == stade


@pytest.mark.parametrize("typed", ["Köln", "Koeln", "koeln"])
def test_umlauts_may_be_spelled_out(typed: str) -> None:
    cologne = make_place(postal_code="50667", name="Köln", district="Köln, Stadt")
    assert find_place(typed).place == cologne


def test_places_of_one_name_are_offered_to_choose_from() -> None:
    for code, district in (("26169", "Cloppenburg"), ("24960", "Schleswig-Flensburg")):
        make_place(postal_code=code, name="Neustadt", district=district)
    answer = find_place("Neustadt")
    assert answer.place is None
    assert [p.district for p in answer.choices] == ["Schleswig-Flensburg", "Cloppenburg"]


def test_the_beginning_of_a_name_is_enough(stade: Place) -> None:
    assert find_place("Stad").place == stade


def test_of_several_places_in_one_code_the_named_one_is_meant() -> None:
    make_place(postal_code="21698", name="Bargstedt")
    harsefeld = make_place(postal_code="21698", name="Harsefeld")
    assert find_place("21698 Harsefeld").place == harsefeld


@pytest.mark.parametrize("typed", ["", "   ", "99999", "xyzzy", "\x00", "'; DROP", "1067"])
def test_nonsense_finds_nothing(typed: str, stade: Place) -> None:
    answer = find_place(typed)
    assert answer.place is None
    assert answer.choices == []
