"""The search page: what the address says is what the filters show; nonsense in it is ignored."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.internships import make_offer, make_slot
from werkpfad.journey.internships.web.views import search

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "chosen"),
    [("", 15), ("?umkreis=50", 50), ("?umkreis=nah", 15), ("?umkreis=7&ort=&alter=alt", 15)],
)
def test_the_radius_shown_is_the_one_searched_with(client: Client, query: str, chosen: int) -> None:
    response = client.get(reverse("internships:offer_search") + query)
    assert response.status_code == 200
    assert response.context["search"].criteria.radius_km == chosen
    assert f'<option value="{chosen}" selected' in response.content.decode()


def test_a_long_list_is_counted_and_paged_only_so_far_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 4 of 5 offers counted, the page promises no number it does not know and no page it does not show."""
    monkeypatch.setattr(search, "COUNTED", 4)
    monkeypatch.setattr(search, "PER_PAGE", 2)
    for _ in range(4):
        make_slot(offer=make_offer())
    page = client.get(reverse("internships:offer_search"), {"page": "2"})
    assert "4 Angebote</h2>" in page.content.decode()
    assert "4 Einträge, Seite 2 von 2" in page.content.decode()
    make_slot(offer=make_offer())
    page = client.get(reverse("internships:offer_search"), {"page": "3"})
    text = page.content.decode()
    assert "Mehr als 4 Angebote</h2>" in text
    assert "Wir zeigen dir die ersten 4." in text
    assert "Die ersten 4 Einträge, Seite 2 von 2" in text
    assert len(page.context["cards"]) == 2
