"""The search page: what the address says is what the filters show; nonsense in it is ignored."""

import pytest
from django.test import Client
from django.urls import reverse

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
