"""Sheets, letters, lists and codes."""

from datetime import datetime

from django.urls import reverse

from tests.factories.internships import make_programme
from tests.factories.schools import make_pupil
from tests.schools.web.conftest import Room, SignIn
from werkpfad.base.accounts.codes import code_of, printed
from werkpfad.base.accounts.queries import user_by_code
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.schools.actions import give_access, give_guardian_access
from werkpfad.region.schools.models import Guardian, Pupil


def address(name: str, room: Room) -> str:
    return reverse(f"schools:{name}", args=[room.school_class.public_id])


def test_missing_codes_are_made_and_printed_twice_the_same(room: Room, sign_in: SignIn) -> None:
    pupil = make_pupil(school_class=room.school_class, with_user=False)
    client = sign_in(room.teacher)
    assert "noch keinen Code" in client.get(address("class_codes", room)).content.decode()
    client.post(address("class_codes", room))
    pupil = Pupil.objects.get(pk=pupil.pk)
    assert pupil.user is not None
    shown = printed(code_of(pupil.user.access_code))
    for _ in range(2):
        page = client.get(address("class_codes", room)).content.decode()
        assert shown in page
        assert "<svg" in page


def test_the_sheets_come_as_pdf(room: Room, sign_in: SignIn, now: datetime) -> None:
    client = sign_in(room.teacher)
    assert client.get(address("class_codes_pdf", room)).status_code == 302
    pupil = make_pupil(school_class=room.school_class, with_user=False)
    give_access(pupil=pupil, by=SYSTEM, at=now)
    response = client.get(address("class_codes_pdf", room))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_the_class_list_comes_as_pdf(room: Room, sign_in: SignIn, now: datetime) -> None:
    pupil = make_pupil(school_class=room.school_class, with_user=False)
    give_guardian_access(pupil=pupil, by=SYSTEM, at=now)
    access = Guardian.objects.get().user.access_code
    access.last_used_at = now
    access.save()
    response = sign_in(room.teacher).get(address("class_list_pdf", room))
    assert response.content.startswith(b"%PDF")


def test_letters_need_codes_and_a_programme(room: Room, sign_in: SignIn) -> None:
    programme = make_programme(schools=[room.school])
    make_pupil(school_class=room.school_class)
    client = sign_in(room.teacher)
    asked = {"programm": programme.public_id, "antwort_bis": "2026-12-10", "hinweis": "Bis bald"}
    assert "Ohne Code" in client.get(address("class_letters_pdf", room), asked).content.decode()
    made = client.post(address("class_codes", room), {"guardians": "1", "next": "letters"})
    assert made["Location"] == address("class_letters", room)
    letters = client.get(address("class_letters_pdf", room), asked)
    assert letters.content.startswith(b"%PDF")
    wrong = client.get(address("class_letters_pdf", room), asked | {"antwort_bis": "31.2."})
    assert wrong["Content-Type"].startswith("text/html")
    assert "Bis bald" in wrong.content.decode()


def test_a_lost_sheet_gets_a_new_code(room: Room, sign_in: SignIn, now: datetime) -> None:
    pupil = make_pupil(school_class=room.school_class, with_user=False)
    address_ = reverse("schools:pupil_code", args=[pupil.public_id])
    client = sign_in(room.teacher)
    assert "noch keinen Code" in client.get(address_).content.decode()
    client.post(address_, {"who": "pupil"})
    client.post(address_, {"who": "guardian"})
    pupil = Pupil.objects.get(pk=pupil.pk)
    assert pupil.user is not None
    old = code_of(pupil.user.access_code)
    parent = code_of(pupil.guardians.get().user.access_code)
    assert printed(old) in client.get(address_).content.decode()
    client.post(address_, {"who": "pupil"})
    assert user_by_code(old) is None
    assert user_by_code(parent) == pupil.guardians.get().user
    client.post(address_, {"who": "guardian"})
    assert user_by_code(parent) is None
