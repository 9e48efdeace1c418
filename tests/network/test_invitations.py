"""Invitations: once, for one address, until they end (T08, T09, T20)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from tests.access.sign_in import sign_in_as
from tests.factories.network import make_membership, make_organisation, make_user
from werkpfad.base.accounts.models import ActionLink, User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core import clock
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Invitation, Membership, Organisation
from werkpfad.region.notifications.actions import send_outbox

pytestmark = pytest.mark.django_db
NAMES = {"given_name": "Jo", "family_name": "Neu"}


@pytest.fixture
def company() -> Organisation:
    return make_organisation(name="Tischlerei Kranich")


@pytest.fixture
def manager(company: Organisation) -> Client:
    user = make_membership(RoleCode.COMPANY_MANAGER, organisation=company).user
    return sign_in_as(Client(), user)


def invite(client: Client, company: Organisation, email: str, role: str = "supervisor") -> int:
    path = f"/organisationen/{company.public_id}/einladen/"
    return client.post(path, {"email": email, "name": "Jo Neu", "role": role}).status_code


def last_link() -> str:
    send_outbox(at=clock.now())
    found = re.search(r"localhost:8000(/einladung/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_somebody_new_is_admitted_once(manager: Client, company: Organisation) -> None:
    assert invite(manager, company, "Neu@Example.org") == 302
    link = last_link()
    for _ in range(2):
        assert "Tischlerei Kranich" in Client().get(link).content.decode()
    assert not User.objects.filter(email="neu@example.org").exists()
    client = Client()
    assert client.post(link, NAMES).status_code == 302
    assert client.get("/konto/").status_code == 200
    user = User.objects.get(email="neu@example.org")
    assert user.display_name == "Jo Neu"
    assert Membership.objects.get(user=user).role == "supervisor"
    other = Client()
    assert other.post(link, NAMES).status_code == 410
    assert other.get("/konto/").status_code == 302


def test_somebody_with_an_account_gets_one_more_role_and_is_asked_for_nothing(
    manager: Client, company: Organisation
) -> None:
    user = make_membership(RoleCode.TEACHER).user
    assert invite(manager, company, user.email) == 302
    link = last_link()
    page = Client().get(link).content.decode()
    assert "Vorname" not in page
    assert Client().post(link, {"new_password": "untergeschoben!"}).status_code == 302
    assert Membership.objects.filter(user=user).count() == 2
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_a_withdrawn_a_resent_and_an_old_invitation_open_nothing(
    manager: Client, company: Organisation
) -> None:
    invite(manager, company, "neu@example.org")
    first = last_link()
    row = Invitation.objects.get()
    manager.post(f"/einladungen/{row.public_id}/erneut/")
    second = last_link()
    assert Client().post(first, NAMES).status_code == 410
    with time_machine.travel(clock.now() + timedelta(days=14, seconds=5), tick=False):
        page = Client().get(second)
        assert page.status_code == 410
        assert "Neuen Link zuschicken" in page.content.decode()
        Client().post(f"{second}neu/")
        third = last_link()
        assert third != second
        assert Client().get(third).status_code == 200
    manager.post(f"/einladungen/{row.public_id}/zurueckziehen/")
    assert Client().post(third, NAMES).status_code == 410
    Client().post(f"{third}neu/")
    assert not User.objects.filter(email="neu@example.org").exists()


def test_forged_links_open_nothing(manager: Client, company: Organisation) -> None:
    invite(manager, company, "neu@example.org")
    link = last_link().rstrip("/")
    for position in range(len("/einladung/"), len(link), 4):
        wrong = "A" if link[position] != "A" else "B"
        forged = f"{link[:position]}{wrong}{link[position + 1 :]}/"
        assert Client().post(forged, NAMES).status_code == 404
    token = link.rsplit("/", 1)[-1]
    assert Client().post(f"/anmelden/link/{token}/").status_code == 404
    ActionLink.objects.update(email="anders@example.org")
    assert Client().post(f"{link}/", NAMES).status_code == 404


@pytest.mark.parametrize("role", ["coordinator", "teacher", "pupil", "partner", "operator", ""])
def test_nobody_invites_into_a_role_of_another_kind_of_house(
    manager: Client, company: Organisation, role: str
) -> None:
    assert invite(manager, company, "neu@example.org", role) == 200
    assert not Invitation.objects.exists()


def test_the_same_invitation_is_not_sent_twice(manager: Client, company: Organisation) -> None:
    assert invite(manager, company, "neu@example.org") == 302
    assert invite(manager, company, "NEU@example.org") == 200
    assert Invitation.objects.count() == 1


def test_a_role_that_was_taken_away_is_gone_with_the_next_click(
    manager: Client, company: Organisation
) -> None:
    held = make_membership(RoleCode.SUPERVISOR, organisation=company)
    other = make_membership(RoleCode.COMPANY_MANAGER, organisation=company)
    client = sign_in_as(Client(), other.user)
    page = f"/organisationen/{company.public_id}/"
    assert client.get(page).status_code == 200
    manager.post(f"/mitgliedschaften/{other.public_id}/beenden/")
    assert client.get(page).status_code in (403, 404)
    manager.post(f"/mitgliedschaften/{held.public_id}/beenden/")
    held.refresh_from_db()
    assert held.ends_on == clock.today()


def test_the_last_manager_is_warned_before_leaving(company: Organisation) -> None:
    held = make_membership(RoleCode.COMPANY_MANAGER, organisation=company)
    client = sign_in_as(Client(), held.user)
    path = f"/mitgliedschaften/{held.public_id}/beenden/"
    warned = client.post(path)
    assert warned.status_code == 409
    assert "letzte Person" in warned.content.decode()
    held.refresh_from_db()
    assert held.ends_on is None
    assert client.post(path, {"confirmed": "yes"}).status_code == 302
    held.refresh_from_db()
    assert held.ends_on == clock.today()


def test_a_role_that_was_ended_can_be_given_again(manager: Client, company: Organisation) -> None:
    held = make_membership(RoleCode.SUPERVISOR, organisation=company)
    manager.post(f"/mitgliedschaften/{held.public_id}/beenden/")
    invite(manager, company, held.user.email)
    Client().post(last_link())
    held.refresh_from_db()
    assert held.ends_on is None


def test_an_invited_coordinator_sets_up_the_second_factor_first() -> None:
    office = make_organisation(kind=OrganisationKind.OFFICE)
    user = make_membership(RoleCode.COORDINATOR, organisation=office).user
    invite(sign_in_as(Client(), user), office, "neu@example.org", "coordinator")
    client = Client()
    client.post(last_link(), NAMES)
    assert client.get("/organisationen/")["Location"] == "/konto/sicherheit/"


def test_the_switcher_takes_own_roles_only() -> None:
    user = make_user()
    first, second = (make_membership(RoleCode.TEACHER, user=user) for _ in range(2))
    stranger = make_membership(RoleCode.TEACHER)
    client = sign_in_as(Client(), user)
    client.post("/wechseln/", {"organisation": second.public_id})
    assert client.get("/konto/").wsgi_request.membership == second
    client.post("/wechseln/", {"organisation": stranger.public_id})
    assert client.get("/konto/").wsgi_request.membership == second
    client.post("/wechseln/", {"organisation": first.public_id})
    assert client.get("/konto/").wsgi_request.membership == first
