"""How placements come about: accepted application, coordination by hand, published run."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories.internships import make_offer, make_slot
from tests.factories.journey import make_application, make_entry, make_round, make_run
from tests.factories.network import make_organisation
from tests.factories.schools import make_pupil
from tests.placements.world import ANYBODY, Scene, everybody_says_yes, make_scene
from werkpfad.base.accounts.models import ActionLink
from werkpfad.journey.applications.rules import NotPossible
from werkpfad.journey.matching.actions import NotRunnable
from werkpfad.journey.matching.models import Proposal, Run
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.actions import CannotPropose, Result
from werkpfad.journey.placements.enums import PlacementState, Side, Source
from werkpfad.journey.placements.models import Consent, Placement
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene(capacity=3)


def test_accepting_an_application_begins_with_the_companys_yes(scene: Scene, now: datetime) -> None:
    application = make_application(pupil=scene.pupil, slot=scene.slot)
    done = actions.propose_from_application(application=application, by=ANYBODY, at=now)
    assert done.result is Result.RECORDED
    application.refresh_from_db()
    assert application.state == "accepted"
    answers = dict(Consent.objects.values_list("side", "answer"))
    assert answers == {"company": "yes", "pupil": "open", "school": "open"}
    assert OutboxMail.objects.filter(to_user=scene.teacher).count() == 1


def test_accepting_twice_makes_one_placement(scene: Scene, now: datetime) -> None:
    application = make_application(pupil=scene.pupil, slot=scene.slot)
    actions.propose_from_application(application=application, by=ANYBODY, at=now)
    again = actions.propose_from_application(application=application, by=ANYBODY, at=now)
    assert again.result is Result.UNCHANGED
    assert Placement.objects.count() == 1


def test_a_closed_application_cannot_be_accepted(scene: Scene, now: datetime) -> None:
    application = make_application(
        pupil=scene.pupil, slot=scene.slot, state="withdrawn", closed_at=now
    )
    with pytest.raises(NotPossible):
        actions.propose_from_application(application=application, by=ANYBODY, at=now)
    assert not Placement.objects.exists()


def test_several_companies_may_say_yes_before_the_pupil_chooses(
    scene: Scene, now: datetime
) -> None:
    for slot in (scene.slot, scene.slot_elsewhere()):
        application = make_application(pupil=scene.pupil, slot=slot)
        actions.propose_from_application(application=application, by=ANYBODY, at=now)
    chosen, other = Placement.objects.order_by("pk")
    everybody_says_yes(chosen, at=now)
    other.refresh_from_db()
    assert other.state == PlacementState.DECLINED


def test_an_accepted_application_fails_when_the_seat_is_gone(now: datetime) -> None:
    scene = make_scene(capacity=1)
    application = make_application(pupil=scene.pupil, slot=scene.slot)
    rival = scene.placement(pupil=make_pupil(school_class=scene.school_class))
    everybody_says_yes(rival, at=now)
    with pytest.raises(CannotPropose, match="vergeben"):
        actions.propose_from_application(application=application, by=ANYBODY, at=now)
    application.refresh_from_db()
    assert application.state == "open"


def test_deadlines_count_the_regions_working_days(scene: Scene, now: datetime) -> None:
    placement = actions.propose_manually(pupil=scene.pupil, slot=scene.slot, by=ANYBODY, at=now)
    due = {c.side: c.due_at.date() for c in placement.consents.all()}
    assert due == {
        Side.COMPANY: date(2026, 11, 27),
        Side.PUPIL: date(2026, 11, 25),
        Side.SCHOOL: date(2026, 11, 27),
    }
    assert placement.answer_by == max(c.due_at for c in placement.consents.all())


def test_by_hand_asks_all_three_and_the_company_by_first_name(scene: Scene, now: datetime) -> None:
    placement = actions.propose_manually(pupil=scene.pupil, slot=scene.slot, by=ANYBODY, at=now)
    assert (placement.state, placement.source) == ("proposed", Source.MANUAL)
    mail = OutboxMail.objects.get(to_email="betrieb@example.org")
    assert scene.pupil.given_name in mail.body
    assert scene.pupil.family_name not in mail.subject + mail.body


@pytest.mark.parametrize("obstacle", ["full", "placed", "twice", "law"])
def test_what_cannot_be_proposed(scene: Scene, now: datetime, obstacle: str) -> None:
    if obstacle == "full":
        scene.slot.taken = scene.slot.capacity
    elif obstacle == "placed":
        everybody_says_yes(scene.placement(slot=scene.slot_elsewhere()), at=now)
    elif obstacle == "twice":
        scene.placement()
    else:
        scene.offer.min_age = 16
    scene.slot.offer = scene.offer
    before = Placement.objects.count()
    with pytest.raises(CannotPropose):
        actions.propose_manually(pupil=scene.pupil, slot=scene.slot, by=ANYBODY, at=now)
    assert Placement.objects.count() == before


@pytest.fixture
def run(scene: Scene, now: datetime) -> Run:
    """A finished final run whose wishes phase lies behind; it proposes the scene's slot to three pupils."""
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
    pupils = [scene.pupil, *(make_pupil(school_class=scene.school_class) for _ in range(2))]
    for pupil in pupils:
        propose(run, pupil, scene)
    Proposal.objects.create(
        run=run,
        entry=make_entry(round=round_, pupil=make_pupil(school_class=scene.school_class)),
        reason="no_free_seat",
    )
    return run


def propose(run: Run, pupil: object, scene: Scene) -> None:
    entry = make_entry(round=run.round, pupil=pupil)
    Proposal.objects.create(run=run, entry=entry, slot=scene.slot, rank=1, reason="first_choice")


def test_publishing_makes_a_placement_of_each_proposal(
    scene: Scene, run: Run, now: datetime
) -> None:
    published = actions.publish_run(run=run, by=ANYBODY, at=now)
    assert (published.created, dict(published.skipped)) == (3, {})
    assert Placement.objects.filter(source=Source.ROUND, state="proposed").count() == 3
    assert Consent.objects.filter(answer="open").count() == 9
    latest = max(Consent.objects.values_list("due_at", flat=True))
    assert latest.date() <= run.round.confirm_until
    run.refresh_from_db()
    assert run.status == "published"


def test_publishing_writes_one_mail_per_address(scene: Scene, run: Run, now: datetime) -> None:
    actions.publish_run(run=run, by=ANYBODY, at=now)
    to = OutboxMail.objects.values_list("to_email", flat=True)
    assert sorted(to) == sorted(["betrieb@example.org", scene.teacher.email])
    company = OutboxMail.objects.get(to_email="betrieb@example.org")
    assert "3 Praktikumsanfragen" in company.subject
    assert "Probe" not in company.body
    assert ActionLink.objects.filter(purpose="company_answer").count() == 1


def test_publishing_leaves_out_who_has_a_place_meanwhile(
    scene: Scene, run: Run, now: datetime
) -> None:
    offer = make_offer(organisation=make_organisation(region=scene.region))
    everybody_says_yes(
        scene.placement(slot=make_slot(programme=scene.programme, offer=offer)), at=now
    )
    published = actions.publish_run(run=run, by=ANYBODY, at=now)
    assert (published.created, dict(published.skipped)) == (2, {"other_place": 1})


def test_a_run_is_published_once(run: Run, now: datetime) -> None:
    actions.publish_run(run=run, by=ANYBODY, at=now)
    with pytest.raises(NotRunnable):
        actions.publish_run(run=run, by=ANYBODY, at=now)
    assert Placement.objects.count() == 3
