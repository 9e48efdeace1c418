"""Sessions end when they should, exactly, and stay ended (T16, T17)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.factories.network import make_user
from tests.factories.schools import make_guardian, make_pupil
from werkpfad.base.accounts.actions import close_user, create_access, set_password
from werkpfad.base.accounts.codes import code_of
from werkpfad.base.accounts.models import SignIn, User
from werkpfad.base.core import clock
from werkpfad.base.core.actor import SYSTEM

pytestmark = pytest.mark.django_db
START = "2026-11-20T09:00:00+01:00"
PASSWORD = "drei-lange-worte"
SECOND = timedelta(seconds=1)


def enter(client: Client, user: User) -> Client:
    if user.email:
        data = {"door": "password", "email": user.email, "password": PASSWORD}
    else:
        access = create_access(user=user, by=SYSTEM, at=clock.now())
        data = {"door": "code", "code": code_of(access)}
    assert client.post("/anmelden/", data).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def people() -> list[tuple[User, timedelta, timedelta]]:
    shared_pc = timedelta(minutes=20), timedelta(hours=8)
    return [
        (make_pupil().user, *shared_pc),
        (make_guardian().user, *shared_pc),
        (make_user(password=PASSWORD), timedelta(hours=2), timedelta(hours=12)),
    ]


def test_an_idle_session_ends_to_the_second() -> None:
    for user, idle, _ in people():
        with time_machine.travel(START, tick=False) as clock_hand:
            client = enter(Client(), user)
            clock_hand.shift(idle - SECOND)
            assert is_in(client)
            clock_hand.shift(idle - SECOND)
            assert is_in(client)
            clock_hand.shift(idle)
            assert not is_in(client)
            assert "nicht aktiv" in client.get("/anmelden/").content.decode()


def test_a_session_in_use_ends_after_its_longest_time_to_the_second() -> None:
    for user, idle, absolute in people():
        with time_machine.travel(START, tick=False) as clock_hand:
            client = enter(Client(), user)
            left = absolute - SECOND
            while left > timedelta(0):
                step = min(idle - SECOND, left)
                clock_hand.shift(step)
                left -= step
                assert is_in(client)
            clock_hand.shift(SECOND)
            assert not is_in(client)


def test_a_session_of_pupils_ends_with_the_browser_and_one_of_staff_does_not() -> None:
    pupil, staff = enter(Client(), make_pupil().user), enter(Client(), make_user(password=PASSWORD))
    assert pupil.cookies["sessionid"]["max-age"] == ""
    assert staff.cookies["sessionid"]["max-age"]


def stolen(client: Client) -> Client:
    """Another browser with the same cookie."""
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    return thief


def test_the_cookie_is_dead_after_signing_out() -> None:
    client = enter(Client(), make_user(password=PASSWORD))
    thief = stolen(client)
    assert is_in(thief)
    client.post("/abmelden/")
    assert not is_in(thief)
    assert SignIn.objects.get().ended_at is not None


def test_other_sessions_can_be_seen_and_ended_one_by_one_and_all_together() -> None:
    user = make_user(password=PASSWORD)
    here, phone, tablet = (enter(Client(), user) for _ in range(3))
    page = here.get("/konto/").content.decode()
    assert page.count(">Beenden<") == 2
    on_phone = SignIn.objects.get(session_key=phone.session.session_key)
    here.post(f"/konto/anmeldungen/{on_phone.public_id}/beenden/")
    assert (is_in(here), is_in(phone), is_in(tablet)) == (True, False, True)
    here.post("/konto/anmeldungen/beenden/")
    assert (is_in(here), is_in(tablet)) == (True, False)


def test_nobody_ends_the_session_of_somebody_else() -> None:
    mine, theirs = make_user(password=PASSWORD), make_user(password=PASSWORD)
    client, other = enter(Client(), mine), enter(Client(), theirs)
    row = SignIn.objects.get(user=theirs)
    assert client.post(f"/konto/anmeldungen/{row.public_id}/beenden/").status_code == 404
    assert is_in(other)


def test_a_closed_account_is_out_with_the_next_click() -> None:
    user = make_user(password=PASSWORD)
    client = enter(Client(), user)
    close_user(user=user, by=SYSTEM, at=clock.now())
    assert not is_in(client)


def test_an_account_past_its_last_day_is_out() -> None:
    user = make_user(password=PASSWORD)
    client = enter(Client(), user)
    User.objects.filter(pk=user.pk).update(valid_until=clock.today() - timedelta(days=1))
    assert not is_in(client)
    assert "nicht mehr offen" in client.get("/anmelden/").content.decode()


def test_a_new_password_ends_all_sessions_but_the_one_it_was_set_in() -> None:
    user = make_user(password=PASSWORD)
    here, phone = enter(Client(), user), enter(Client(), user)
    new = "vier neue lange worte"
    here.post("/konto/passwort/", {"new_password": new, "repeated": new})
    assert (is_in(here), is_in(phone)) == (True, False)
    running = SignIn.objects.filter(ended_at__isnull=True)
    assert [row.session_key for row in running] == [here.session.session_key]


def test_a_password_set_from_outside_ends_every_session() -> None:
    user = make_user(password=PASSWORD)
    client = enter(Client(), user)
    set_password(user=user, password="etwas-ganz-anderes", by=SYSTEM, at=clock.now())
    assert not is_in(client)


def test_the_list_names_devices_and_no_addresses() -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"
    client = enter(Client(headers={"User-Agent": agent}), make_user(password=PASSWORD))
    assert "Firefox auf Windows" in client.get("/konto/").content.decode()
    assert "127.0.0.1" not in str(SignIn.objects.values())
