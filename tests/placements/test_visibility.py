"""Who sees what of a placement: the table itself, and the pages that must keep to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.sign_in import sign_in_as
from tests.factories.journey import make_application
from tests.factories.network import make_membership
from tests.factories.schools import make_guardian
from tests.placements.world import Scene, make_scene
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core import clock
from werkpfad.journey.placements.actions.telling import company_link
from werkpfad.journey.placements.models import Feedback, Placement
from werkpfad.journey.placements.visibility import (
    AFTER,
    BEFORE,
    Datum,
    Viewer,
    may_see,
    pseudonym,
    short_name,
)

# What each may see before and after the agreement.
B, A = False, True
TABLE = {
    Datum.FULL_NAME: {Viewer.PUPIL: (A, A), Viewer.COMPANY: (B, A), Viewer.COORDINATOR: (B, B)},
    Datum.SCHOOL: {Viewer.SCHOOL: (A, A), Viewer.COMPANY: (B, A), Viewer.COORDINATOR: (B, B)},
    Datum.BIRTH_DATE: {Viewer.GUARDIAN: (A, A), Viewer.COMPANY: (B, A), Viewer.COORDINATOR: (B, B)},
    Datum.HOME: {Viewer.GUARDIAN: (A, A), Viewer.COMPANY: (B, A), Viewer.COORDINATOR: (B, B)},
    Datum.FIRST_NAME: {Viewer.COMPANY: (A, A), Viewer.COORDINATOR: (B, B)},
    Datum.AGE_BAND: {Viewer.COMPANY: (A, A), Viewer.COORDINATOR: (A, A)},
    Datum.COMPANY_CONTACT: {Viewer.PUPIL: (B, A), Viewer.GUARDIAN: (B, A), Viewer.SCHOOL: (A, A)},
    Datum.ATTENDANCE: {Viewer.COMPANY: (A, A), Viewer.COORDINATOR: (B, B)},
    Datum.COMPANY_FEEDBACK: {
        Viewer.PUPIL: (A, A),
        Viewer.SCHOOL: (A, A),
        Viewer.COORDINATOR: (B, B),
    },
    Datum.PUPIL_FEEDBACK: {
        Viewer.COMPANY: (B, B),
        Viewer.COORDINATOR: (A, A),
        Viewer.SCHOOL: (A, A),
    },
}


@pytest.mark.parametrize(
    ("datum", "viewer", "agreed", "expected"),
    [
        (datum, viewer, agreed, expected[agreed])
        for datum, viewers in TABLE.items()
        for viewer, expected in viewers.items()
        for agreed in (False, True)
    ],
)
def test_the_table(datum: Datum, viewer: Viewer, agreed: bool, expected: bool) -> None:
    assert may_see(datum, viewer, agreed=agreed) is expected


def test_every_datum_is_decided_and_the_public_sees_nothing() -> None:
    assert BEFORE.keys() == AFTER.keys() == set(Datum)
    assert not any(Viewer.PUBLIC in viewers for viewers in (*BEFORE.values(), *AFTER.values()))


def test_agreement_never_hides_anything() -> None:
    assert all(BEFORE[datum] <= AFTER[datum] for datum in Datum)


def test_names_in_short() -> None:
    assert short_name("Mika", "Probe") == "Mika P."
    assert pseudonym("abcdefghjkmnpq") == "Schüler:in ABCDE"


@dataclass
class Stage:
    scene: Scene
    placement: Placement
    users: dict[Viewer, User]
    token: str


@pytest.fixture
def stage(db: None) -> Stage:
    """A proposed placement and an open application of the same pupil, and somebody of each kind."""
    scene = make_scene(capacity=3)
    scene.pupil.given_name, scene.pupil.family_name = "Aurelia", "Zzyzwitz"
    scene.pupil.home_place, scene.pupil.home_postal_code = "Kanarienhausen", "98765"
    scene.pupil.save()
    scene.offer.contact_name = "Quirin Kontaktmensch"
    scene.offer.save()
    make_application(
        pupil=scene.pupil,
        slot=scene.slot_elsewhere(offer=scene.offer, first_day=scene.slot.first_day + timedelta(1)),
    )
    manager = make_membership(RoleCode.COMPANY_MANAGER, organisation=scene.company).user
    coordinator = make_membership(RoleCode.COORDINATOR, region=scene.region).user
    token = company_link(
        scene.company, "betrieb@example.org", at=clock.now(), valid_for=timedelta(days=1)
    )
    users = {
        Viewer.PUPIL: scene.pupil.user,
        Viewer.GUARDIAN: make_guardian(pupil=scene.pupil).user,
        Viewer.SCHOOL: scene.teacher,
        Viewer.COMPANY: manager,
        Viewer.COORDINATOR: coordinator,
    }
    return Stage(scene, scene.placement(), users, token)


def confirm(stage: Stage, now: datetime) -> None:
    stage.placement.state = "confirmed"
    stage.placement.confirmed_at = now
    stage.placement.save()


def page(stage: Stage, viewer: Viewer, name: str, *args: str, query: str = "") -> str:
    client = sign_in_as(Client(), stage.users[viewer])
    response = client.get(reverse(f"placements:{name}", args=args) + query)
    assert response.status_code == 200, f"{name} as {viewer}"
    return response.content.decode()


def traces(stage: Stage) -> dict[Datum, str]:
    return {
        Datum.FULL_NAME: "Zzyzwitz",
        Datum.SCHOOL: stage.scene.school.organisation.name,
        Datum.BIRTH_DATE: "14.03.2012",
        Datum.HOME: "Kanarienhausen",
        Datum.FIRST_NAME: "Aurelia",
        Datum.COMPANY_CONTACT: "Quirin Kontaktmensch",
    }


@pytest.mark.parametrize("agreed", [False, True])
@pytest.mark.parametrize("viewer", [v for v in Viewer if v is not Viewer.PUBLIC])
def test_the_detail_page_keeps_to_the_table(
    stage: Stage, now: datetime, viewer: Viewer, agreed: bool
) -> None:
    if agreed:
        confirm(stage, now)
    text = page(stage, viewer, "detail", stage.placement.public_id)
    for datum, trace in traces(stage).items():
        assert (trace in text) is may_see(datum, viewer, agreed=agreed), f"{datum} for {viewer}"


@pytest.mark.parametrize("agreed", [False, True])
def test_the_company_pages_keep_to_the_table(stage: Stage, now: datetime, agreed: bool) -> None:
    if agreed:
        confirm(stage, now)
    link = Client().get(reverse("placements:answer", args=[stage.token]))
    texts = [
        page(stage, Viewer.COMPANY, "requests"),
        page(stage, Viewer.COMPANY, "requests", query="?ansicht=beantwortet"),
        link.content.decode(),
    ]
    secrets = ["14.03.2012", "Kanarienhausen", "98765", stage.scene.school.organisation.name]
    if agreed:
        assert any("Aurelia Zzyzwitz" in text for text in texts)
        assert not any(secret in texts[0] for secret in secrets)
    else:
        assert not any(secret in text for text in texts for secret in [*secrets, "Zzyzwitz"])
        assert "Aurelia" in texts[0]
        assert "Aurelia" in texts[2]


def test_coordinators_propose_without_names(stage: Stage) -> None:
    stage.placement.delete()
    programme, pupil = stage.scene.programme, stage.scene.pupil
    for text in (
        page(stage, Viewer.COORDINATOR, "without_place_in", programme.public_id),
        page(stage, Viewer.COORDINATOR, "propose", programme.public_id, pupil.public_id),
    ):
        assert pseudonym(pupil.public_id) in text
        for trace in ("Aurelia", "Zzyzwitz", "14.03.2012", "Kanarienhausen"):
            assert trace not in text
        assert stage.scene.school.organisation.name not in text


def test_feedback_reaches_the_right_eyes(stage: Stage, now: datetime) -> None:
    confirm(stage, now)
    for side, text in (("company", "Prima Einsatz"), ("pupil", "Eher langweilig")):
        Feedback.objects.create(
            placement=stage.placement, side=side, scores={}, text=text, given_at=now
        )
    key = stage.placement.public_id
    seen = {
        viewer: (
            "Prima Einsatz" in page(stage, viewer, "detail", key),
            "Eher langweilig" in page(stage, viewer, "detail", key),
        )
        for viewer in stage.users
    }
    assert seen == {
        Viewer.PUPIL: (True, True),
        Viewer.GUARDIAN: (False, False),
        Viewer.SCHOOL: (True, True),
        Viewer.COMPANY: (True, False),
        Viewer.COORDINATOR: (False, True),
    }


def test_a_company_that_lost_the_pupil_keeps_the_first_name_only(
    stage: Stage, now: datetime
) -> None:
    stage.placement.state, stage.placement.exclusive_key = "cancelled", None
    stage.placement.confirmed_at = stage.placement.closed_at = now
    stage.placement.save()
    text = page(stage, Viewer.COMPANY, "detail", stage.placement.public_id)
    assert "Aurelia" in text
    assert "Zzyzwitz" not in text
