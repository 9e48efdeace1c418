"""A published round is taken back: until the first yes, once, with everybody told; and a simultaneous yes is never lost."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from tests.factories.journey import make_entry, make_round, make_run
from tests.factories.schools import make_pupil
from tests.factories.signed_in import client_of, coordinator_of
from tests.placements.world import ANYBODY, Scene, make_scene
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.matching.actions import NotRunnable
from werkpfad.journey.matching.models import Proposal, Run
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.actions import AlreadyAnswered, undo
from werkpfad.journey.placements.actions.telling import company_link
from werkpfad.journey.placements.enums import Answer, AnswerReason, PlacementState, Side
from werkpfad.journey.placements.models import Consent, Placement
from werkpfad.journey.placements.queries import may_be_withdrawn, with_details
from werkpfad.journey.placements.rules import NotPossible
from werkpfad.region.notifications.models import OutboxMail

WHY = "Ein Angebot stand mit falschem Zeitraum darin."


def published(now: datetime, *, pupils: int = 2) -> tuple[Scene, Run]:
    """A round published today, with one proposal for each of `pupils` pupils in one slot."""
    scene = make_scene(capacity=pupils)
    day = now.date()
    round_ = make_round(
        programme=scene.programme,
        phase="allocation",
        wishes_from=day - timedelta(days=20),
        wishes_until=day - timedelta(days=2),
        publish_on=day,
        confirm_until=day + timedelta(days=4),
    )
    run = make_run(round=round_, kind="final", status="done")
    for _ in range(pupils):
        pupil = make_pupil(school_class=scene.school_class, with_user=False)
        entry = make_entry(round=round_, pupil=pupil)
        Proposal.objects.create(run=run, entry=entry, slot=scene.slot, rank=1, reason="granted")
    actions.publish_run(run=run, by=ANYBODY, at=now)
    run.refresh_from_db()
    return scene, run


def say_yes(placement: Placement, now: datetime, side: Side = Side.COMPANY) -> None:
    actions.answer(placement=placement, side=side, yes=True, by=ANYBODY, at=now)


@pytest.mark.django_db
def test_the_round_waits_for_an_allocation_again(now: datetime) -> None:
    scene, run = published(now)
    assert may_be_withdrawn(run, today=now.date())

    ended = actions.withdraw_run(run=run, reason=WHY, by=ANYBODY, at=now)

    run.refresh_from_db()
    scene.slot.refresh_from_db()
    assert (ended, run.status, run.withdrawn_reason) == (2, "withdrawn", WHY)
    assert run.round.phase == "allocation"
    states = set(Placement.objects.values_list("state", "reason", "exclusive_key"))
    assert states == {(PlacementState.CANCELLED, AnswerReason.ROUND_UNDONE, None)}
    assert scene.slot.taken == 0
    assert AuditEvent.objects.filter(event="run_withdrawn", object_id=run.public_id).count() == 1
    assert AuditEvent.objects.filter(event="placement.cancelled").count() == 2
    assert not may_be_withdrawn(run, today=now.date())


@pytest.mark.django_db
def test_company_and_school_get_one_plain_mail_each(now: datetime) -> None:
    scene, run = published(now, pupils=3)
    before = set(OutboxMail.objects.values_list("pk", flat=True))

    actions.withdraw_run(run=run, reason=WHY, by=ANYBODY, at=now)

    mails = OutboxMail.objects.exclude(pk__in=before)
    assert sorted(mails.values_list("to_email", flat=True)) == sorted(
        ["betrieb@example.org", scene.teacher.email]
    )
    company = mails.get(to_email="betrieb@example.org")
    assert "Sie müssen nichts tun" in company.body
    assert "Probe" not in company.body
    assert WHY not in company.body


@pytest.mark.django_db
def test_the_first_yes_ends_the_possibility(now: datetime) -> None:
    _, run = published(now)
    placement = Placement.objects.order_by("pk")[0]
    say_yes(placement, now)

    assert not may_be_withdrawn(run, today=now.date())
    with pytest.raises(AlreadyAnswered, match="schon jemand zugesagt"):
        actions.withdraw_run(run=run, reason=WHY, by=ANYBODY, at=now)

    run.refresh_from_db()
    assert (run.status, run.round.phase) == ("published", "published")
    assert Placement.objects.filter(state=PlacementState.PROPOSED).count() == 2


@pytest.mark.django_db
def test_a_no_does_not_stand_in_the_way(now: datetime) -> None:
    _, run = published(now)
    first = Placement.objects.order_by("pk")[0]
    actions.answer(
        placement=first,
        side=Side.COMPANY,
        yes=False,
        reason=AnswerReason.DATES,
        by=ANYBODY,
        at=now,
    )
    assert actions.withdraw_run(run=run, reason=WHY, by=ANYBODY, at=now) == 1
    first.refresh_from_db()
    assert first.reason == AnswerReason.DATES


@pytest.mark.django_db
@pytest.mark.parametrize("case", ["no reason", "twice", "too late", "rehearsal"])
def test_what_cannot_be_taken_back(now: datetime, case: str) -> None:
    _, run = published(now)
    reason, at = WHY, now
    if case == "no reason":
        reason = "  "
    elif case == "twice":
        actions.withdraw_run(run=run, reason=WHY, by=ANYBODY, at=now)
    elif case == "too late":
        at = now + timedelta(days=5)
    else:
        Run.objects.filter(pk=run.pk).update(kind="dry")
    with pytest.raises(NotRunnable):
        actions.withdraw_run(run=run, reason=reason, by=ANYBODY, at=at)


@pytest.mark.django_db
def test_afterwards_it_can_be_allocated_and_published_anew(now: datetime) -> None:
    _, run = published(now)
    actions.withdraw_run(run=run, reason=WHY, by=ANYBODY, at=now)
    again = make_run(round=run.round, kind="final", status="done")
    old = Proposal.objects.filter(run=run)[0]
    Proposal.objects.create(run=again, entry=old.entry, slot=old.slot, rank=1, reason="granted")

    done = actions.publish_run(run=again, by=ANYBODY, at=now)

    assert done.created == 1
    run.round.refresh_from_db()
    assert run.round.phase == "published"


@pytest.mark.django_db
def test_the_link_in_the_old_mail_says_so_kindly(now: datetime, client: Client) -> None:
    scene, run = published(now)
    token = company_link(scene.company, "betrieb@example.org", at=now, valid_for=timedelta(days=3))
    old = Placement.objects.order_by("pk")[0]
    actions.withdraw_run(run=run, reason=WHY, by=ANYBODY, at=now)

    page = client.get(f"/antwort/{token}/")
    clicked = client.post(
        f"/antwort/{token}/", {"item": f"placement-{old.public_id}", "answer": "yes"}, follow=True
    )

    assert page.status_code == 200
    assert "Sie müssen nichts tun" in page.content.decode()
    assert "diese Vorschläge zurückgenommen" in clicked.content.decode()
    assert WHY not in clicked.content.decode()
    assert not Consent.objects.filter(answer=Answer.YES).exists()


# A yes at the same moment: whoever comes second finds what the first has done.

RACERS = 8
PAUSE = 0.4


def race(run: Run, placements: list[Placement], now: datetime, go: threading.Event) -> list[str]:
    """The coordinator takes back while every company says yes from `go` on; what came of both, the first is the undo."""

    def yes(placement: Placement) -> str:
        try:
            go.wait(timeout=20)
            say_yes(placement, now)
            return "yes"
        except NotPossible:
            return "closed"
        finally:
            connections["default"].close()

    def take_back() -> str:
        try:
            actions.withdraw_run(run=run, reason=WHY, by=ANYBODY, at=now)
            return "withdrawn"
        except AlreadyAnswered:
            return "refused"
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(max_workers=len(placements) + 1) as pool:
        answers = [pool.submit(yes, placement) for placement in placements]
        undone = pool.submit(take_back)
        return [undone.result(timeout=30), *(answer.result(timeout=30) for answer in answers)]


def looking(go: threading.Event, look: Callable[[Run], list[Placement]]) -> Any:
    """Lets the answers begin between looking at them and ending the placements."""

    def looked(run: Run) -> list[Placement]:
        rows = look(run)
        go.set()
        time.sleep(PAUSE)
        return rows

    return looked


def unlocked(run: Run) -> list[Placement]:
    return list(with_details(Placement.objects.filter(proposal__run=run)))


def lost_answers() -> int:
    """Placements that were taken back although somebody had said yes."""
    rows = Placement.objects.filter(reason=AnswerReason.ROUND_UNDONE)
    return rows.filter(consents__answer=Answer.YES).count()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_yes_after_the_look_finds_its_proposal_closed(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    monkeypatch.setattr(undo, "locked_placements", looking(go, undo.locked_placements))
    _, run = published(now, pupils=RACERS)
    outcome = race(run, list(Placement.objects.order_by("pk")), now, go)
    assert outcome == ["withdrawn", *["closed"] * RACERS]
    assert lost_answers() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_either_all_or_nothing(now: datetime) -> None:
    go = threading.Event()
    go.set()
    _, run = published(now, pupils=RACERS)
    undone, *answers = race(run, list(Placement.objects.order_by("pk")), now, go)
    assert set(answers) == {"closed" if undone == "withdrawn" else "yes"}
    assert lost_answers() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_answers_are_lost(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    monkeypatch.setattr(undo, "locked_placements", looking(go, unlocked))
    _, run = published(now, pupils=RACERS)
    race(run, list(Placement.objects.order_by("pk")), now, go)
    assert lost_answers() > 0


@pytest.mark.django_db
def test_pupils_read_that_it_is_not_their_fault(now: datetime) -> None:
    scene, run = published(now)
    pupil = make_pupil(school_class=scene.school_class)
    entry = make_entry(round=run.round, pupil=pupil)
    Proposal.objects.create(run=run, entry=entry, reason="lottery", facts={"code": "lottery"})
    actions.withdraw_run(run=run, reason=WHY, by=ANYBODY, at=now)

    page = client_of(pupil.user).get("/ergebnis/").content.decode()

    assert "Das liegt nicht an dir" in page
    assert WHY not in page


@pytest.mark.django_db
def test_the_page_asks_for_the_reason_and_then_does_it(now: datetime) -> None:
    scene, run = published(now)
    office = coordinator_of(scene.region)
    address = f"/runden/laeufe/{run.public_id}/zuruecknehmen/"

    empty = office.post(address, {"reason": ""})
    done = office.post(address, {"reason": WHY}, follow=True)

    assert empty.status_code == 422
    assert "Bitte nennen Sie den Grund" in empty.content.decode()
    assert "Sie können neu zuteilen" in done.content.decode()
    page = office.get(f"/runden/laeufe/{run.public_id}/").content.decode()
    assert "Diese Veröffentlichung wurde zurückgenommen" in page
    assert WHY in page


@pytest.mark.django_db
def test_the_page_refuses_in_a_sentence(now: datetime) -> None:
    scene, run = published(now)
    say_yes(Placement.objects.order_by("pk")[0], now)
    address = f"/runden/laeufe/{run.public_id}/zuruecknehmen/"
    done = coordinator_of(scene.region).post(address, {"reason": WHY}, follow=True)
    assert "Es hat schon jemand zugesagt" in done.content.decode()
