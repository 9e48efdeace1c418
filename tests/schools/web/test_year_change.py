"""The preview of the summer and its one step."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from tests.factories.schools import make_class, make_pupil
from tests.schools.web.conftest import Room, SignIn
from werkpfad.base.core import clock
from werkpfad.region.schools.models import Pupil

AUGUST = datetime(2027, 8, 1, 8, tzinfo=ZoneInfo("Europe/Berlin"))


def address(room: Room) -> str:
    return reverse("schools:year_change", args=[room.school.public_id]) + "?jahr=2026"


def answers(room: Room, **values: str) -> dict[str, str]:
    given = {"what": "bleibt", "new_name": "10b"} | values
    return {f"{room.school_class.public_id}-{key}": value for key, value in given.items()}


def test_before_august_it_is_a_preview(room: Room, sign_in: SignIn) -> None:
    make_pupil(school_class=room.school_class)
    client = sign_in(room.coordination)
    page = client.get(address(room)).content.decode()
    assert "Das Schuljahr läuft noch" in page
    assert "Schuljahr wechseln" not in page
    assert 'value="10b"' in page
    assert "1. August" in client.post(address(room), answers(room)).content.decode()
    assert Pupil.objects.get().school_class == room.school_class


def test_in_august_classes_move_as_corrected(
    room: Room, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    pupil = make_pupil(school_class=room.school_class)
    client = sign_in(room.coordination)
    monkeypatch.setattr(clock, "now", lambda: AUGUST)
    monkeypatch.setattr(clock, "today", AUGUST.date)
    response = client.post(address(room), answers(room, new_name="10 blau"))
    assert response["Location"].endswith("?jahr=2027")
    pupil.refresh_from_db()
    assert (pupil.school_class.name, pupil.school_class.school_year) == ("10 blau", 2027)


def test_leavers_leave_and_a_missing_name_is_asked_for(
    room: Room, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    pupil = make_pupil(school_class=room.school_class)
    client = sign_in(room.coordination)
    monkeypatch.setattr(clock, "now", lambda: AUGUST)
    monkeypatch.setattr(clock, "today", AUGUST.date)
    page = client.post(address(room), answers(room, new_name="")).content.decode()
    assert "Wie heißt die Klasse 9b" in page
    client.post(address(room), answers(room, what="geht"))
    pupil.refresh_from_db()
    assert pupil.left_on == date(2027, 8, 1)


def test_a_school_without_classes_has_nothing_to_move(room: Room, sign_in: SignIn) -> None:
    make_class()
    page = sign_in(room.coordination).get(
        reverse("schools:year_change", args=[room.school.public_id]), {"jahr": "2030"}
    )
    assert "keine Klassen" in page.content.decode()
