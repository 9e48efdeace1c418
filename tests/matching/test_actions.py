"""Phases that follow their dates, and permissions as a table."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories.internships import make_programme
from tests.factories.network import make_membership
from tests.factories.rounds import draw_round, make_seeded_round
from tests.factories.schools import make_class_teacher, make_guardian, make_pupil
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.matching.actions import advance_rounds
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.permissions import can_run_round, can_wish
from werkpfad.journey.matching.rules import commitment
from werkpfad.region.network.queries import grants_for

pytestmark = pytest.mark.django_db


def test_rounds_advance_by_date_once_and_leave_a_line(now: datetime) -> None:
    round_ = make_seeded_round()
    assert advance_rounds(at=now) == 1
    assert advance_rounds(at=now) == 0
    round_.refresh_from_db()
    assert round_.phase == RoundPhase.WISHES
    line = AuditEvent.objects.get(event="round_phase")
    assert (line.actor_kind, line.facts["after"]) == ("system", "wishes")

    advance_rounds(at=now + timedelta(days=22))
    round_.refresh_from_db()
    assert round_.phase == RoundPhase.ALLOCATION
    assert advance_rounds(at=now + timedelta(days=400)) == 0


def test_a_week_without_the_task_is_caught_up_in_one_go(now: datetime) -> None:
    round_ = make_seeded_round(wishes_until=date(2026, 11, 15))
    advance_rounds(at=now)
    round_.refresh_from_db()
    assert round_.phase == RoundPhase.ALLOCATION


def test_a_draft_programme_waits(now: datetime) -> None:
    make_seeded_round(programme=make_programme(status="draft"))
    assert advance_rounds(at=now) == 0


def test_each_round_draws_its_own_seed(now: datetime) -> None:
    one = draw_round(programme=make_programme(), at=now)
    two = draw_round(programme=make_programme(), at=now)
    assert one.seed != two.seed
    assert len(one.seed) == 64
    assert one.seed_commitment == commitment(one.seed)


def test_who_runs_rounds_and_who_fills_in_lists(now: datetime) -> None:
    round_ = make_seeded_round()
    region = round_.programme.region
    pupil = make_pupil()
    school = pupil.school_class.school.organisation
    people = {
        "coordinator": (make_membership(RoleCode.COORDINATOR, region=region).user, True, False),
        "stranger": (make_membership(RoleCode.COORDINATOR).user, False, False),
        "partner": (make_membership(RoleCode.PARTNER, region=region).user, False, False),
        "pupil": (pupil.user, False, True),
        "classmate": (make_pupil(school_class=pupil.school_class).user, False, False),
        "guardian": (make_guardian(pupil=pupil).user, False, False),
        "teacher": (make_class_teacher(school_class=pupil.school_class).user, False, True),
        "company": (make_membership(RoleCode.COMPANY_MANAGER, region=region).user, False, False),
        "head": (make_membership("school_coordinator", organisation=school).user, False, True),
    }
    for name, (user, runs, wishes) in people.items():
        grants = grants_for(user, today=now.date())
        assert (can_run_round(grants, round_), can_wish(grants, pupil)) == (runs, wishes), name
