"""Who looks after the pupil: named by the company, with or without account, read where it is needed."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.factories.network import make_membership
from tests.factories.signed_in import client_of
from tests.placements.world import ANYBODY, Scene, everybody_says_yes, make_scene
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.placements.actions import cancel, name_supervisor
from werkpfad.journey.placements.actions.telling import company_link
from werkpfad.journey.placements.enums import Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.queries import with_details
from werkpfad.journey.placements.rules import NotPossible
from werkpfad.journey.placements.web.papers import agreement_of

pytestmark = pytest.mark.django_db
NAME = "Kim Musterfrau"


@pytest.fixture
def scene() -> Scene:
    return make_scene(capacity=2)


def posted(placement: Placement, name: str = NAME) -> dict[str, str]:
    return {
        "item": f"placement-{placement.public_id}",
        "answer": "supervisor",
        "supervisor": name,
    }


def test_a_company_without_account_names_who_looks_after_the_pupil(
    scene: Scene, now: datetime
) -> None:
    placement = scene.placement()
    everybody_says_yes(placement, at=now, sides=(Side.COMPANY,))
    token = company_link(scene.company, "betrieb@example.org", at=now, valid_for=timedelta(days=3))
    with time_machine.travel(now, tick=False):
        before = Client().get(f"/antwort/{token}/").content.decode()
        done = Client().post(f"/antwort/{token}/", posted(placement), follow=True)
    placement.refresh_from_db()
    assert "Wer betreut im Betrieb?" in before
    assert placement.supervisor_name == NAME
    assert NAME in done.content.decode()
    event = AuditEvent.objects.get(event="placement.supervisor")
    assert NAME not in str(event.facts)


def test_the_pupil_reads_it_once_everybody_has_agreed(scene: Scene, now: datetime) -> None:
    placement = scene.placement()
    name_supervisor(placement=placement, name=NAME, by=ANYBODY, at=now)
    pupil = client_of(scene.pupil.user)
    with time_machine.travel(now, tick=False):
        early = [
            pupil.get(path).content.decode()
            for path in ("/praktikum/", f"/praktika/{placement.public_id}/")
        ]
        everybody_says_yes(placement, at=now)
        later = pupil.get("/praktikum/").content.decode()
    assert all(NAME not in page for page in early)
    assert "Betreut dich" in later
    assert NAME in later


def test_it_stands_on_the_agreement(scene: Scene, now: datetime) -> None:
    placement = scene.placement()
    everybody_says_yes(placement, at=now)
    name_supervisor(placement=placement, name=f"  {NAME} ", by=ANYBODY, at=now)
    row = with_details(Placement.objects.all()).get(pk=placement.pk)
    assert agreement_of(row, today=now.date()).supervisor == NAME


def test_in_the_portal_it_is_for_those_who_answer(scene: Scene, now: datetime) -> None:
    placement = scene.placement()
    everybody_says_yes(placement, at=now)
    manager = client_of(make_membership(RoleCode.COMPANY_MANAGER, organisation=scene.company).user)
    helper = client_of(make_membership(RoleCode.SUPERVISOR, organisation=scene.company).user)
    with time_machine.travel(now, tick=False):
        manager.post("/anfragen/", posted(placement))
        refused = helper.post("/anfragen/", posted(placement, "Jemand"))
        page = helper.get(f"/praktika/{placement.public_id}/").content.decode()
    placement.refresh_from_db()
    assert placement.supervisor_name == NAME
    assert refused.status_code == 403
    assert "Name speichern" not in page


def test_foreign_placements_are_not_found(scene: Scene, now: datetime) -> None:
    other = make_scene().placement()
    manager = client_of(make_membership(RoleCode.COMPANY_MANAGER, organisation=scene.company).user)
    with time_machine.travel(now, tick=False):
        assert manager.post("/anfragen/", posted(other)).status_code == 404


def test_the_same_name_again_is_not_logged_twice_and_an_end_is_an_end(
    scene: Scene, now: datetime
) -> None:
    placement = scene.placement()
    for _ in range(2):
        name_supervisor(placement=placement, name=NAME, by=ANYBODY, at=now)
    assert AuditEvent.objects.filter(event="placement.supervisor").count() == 1
    cancel(placement=placement, side=None, reason="dates", text="", by=ANYBODY, at=now)
    with pytest.raises(NotPossible):
        name_supervisor(placement=placement, name="Jemand", by=ANYBODY, at=now)
