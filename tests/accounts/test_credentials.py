"""Password, address and name of one's own account: fresh proof first, a mail to the owner afterwards (T19, T20, T22)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from tests.accounts.test_sessions import PASSWORD, START, enter, is_in
from tests.factories.network import make_user
from tests.factories.schools import make_pupil
from werkpfad.base.accounts.actions import issue_link
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.core import clock
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.notifications.actions import send_outbox

pytestmark = pytest.mark.django_db


def mails_to(address: str) -> list[str]:
    send_outbox(at=clock.now())
    return [message.body for message in mail.outbox if message.to == [address]]


def path_in(body: str) -> str:
    found = re.search(r"localhost:8000(/\S+)", body)
    assert found
    return found[1]


def ask_for_address(client: Client, address: str) -> None:
    assert client.post("/konto/adresse/", {"email": address})["Location"] == "/konto/"


def test_the_new_address_counts_after_its_link_and_the_old_one_is_told() -> None:
    user = make_user(password=PASSWORD)
    old = user.email
    client = enter(Client(), user)
    ask_for_address(client, "neu@example.org")
    link = path_in(mails_to("neu@example.org")[0])
    assert link.startswith("/konto/adresse/")
    client.get(link)
    user.refresh_from_db()
    assert user.email == old
    assert Client().post(link)["Location"] == "/anmelden/"
    user.refresh_from_db()
    assert user.email == "neu@example.org"
    assert "andere Mail-Adresse" in mails_to(old)[0]
    assert Client().post(link).status_code == 410


def test_links_to_the_old_address_die_with_it() -> None:
    user = make_user(password=PASSWORD)
    Client().post("/anmelden/", {"door": "link", "email": user.email})
    sign_in_link = path_in(mail.outbox[-1].body)
    ask_for_address(enter(Client(), user), "neu@example.org")
    Client().post(path_in(mails_to("neu@example.org")[0]))
    assert Client().post(sign_in_link).status_code == 410


def test_an_address_of_somebody_else_gets_the_same_answer_and_no_link() -> None:
    other = make_user()
    ask_for_address(enter(Client(), make_user(password=PASSWORD)), other.email.upper())
    assert "gehört aber schon ein Konto" in mails_to(other.email)[0]
    assert "/konto/adresse/" not in mails_to(other.email)[0]


def test_an_address_that_was_taken_meanwhile_changes_nothing() -> None:
    user = make_user(password=PASSWORD)
    ask_for_address(enter(Client(), user), "neu@example.org")
    link = path_in(mails_to("neu@example.org")[0])
    make_user(email="neu@example.org")
    assert "vergeben" in Client().post(link).content.decode()
    user.refresh_from_db()
    assert user.email != "neu@example.org"


@pytest.mark.parametrize("purpose", [p for p in LinkPurpose if p != LinkPurpose.SIGN_IN])
def test_a_link_for_something_else_signs_nobody_in(purpose: LinkPurpose) -> None:
    user = make_user()
    token = issue_link(
        purpose=purpose,
        email=user.email,
        valid_for=timedelta(hours=1),
        by=SYSTEM,
        at=clock.now(),
        obj=user,
        user=user,
    )
    client = Client()
    assert client.post(f"/anmelden/link/{token}/").status_code == 404
    assert not is_in(client)


@pytest.mark.parametrize(
    "path",
    ["/konto/passwort/", "/konto/adresse/", "/konto/sicherheit/app/", "/konto/sicherheit/passkey/"],
)
def test_what_protects_the_account_needs_a_fresh_proof(path: str) -> None:
    user = make_user(password=PASSWORD)
    with time_machine.travel(START, tick=False) as clock_hand:
        client = enter(Client(), user)
        clock_hand.shift(timedelta(minutes=10))
        led = client.get(path)
        assert led["Location"].startswith("/konto/bestaetigen/?next=")
        assert client.post(path, {"email": "x@example.org"})["Location"] == led["Location"]
        wrong = client.post(led["Location"], {"password": "falsch"})
        assert "stimmt nicht" in wrong.content.decode()
        assert client.post(led["Location"], {"password": PASSWORD})["Location"] == path
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("password", "is_fine"),
    [
        ("kurz", False), ("neunzeich", False), ("1234567890", False), ("qwertyuiop", False), ("password123", False),
        ("drei blaue Fahrräder", True), ("Ünïcödé-日本語-🙂🙂🙂", True), ("x" * 5 + "lange worte " * 20, True),
    ],
)  # fmt: skip
def test_which_passwords_are_taken(password: str, is_fine: bool) -> None:
    user = make_user(password=PASSWORD)
    client = enter(Client(), user)
    client.post("/konto/passwort/", {"new_password": password, "repeated": password})
    user.refresh_from_db()
    assert user.check_password(password) == is_fine
    assert bool(mails_to(user.email)) == is_fine


def test_pupils_have_nothing_to_set() -> None:
    client = enter(Client(), make_pupil().user)
    for path in ("/konto/passwort/", "/konto/adresse/", "/konto/name/", "/konto/sicherheit/"):
        assert client.get(path).status_code == 403
    assert "Abmelden" in client.get("/konto/").content.decode()


def test_a_name_is_shown_as_text() -> None:
    client = enter(Client(), make_user(password=PASSWORD))
    client.post("/konto/name/", {"given_name": "<b>Änne", "family_name": "O'Neill"})
    page = client.get("/konto/").content.decode()
    assert "&lt;b&gt;Änne" in page
    assert "<b>Änne" not in page
