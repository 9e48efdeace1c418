"""A company's start page counts what its list of requests shows."""

import pytest
from django.test import Client

from tests.factories.internships import make_offer, make_slot
from tests.factories.journey import make_application, make_placement
from tests.factories.network import make_membership
from tests.factories.signed_in import client_of
from werkpfad.base.accounts.roles import RoleCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Client:
    membership = make_membership(RoleCode.COMPANY_MANAGER)
    slot = make_slot(offer=make_offer(organisation=membership.organisation), capacity=3)
    make_application(slot=slot)
    make_placement(slot=slot)
    make_application()
    return client_of(membership.user)


def test_applications_and_proposals_both_wait_for_an_answer(company: Client) -> None:
    start = company.get("/start/")
    requests = company.get("/anfragen/")
    assert start.context["waiting"] == len(requests.context["open"]) == 2
    assert "2 Anfragen warten auf Ihre" in " ".join(start.content.decode().split())
