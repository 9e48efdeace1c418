"""An offer's public page leads on to places like it."""

import re

import pytest
import time_machine
from django.test import Client

from tests.factories.internships import make_field, make_offer, make_slot
from tests.factories.network import make_organisation, make_region
from werkpfad.journey.internships.models import Offer

pytestmark = [pytest.mark.django_db]
HERE = {"lat": 53.6, "lon": 9.47}


def published(title: str, **values: object) -> Offer:
    offer = make_offer(title=title, **values)
    make_slot(offer=offer)
    return offer


@time_machine.travel("2026-11-20T09:00:00+01:00", tick=False)
def test_similar_places_are_near_free_of_the_same_field_and_of_others(client: Client) -> None:
    region, wood = make_region(), make_field(code="wood")
    same = {"region": region, "main_field": wood, **HERE}
    organisation = make_organisation(region=region)
    offer = published("This one", organisation=organisation, **same)
    for title, more in {
        "Third": {"lat": 53.66},
        "Second": {"lat": 53.63},
        "First": {"lat": 53.61},
        "Fourth": {"lat": 53.67},
    }.items():
        published(title, **same | more)
    published("Own second", organisation=organisation, **same)
    published("Other field", **same | {"main_field": make_field(code="metal")})
    published("Far away", **same | {"lat": 54.6})
    published("Other region", **same | {"region": make_region()})
    full = published("Full", **same)
    full.slots.update(capacity=1, taken=1)
    page = client.get(f"/angebote/{offer.public_id}/").content.decode()
    after = page.split("Ähnliche Plätze in der Nähe")[1]
    assert re.findall(
        r">(First|Second|Third|Fourth|Own second|Other field|Far away|Full)<", after
    ) == [
        "First",
        "Second",
        "Third",
    ]


@time_machine.travel("2026-11-20T09:00:00+01:00", tick=False)
def test_nothing_similar_leaves_no_empty_heading(client: Client) -> None:
    offer = published("Alone")
    page = client.get(f"/angebote/{offer.public_id}/").content.decode()
    assert "Alone" in page
    assert "Ähnliche Plätze" not in page
