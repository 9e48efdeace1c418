"""The pupil's profile: short steps, each saved by itself."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.internships import make_field
from tests.factories.network import make_place
from tests.factories.schools import make_pupil
from tests.schools.web.conftest import SignIn
from werkpfad.region.schools.models import Profile, Pupil
from werkpfad.region.schools.queries import ranked_interests
from werkpfad.region.schools.web.profile_forms import known_order, tapped

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil() -> Pupil:
    return make_pupil(home_postal_code="", home_place="", home_lat=None, home_lon=None)


@pytest.fixture
def client(pupil: Pupil, sign_in: SignIn) -> Client:
    assert pupil.user is not None
    return sign_in(pupil.user)


def step(word: str) -> str:
    return reverse("schools:profile_step", args=[word])


def test_the_whole_way_without_scripts(client: Client, pupil: Pupil) -> None:
    """Tap, tap, go on; type a postal code, choose a place; and so on to the summary."""
    make_field()
    make_field(code="pflege", title="Pflege", sentence="Für andere da sein.")
    make_place(postal_code="21734", name="Oederquart")
    make_place(postal_code="21734", name="Balje")
    tapped_once = client.post(step("berufsfelder"), {"order": "", "tap": "pflege"})
    assert 'value="pflege"' in tapped_once.content.decode()
    assert not Profile.objects.exists()
    twice = client.post(step("berufsfelder"), {"order": "pflege", "tap": "holz"}).content.decode()
    assert 'name="order" value="pflege,holz"' in twice
    assert "2 von 5 ausgesucht" in twice
    way = client.post(step("berufsfelder"), {"order": "pflege,holz"})
    assert way["Location"] == step("wohnort")
    assert [i.field.code for i in ranked_interests(pupil)] == ["pflege", "holz"]
    which = client.post(step("wohnort"), {"postal_code": "21734"}).content.decode()
    assert "Such deinen aus" in which
    way = client.post(step("wohnort"), {"postal_code": "21734", "place": "Balje"})
    assert way["Location"] == step("weg")
    way = client.post(step("weg"), {"mode": "bike", "distance": "5"})
    assert way["Location"] == step("gern")
    way = client.post(step("gern"), {"text": "Ich schraube <gern>"})
    assert way["Location"] == step("gut")
    way = client.post(step("gut"), {"skip": "1", "text": "wird nicht gespeichert"})
    assert way["Location"] == step("ausprobieren")
    way = client.post(step("ausprobieren"), {"text": ""})
    assert way["Location"] == reverse("schools:profile")
    page = client.get(reverse("schools:profile")).content.decode()
    for expected in ("Dein Profil ist fertig", "Pflege", "21734 Balje", "bis 5 km", "&lt;gern&gt;"):
        assert expected in page
    assert "wird nicht gespeichert" not in page
    pupil.refresh_from_db()
    assert pupil.profile.completed_at is not None


def test_a_single_place_needs_no_choice(client: Client, pupil: Pupil) -> None:
    make_place(postal_code="21680", name="Stade")
    client.post(step("wohnort"), {"postal_code": " 21680 "})
    pupil.refresh_from_db()
    assert (pupil.home_place, pupil.home_lat) == ("Stade", 53.6)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2168", "5 Ziffern"),
        ("abcde", "5 Ziffern"),
        ("99999", "kennen wir nicht"),
    ],
)
def test_a_wrong_postal_code_is_explained(
    client: Client, pupil: Pupil, typed: str, message: str
) -> None:
    page = client.post(step("wohnort"), {"postal_code": typed}).content.decode()
    assert message in page
    assert f'value="{typed}"' in page
    pupil.refresh_from_db()
    assert pupil.home_place == ""


def test_a_missing_postal_code_is_asked_for(client: Client, pupil: Pupil) -> None:
    page = client.post(step("wohnort"), {"postal_code": ""}).content.decode()
    assert "Bitte ausfüllen." in page
    pupil.refresh_from_db()
    assert pupil.home_place == ""


def test_a_way_without_a_choice_is_asked_again(client: Client) -> None:
    page = client.post(step("weg"), {"mode": "rocket", "distance": "5"})
    assert page.status_code == 200
    assert not Profile.objects.exists()


def test_changing_later_returns_to_the_summary(client: Client, pupil: Pupil) -> None:
    response = client.post(step("gern") + "?change=1", {"text": "backen"})
    assert response["Location"] == reverse("schools:profile")
    assert "backen" in client.get(step("gern") + "?change=1").content.decode()


def test_the_summary_leads_to_the_first_open_step(client: Client) -> None:
    assert step("berufsfelder") in client.get(reverse("schools:profile")).content.decode()
    client.post(step("berufsfelder"), {"skip": "1"})
    page = client.get(reverse("schools:profile")).content.decode()
    assert "Weitermachen" in page
    assert "1 von 6" in page


def test_a_long_text_is_refused_and_kept_on_the_page(client: Client) -> None:
    page = client.post(step("gern"), {"text": "ü" * 301}).content.decode()
    assert "ü" * 301 in page
    assert not Profile.objects.exists()


def test_a_step_that_is_none_is_not_found(client: Client) -> None:
    assert client.get(step("gibtesnicht")).status_code == 404


def test_taps_turn_the_order() -> None:
    assert tapped(["a", "b"], "c") == ["a", "b", "c"]
    assert tapped(["a", "b"], "a") == ["b"]
    assert tapped(list("abcde"), "f") == list("abcde")


def test_an_order_from_outside_is_cleaned() -> None:
    wood = make_field()
    assert known_order("holz,holz,gold,", [wood]) == ["holz"]
