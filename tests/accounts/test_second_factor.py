"""The second factor: asked after every door, not replayable, never lost by a reset (T18, T22)."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core import mail
from django.test import Client

from tests.access.sign_in import sign_in_as
from tests.accounts.test_sessions import PASSWORD, enter, is_in
from tests.factories.network import make_membership, make_user
from werkpfad.base.accounts.actions import add_app
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.accounts.second_factor import new_app_secret, recovery_codes_of
from werkpfad.base.core import clock
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.notifications.actions import send_outbox

pytestmark = pytest.mark.django_db
STEP = "/anmelden/zweiter-schritt/"


def app_code(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def protected_user() -> tuple[User, str]:
    user, secret = make_user(password=PASSWORD), new_app_secret()
    add_app(user=user, secret=secret, by=SYSTEM, at=clock.now())
    return user, secret


def first_step(user: User) -> Client:
    client = Client()
    data = {"door": "password", "email": user.email, "password": PASSWORD}
    assert client.post("/anmelden/", data)["Location"] == STEP
    return client


def test_the_password_alone_opens_nothing() -> None:
    user, secret = protected_user()
    client = first_step(user)
    assert not is_in(client)
    assert "stimmt nicht" in client.post(STEP, {"code": "000000"}).content.decode()
    assert not is_in(client)
    assert client.post(STEP, {"code": app_code(secret)}).status_code == 302
    assert is_in(client)


def test_a_code_of_the_app_works_once() -> None:
    user, secret = protected_user()
    code = app_code(secret)
    assert first_step(user).post(STEP, {"code": code}).status_code == 302
    assert first_step(user).post(STEP, {"code": code}).status_code == 200


def test_a_code_is_good_half_a_minute_longer_but_not_a_minute() -> None:
    user, secret = protected_user()
    with time_machine.travel("2026-11-20T09:00:15+01:00", tick=False):
        assert first_step(user).post(STEP, {"code": app_code(secret, steps=-2)}).status_code == 200
        assert first_step(user).post(STEP, {"code": app_code(secret, steps=-1)}).status_code == 302


def test_a_recovery_code_works_once() -> None:
    user, _ = protected_user()
    code = recovery_codes_of(user)[0]
    assert first_step(user).post(STEP, {"code": f"{code[:4]} {code[4:]}"}).status_code == 302
    assert first_step(user).post(STEP, {"code": code}).status_code == 200
    assert len(recovery_codes_of(user)) == 9


def test_the_mail_link_asks_for_the_second_factor_too() -> None:
    user, _ = protected_user()
    client = Client()
    client.post("/anmelden/", {"door": "link", "email": user.email})
    found = re.search(r"localhost:8000(/\S+)", mail.outbox[0].body)
    assert found
    assert client.post(found[1])["Location"] == STEP
    assert not is_in(client)


def test_guessing_ends_after_ten_tries() -> None:
    user, secret = protected_user()
    for _ in range(10):
        first_step(user).post(STEP, {"code": "000000"})
    answer = first_step(user).post(STEP, {"code": app_code(secret)})
    assert "Zu viele Versuche" in answer.content.decode()


def test_the_half_way_state_belongs_to_one_browser() -> None:
    user, secret = protected_user()
    first_step(user)
    assert Client().post(STEP, {"code": app_code(secret)})["Location"] == "/anmelden/"


def test_secrets_are_encrypted_at_rest() -> None:
    user, secret = protected_user()
    stored = str(list(Authenticator.objects.filter(user=user).values_list("data", flat=True)))
    assert secret not in stored
    assert recovery_codes_of(user)[0] not in stored


def coordinator() -> User:
    return make_membership(RoleCode.COORDINATOR, user=make_user(password=PASSWORD)).user


def test_a_coordinator_sets_it_up_with_an_app_and_is_then_let_in() -> None:
    client = enter(Client(), coordinator())
    assert client.get("/konto/")["Location"] == "/konto/sicherheit/"
    page = client.get("/konto/sicherheit/app/").content.decode()
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found
    secret = found[1].replace(" ", "")
    assert (
        "passt nicht" in client.post("/konto/sicherheit/app/", {"code": "000000"}).content.decode()
    )
    before = client.session.session_key
    done = client.post("/konto/sicherheit/app/", {"code": app_code(secret)})
    assert done["Location"] == "/konto/sicherheit/notfallcodes/"
    assert client.session.session_key != before
    assert is_in(client)
    assert client.get(done["Location"]).content.decode().count("<code>") == 10
    send_outbox(at=clock.now())
    assert "zweiten Faktor wurde eingerichtet" in mail.outbox[-1].body


def test_a_role_that_needs_it_cannot_take_the_last_one_away() -> None:
    user, secret = protected_user()
    make_membership(RoleCode.COORDINATOR, user=user)
    client = first_step(user)
    client.post(STEP, {"code": app_code(secret)})
    factor = Authenticator.objects.get(user=user, type="totp")
    path = f"/konto/sicherheit/{factor.pk}/entfernen/"
    assert b"wirklich entfernen" in client.get(path).content
    client.post(path)
    assert Authenticator.objects.filter(pk=factor.pk).exists()


def test_others_may_take_it_away_and_their_recovery_codes_go_too() -> None:
    user, secret = protected_user()
    client = first_step(user)
    client.post(STEP, {"code": app_code(secret)})
    client.post(
        f"/konto/sicherheit/{Authenticator.objects.get(user=user, type='totp').pk}/entfernen/"
    )
    assert not Authenticator.objects.filter(user=user).exists()


def test_nobody_touches_the_factor_of_somebody_else() -> None:
    user, _ = protected_user()
    factor = Authenticator.objects.get(user=user, type="totp")
    client = enter(Client(), make_user(password=PASSWORD))
    assert client.post(f"/konto/sicherheit/{factor.pk}/entfernen/").status_code == 404


def test_a_passkey_gets_another_name_and_an_empty_one_is_refused() -> None:
    user = make_user(password=PASSWORD)
    passkey = WebAuthn.add(user, "Handy", {}).instance
    client = sign_in_as(Client(), user)
    path = f"/konto/sicherheit/{passkey.pk}/name/"
    assert "Handy" in client.get(path).content.decode()
    assert client.post(path, {"name": " "}).status_code == 200
    assert client.post(path, {"name": "Diensthandy"})["Location"] == "/konto/sicherheit/"
    passkey.refresh_from_db()
    assert passkey.wrap().name == "Diensthandy"
    other = enter(Client(), make_user(password=PASSWORD))
    assert other.post(path, {"name": "Fremd"}).status_code == 404
