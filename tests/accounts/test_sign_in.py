"""The doors: code, mail link, password. What is wrong is told plainly and tells nothing about anybody."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from tests.factories.network import make_user
from tests.factories.schools import make_guardian, make_pupil
from werkpfad.base.accounts.actions import create_access
from werkpfad.base.accounts.codes import code_of, printed
from werkpfad.base.accounts.models import ActionLink, SignIn, User
from werkpfad.base.accounts.web import limits
from werkpfad.base.core import clock
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.models import ThrottleCount
from werkpfad.base.core.throttle import Limit, hit

pytestmark = pytest.mark.django_db
SIGN_IN = "/anmelden/"


def code_for(user: User) -> str:
    return printed(code_of(create_access(user=user, by=SYSTEM, at=clock.now())))


def type_code(client: Client, code: str, **more: str) -> str:
    response = client.post(SIGN_IN, {"door": "code", "code": code, **more})
    return response["Location"] if response.status_code == 302 else response.content.decode()


def exhaust(limit: Limit, key: str) -> None:
    hit(limit, key, at=clock.now())
    ThrottleCount.objects.update(count=limit.count)


def is_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def test_a_code_remembers_that_it_was_used(client: Client) -> None:
    """By this the school sees whose sheet has not arrived."""
    user = make_pupil().user
    assert user is not None
    code = code_for(user)
    assert user.access_code.last_used_at is None
    type_code(client, code)
    user.access_code.refresh_from_db()
    assert user.access_code.last_used_at is not None


@pytest.mark.parametrize("written", ["{}", " {} ", "lower", "without hyphen"])
def test_a_code_opens_however_it_is_written(client: Client, written: str) -> None:
    code = code_for(make_pupil().user)
    typed = {"lower": code.lower(), "without hyphen": code.replace("-", "")}.get(
        written, written.format(code)
    )
    assert type_code(client, typed).startswith("/")
    assert is_in(client)


def test_a_guardian_signs_in_by_code(client: Client) -> None:
    type_code(client, code_for(make_guardian().user))
    assert is_in(client)


def test_a_wrong_code_gets_a_friendly_answer(client: Client) -> None:
    assert "Diesen Code kennen wir nicht" in type_code(client, "2345-ABCD")
    assert "Der Code hat 8 Zeichen" in type_code(client, "23")
    assert not is_in(client)


def test_after_twenty_wrong_codes_the_time_to_try_again_is_told(client: Client) -> None:
    code = code_for(make_pupil().user)
    with time_machine.travel("2026-11-20T09:00:00+01:00", tick=False) as traveller:
        for _ in range(20):
            assert "kennen wir nicht" in type_code(client, "2345-ABCD")
        assert "Ab 09:15 Uhr kannst du es wieder versuchen" in type_code(client, code)
        assert type_code(Client(), code).startswith("/"), "another browser is not affected"
        traveller.shift(timedelta(minutes=15))
        assert type_code(client, code).startswith("/")


def test_beyond_the_budget_of_the_instance_the_birthday_is_asked_and_nobody_is_locked_out(
    client: Client,
) -> None:
    pupil = make_pupil()
    code = code_for(pupil.user)
    exhaust(limits.WRONG_CODES_ANYWHERE, limits.INSTANCE)
    assert "Geburtstag" in client.get(SIGN_IN).content.decode()
    right = {"birthday": f"{pupil.birth_date:%d.%m.}"}
    assert "Geburtstag" in type_code(client, code)
    assert "passen nicht zusammen" in type_code(client, code, birthday="1.1.")
    assert "passen nicht zusammen" in type_code(client, "2345-ABCD", **right)
    assert not is_in(client)
    type_code(client, code, **right)
    assert is_in(client)


def test_guardians_are_asked_for_the_birthday_of_their_child(client: Client) -> None:
    guardian = make_guardian()
    code = code_for(guardian.user)
    exhaust(limits.WRONG_CODES_ANYWHERE, limits.INSTANCE)
    type_code(client, code, birthday=f"{guardian.pupil.birth_date:%d.%m.}")
    assert is_in(client)


def test_a_closed_account_opens_with_no_code(client: Client) -> None:
    user = make_pupil().user
    code = code_for(user)
    user.is_active = False
    user.save()
    assert "kennen wir nicht" in type_code(client, code)
    user.is_active, user.valid_until = True, clock.today() - timedelta(days=1)
    user.save()
    assert "kennen wir nicht" in type_code(client, code)


def ask_for_link(client: Client, email: str, **more: str) -> None:
    response = client.post(SIGN_IN, {"door": "link", "email": email, **more})
    assert response["Location"] == "/anmelden/gesendet/"


@pytest.mark.parametrize(("moment", "links"), [("21:30", 1), ("23:30", 0)])
def test_the_last_day_ends_at_midnight_in_germany(client: Client, moment: str, links: int) -> None:
    """23:30 UTC in winter is half past midnight in Germany."""
    user = make_user(valid_until=date(2026, 11, 20))
    with time_machine.travel(datetime.fromisoformat(f"2026-11-20T{moment}:00+00:00"), tick=False):
        ask_for_link(client, user.email)
    assert ActionLink.objects.filter(user=user).count() == links


def link_in(message: str) -> str:
    found = re.search(r"http://localhost:8000(/anmelden/link/\S+)", message)
    assert found
    return found[1]


def test_the_mail_link_shows_a_button_and_works_once(client: Client) -> None:
    user = make_user()
    ask_for_link(client, user.email.upper(), next="/konto/")
    link = link_in(mail.outbox[0].body)
    for _ in range(3):
        assert b"Jetzt anmelden" in client.get(link).content
    assert not is_in(client)
    assert client.post(link)["Location"] == "/konto/"
    assert is_in(client)
    other = Client()
    assert other.post(link).status_code == 410
    assert not is_in(other)


def test_an_expired_link_renews_itself_to_the_same_address(client: Client) -> None:
    user = make_user()
    with time_machine.travel("2026-11-20T09:00:00+01:00", tick=False) as traveller:
        ask_for_link(client, user.email)
        link = link_in(mail.outbox[0].body)
        traveller.shift(timedelta(minutes=30))
        page = client.get(link)
        assert page.status_code == 410
        assert b"Neuen Link zuschicken" in page.content
        assert user.email.encode() not in page.content
        assert client.post(link).status_code == 410
        client.post(f"{link}neu/")
        assert mail.outbox[1].to == [user.email]
        client.post(link_in(mail.outbox[1].body))
        assert is_in(client)


def test_a_link_is_stored_as_digest_only(client: Client) -> None:
    ask_for_link(client, make_user().email)
    token = link_in(mail.outbox[0].body).strip("/").split("/")[-1]
    assert token not in str(ActionLink.objects.values())


def test_each_character_of_a_link_counts(client: Client) -> None:
    ask_for_link(client, make_user().email)
    link = link_in(mail.outbox[0].body).rstrip("/")
    start = len("/anmelden/link/")
    for position in range(start, len(link)):
        wrong = "A" if link[position] != "A" else "B"
        forged = f"{link[:position]}{wrong}{link[position + 1 :]}/"
        assert client.post(forged).status_code == 404
    assert not is_in(client)


def without_secrets(body: bytes) -> bytes:
    return re.sub(rb"[A-Za-z0-9]{64}", b"", body)


def test_known_and_unknown_addresses_are_answered_alike() -> None:
    known, unknown = make_user(password="ein-langes-passwort").email, "niemand@example.org"
    answers = []
    for email in (known, unknown):
        client = Client()
        sent = client.post(SIGN_IN, {"door": "link", "email": email})
        page = client.get(sent["Location"])
        wrong = Client().post(
            SIGN_IN, {"door": "password", "email": email, "password": "falsch-falsch"}
        )
        answers.append(
            (
                sent.status_code,
                sent["Location"],
                without_secrets(page.content),
                wrong.status_code,
                without_secrets(wrong.content).replace(email.encode(), b""),
            )
        )
    assert answers[0] == answers[1]


def test_an_unknown_address_is_told_once_a_day_that_it_has_no_account(client: Client) -> None:
    ask_for_link(client, "niemand@example.org")
    ask_for_link(client, "niemand@example.org")
    assert [message.subject for message in mail.outbox] == ["Zu dieser Adresse gibt es kein Konto"]
    assert not ActionLink.objects.exists()


def test_an_address_is_not_flooded_and_is_not_told(client: Client) -> None:
    user = make_user()
    for _ in range(limits.LINKS_PER_ADDRESS.count + 3):
        ask_for_link(Client(), user.email)
    assert len(mail.outbox) == limits.LINKS_PER_ADDRESS.count


def test_a_password_opens_and_guessing_is_limited_while_the_link_stays_open() -> None:
    user = make_user(password="ein-langes-passwort")
    right = {"door": "password", "email": user.email, "password": "ein-langes-passwort"}
    client = Client()
    assert client.post(SIGN_IN, right).status_code == 302
    assert is_in(client)
    for _ in range(limits.WRONG_PASSWORDS.count):
        Client().post(SIGN_IN, right | {"password": "geraten-geraten"})
    refused = Client().post(SIGN_IN, right)
    assert "Zu viele Versuche" in refused.content.decode()
    other = Client()
    ask_for_link(other, user.email)
    other.post(link_in(mail.outbox[-1].body))
    assert is_in(other)


def test_each_sign_in_gets_a_new_session(client: Client) -> None:
    client.post(SIGN_IN, {"door": "code", "code": "2345-ABCD"})
    before = client.session.session_key
    type_code(client, code_for(make_pupil().user))
    assert before is not None
    assert client.session.session_key != before
    assert SignIn.objects.get().session_key == client.session.session_key


@pytest.mark.parametrize(
    "wanted",
    [
        "https://böse.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
        "/%09/evil.example\t", "/\t/evil.example", "http:evil.example", "javascript:alert(1)", "/ /evil.example",
        "https:/evil.example", "/\n/evil.example", "//evil。example", "data:text/html,x", "evil.example", "/\u2028/x",
        "@evil.example", "/anmelden/", "/abmelden/",
    ],
)  # fmt: skip
def test_nobody_is_led_elsewhere_after_signing_in(wanted: str) -> None:
    code = code_for(make_pupil().user)
    client = Client()
    client.get(SIGN_IN, {"next": wanted})
    assert type_code(client, code, next=wanted) in ("/", "/start/")


def test_signing_out_needs_a_post_and_clears_the_browser(client: Client) -> None:
    type_code(client, code_for(make_pupil().user))
    assert client.get("/abmelden/").status_code == 405
    assert is_in(client)
    assert "storage" in client.post("/abmelden/")["Clear-Site-Data"]
    assert not is_in(client)


def test_links_in_mails_carry_the_configured_address(client: Client) -> None:
    """Whatever Host and X-Forwarded-Host say."""
    client.post(
        SIGN_IN,
        {"door": "link", "email": make_user().email},
        headers={"X-Forwarded-Host": "evil.example"},
    )
    forged = client.post(
        SIGN_IN, {"door": "link", "email": make_user().email}, headers={"Host": "evil.example"}
    )
    assert forged.status_code == 400
    assert len(mail.outbox) == 1
    assert "evil" not in mail.outbox[0].body
    assert "http://localhost:8000/anmelden/link/" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("path", "data"),
    [("/anmelden/", {"door": "code", "code": "2345-ABCD"}), ("/abmelden/", {}), ("/konto/anmeldungen/beenden/", {})],
)  # fmt: skip
def test_nothing_is_done_without_csrf_token(path: str, data: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(path, data).status_code == 403
