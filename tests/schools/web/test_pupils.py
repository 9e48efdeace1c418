"""One pupil on the teachers' pages."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.internships import make_programme, make_slot
from tests.factories.journey import (
    NOW,
    make_application,
    make_entry,
    make_placement,
    make_round,
    make_wish,
)
from tests.factories.schools import make_class, make_profile, make_pupil
from tests.schools.web.conftest import Room, SignIn
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.schools.actions import move_pupil
from werkpfad.region.schools.models import Pupil

GOOD = {
    "given_name": "Jörg",
    "family_name": "Öztürk-Weiß",
    "birth_date": "2012-02-29",
    "school_key": "4711",
    "is_full_time_compulsory": "on",
}


def address(name: str, room: Room) -> str:
    return reverse(f"schools:{name}", args=[room.school_class.public_id])


def of(name: str, pupil: Pupil) -> str:
    return reverse(f"schools:{name}", args=[pupil.public_id])


def test_somebody_is_entered(room: Room, sign_in: SignIn) -> None:
    response = sign_in(room.teacher).post(address("pupil_new", room), GOOD)
    assert response["Location"] == address("class_page", room)
    pupil = Pupil.objects.get()
    assert (pupil.full_name, pupil.birth_date) == ("Jörg Öztürk-Weiß", date(2012, 2, 29))
    assert pupil.is_full_time_compulsory


def test_several_are_entered_one_after_the_other(room: Room, sign_in: SignIn) -> None:
    response = sign_in(room.teacher).post(address("pupil_new", room), GOOD | {"another": "1"})
    assert response["Location"] == address("pupil_new", room)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"birth_date": "2024-01-01"}, "zwischen 9 und 30"),
        ({"birth_date": "1950-01-01"}, "zwischen 9 und 30"),
        ({"birth_date": "2011-02-29"}, "gültiges Datum"),
        ({"given_name": "  "}, "Bitte ausfüllen."),
        ({"family_name": "x" * 101}, "höchstens"),
    ],
)
def test_input_stays_with_its_error(
    room: Room, sign_in: SignIn, wrong: dict[str, str], message: str
) -> None:
    response = sign_in(room.teacher).post(address("pupil_new", room), GOOD | wrong)
    page = response.content.decode()
    assert message in page
    assert "4711" in page
    assert not Pupil.objects.exists()


def test_a_taken_number_is_told(room: Room, sign_in: SignIn) -> None:
    make_pupil(school_class=room.school_class, school_key="4711")
    page = sign_in(room.teacher).post(address("pupil_new", room), GOOD).content.decode()
    assert "schon jemand anderes" in page
    assert "Öztürk-Weiß" in page


def test_an_edit_keeps_a_number_of_our_own_hidden(room: Room, sign_in: SignIn) -> None:
    client = sign_in(room.teacher)
    client.post(address("pupil_new", room), GOOD | {"school_key": ""})
    pupil = Pupil.objects.get()
    assert pupil.school_key not in client.get(of("pupil_edit", pupil)).content.decode()
    changed = GOOD | {"given_name": "Georg", "school_key": "", "version": str(pupil.version)}
    assert client.post(of("pupil_edit", pupil), changed).status_code == 302
    assert Pupil.objects.get().given_name == "Georg"
    assert Pupil.objects.get().school_key == pupil.school_key
    assert "Jemand anderes" in client.post(of("pupil_edit", pupil), changed).content.decode()


def test_the_page_tells_the_whole_way(room: Room, sign_in: SignIn) -> None:
    programme = make_programme(schools=[room.school])
    pupil = make_pupil(school_class=room.school_class, birth_date=date(2012, 2, 29))
    make_profile(pupil=pupil, likes="Fahrräder reparieren", strengths="rechnen")
    entry = make_entry(round=make_round(programme=programme), pupil=pupil)
    make_wish(entry=entry)
    slot = make_slot(programme=programme)
    make_application(pupil=pupil, slot=slot)
    make_placement(pupil=pupil, slot=make_slot(programme=programme))
    move_pupil(pupil=pupil, to_class=make_class(school=room.school, name="9c"), by=SYSTEM, at=NOW)
    move_pupil(pupil=pupil, to_class=room.school_class, by=SYSTEM, at=NOW)
    page = sign_in(room.teacher).get(of("pupil_page", pupil)).content.decode()
    for expected in (
        "29.02.2012 (14 Jahre)",
        "Fahrräder reparieren",
        slot.offer.organisation.name,
        "Klasse gewechselt",
        "wartet auf Antwort",
    ):
        assert expected in page


def test_who_has_nothing_gets_a_search_while_the_programme_takes_applications(
    room: Room, sign_in: SignIn
) -> None:
    programme = make_programme(schools=[room.school])
    pupil = make_pupil(school_class=room.school_class)
    client = sign_in(room.teacher)
    search = f"{reverse('internships:offer_search')}?programm={programme.public_id}&amp;frei=on"
    assert search in client.get(of("pupil_page", pupil)).content.decode()
    programme.accepts_direct = False
    programme.save()
    assert search not in client.get(of("pupil_page", pupil)).content.decode()


def test_a_proposal_that_waits_for_the_school_is_approved_from_the_page(
    room: Room, sign_in: SignIn
) -> None:
    programme = make_programme(schools=[room.school])
    pupil = make_pupil(school_class=room.school_class)
    placement = make_placement(pupil=pupil, slot=make_slot(programme=programme))
    others = placement.consents.exclude(side="school")
    others.update(answer="yes", answered_at=NOW)
    client = sign_in(room.teacher)
    for name, obj in (("class_page", room.school_class), ("pupil_page", pupil)):
        page = client.get(reverse(f"schools:{name}", args=[obj.public_id])).content.decode()
        assert f'name="selected" value="{placement.public_id}"' in page
    asked = client.post(reverse("placements:approvals"), {"selected": placement.public_id})
    assert pupil.full_name in asked.content.decode()


def test_a_move_stays_in_the_school(room: Room, sign_in: SignIn) -> None:
    pupil = make_pupil(school_class=room.school_class)
    target, elsewhere = make_class(school=room.school), make_class()
    client = sign_in(room.coordination)
    client.post(of("pupil_move", pupil), {"to_class": elsewhere.public_id})
    assert Pupil.objects.get().school_class == room.school_class
    client.post(of("pupil_move", pupil), {"to_class": target.public_id})
    assert Pupil.objects.get().school_class == target


def test_leaving_can_be_taken_back(room: Room, sign_in: SignIn) -> None:
    pupil = make_pupil(school_class=room.school_class)
    client = sign_in(room.teacher)
    assert "nichts gelöscht" in client.get(of("pupil_remove", pupil)).content.decode()
    client.post(of("pupil_remove", pupil), {"last_day": "2026-11-30"})
    assert Pupil.objects.get().left_on == date(2026, 12, 1)
    assert "Abmeldung zurücknehmen" in client.get(of("pupil_page", pupil)).content.decode()
    client.post(of("pupil_bring_back", pupil))
    assert Pupil.objects.get().left_on is None
