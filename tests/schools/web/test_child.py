"""The guardians' page."""

from datetime import date, time

import pytest
from django.urls import reverse

from tests.factories.internships import make_offer, make_programme, make_slot
from tests.factories.journey import NOW, make_placement
from tests.factories.schools import make_class_teacher, make_guardian
from tests.schools.web.conftest import SignIn
from werkpfad.journey.placements.enums import PlacementState
from werkpfad.region.schools.models import Guardian

pytestmark = pytest.mark.django_db


@pytest.fixture
def guardian() -> Guardian:
    return make_guardian()


def place(guardian: Guardian, **values: object) -> None:
    offer = make_offer(
        activities="Regale bauen",
        bring="feste Schuhe",
        contact_name="Kim Ansprechbar",
        contact_phone="04141 123456",
        starts_at=time(7, 30),
        ends_at=time(14, 0),
    )
    programme = make_programme(schools=[guardian.pupil.school_class.school])
    slot = make_slot(offer=offer, programme=programme)
    make_placement(pupil=guardian.pupil, slot=slot, **values)


def page(guardian: Guardian, sign_in: SignIn) -> str:
    return sign_in(guardian.user).get(reverse("schools:child")).content.decode()


def test_an_agreed_place_says_where_when_and_whom_to_call(
    guardian: Guardian, sign_in: SignIn
) -> None:
    make_class_teacher(school_class=guardian.pupil.school_class)
    place(guardian, state=PlacementState.CONFIRMED, confirmed_at=NOW)
    text = page(guardian, sign_in)
    for expected in (
        "Fest vereinbart",
        "Regale bauen",
        "feste Schuhe",
        "08.02.2027 bis 19.02.2027",
        "07:30 bis 14:00 Uhr",
        "Kim Ansprechbar",
        "tel:04141123456",
        "Werkstraße 1",
        "Alex Muster",
    ):
        assert expected in text


def test_a_proposed_place_names_no_contact_yet(guardian: Guardian, sign_in: SignIn) -> None:
    place(guardian)
    text = page(guardian, sign_in)
    assert "Vorgeschlagen" in text
    assert "Regale bauen" in text
    assert "Kim Ansprechbar" not in text
    assert "04141 123456" not in text


def test_declined_places_do_not_appear(guardian: Guardian, sign_in: SignIn) -> None:
    place(guardian, state=PlacementState.DECLINED, closed_at=NOW, exclusive_key=None)
    text = page(guardian, sign_in)
    assert "Regale bauen" not in text
    assert "Noch kein Praktikum vereinbart" in text


def test_what_is_over_stands_below(guardian: Guardian, sign_in: SignIn) -> None:
    programme = make_programme(
        schools=[guardian.pupil.school_class.school],
        first_day=date(2026, 10, 5),
        last_day=date(2026, 10, 16),
        offers_until=date(2026, 9, 30),
    )
    slot = make_slot(offer=make_offer(title="Tischlern"), programme=programme)
    make_placement(
        pupil=guardian.pupil, slot=slot, state=PlacementState.COMPLETED, confirmed_at=NOW
    )
    text = page(guardian, sign_in)
    assert "Frühere Praktika" in text
    assert "05.10.2026 bis 16.10.2026" in text


def test_there_is_nothing_to_press(guardian: Guardian, sign_in: SignIn) -> None:
    place(guardian)
    main = page(guardian, sign_in).split('<main id="main"')[1].split("</main>")[0]
    assert "<form" not in main
    assert "<button" not in main
