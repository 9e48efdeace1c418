"""What the round tells by itself: before the wishes end, when leftovers begin, before they end. Each once."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories.network import make_membership
from tests.factories.rounds import make_list, make_round_class, make_seeded_round, make_slots
from tests.factories.schools import make_class_teacher, make_pupil
from tests.placements.test_fill import confirm, leftovers
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.school_year import working_days_left
from werkpfad.journey.internships.models import Offer
from werkpfad.journey.matching import tasks as matching_tasks
from werkpfad.journey.matching.actions import remind_of_wishes
from werkpfad.journey.matching.models import Round
from werkpfad.journey.placements import tasks
from werkpfad.region.notifications.models import OutboxMail
from werkpfad.region.schools.models import SchoolClass

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("deadline", "left"),
    [
        (FRIDAY, 0),
        (date(2026, 11, 22), 0),
        (date(2026, 11, 23), 1),
        (date(2026, 11, 24), 2),
        (date(2026, 11, 29), 5),
        (date(2026, 11, 19), 0),
    ],
)
def test_working_days_left_leave_out_the_weekend(deadline: date, left: int) -> None:
    assert working_days_left(FRIDAY, deadline, "NI") == left


def class_of(round_: Round, pupils: int) -> tuple[SchoolClass, User]:
    school_class = make_round_class(round_)
    for _ in range(pupils):
        make_pupil(school_class=school_class, with_user=False)
    return school_class, make_class_teacher(school_class=school_class).user


def subjects(to: User | str) -> list[str]:
    mails = OutboxMail.objects.order_by("pk")
    found = mails.filter(to_email=to) if isinstance(to, str) else mails.filter(to_user=to)
    return list(found.values_list("subject", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(("until", "reminded"), [(23, 1), (24, 1), (25, 0)])
def test_teachers_hear_how_many_lists_are_missing(now: datetime, until: int, reminded: int) -> None:
    round_ = make_seeded_round(phase="wishes", wishes_until=date(2026, 11, until))
    school_class, teacher = class_of(round_, 2)
    make_list(round_, make_slots(round_, 1), school_class=school_class)

    assert remind_of_wishes(at=now) == reminded
    assert remind_of_wishes(at=now + timedelta(hours=1)) == 0

    told = [f"{school_class.name}: 2 Wunschlisten fehlen noch"] if reminded else []
    assert subjects(teacher) == told


@pytest.mark.django_db
def test_a_later_end_is_a_new_occasion(now: datetime) -> None:
    round_ = make_seeded_round(phase="wishes", wishes_until=date(2026, 11, 23))
    _, teacher = class_of(round_, 1)
    remind_of_wishes(at=now)
    Round.objects.update(wishes_until=date(2026, 11, 27))
    assert remind_of_wishes(at=now) == 0
    assert remind_of_wishes(at=now + timedelta(days=5)) == 1
    assert len(subjects(teacher)) == 2


@pytest.mark.django_db
def test_nobody_is_reminded_at_night_or_of_a_draft(now: datetime) -> None:
    round_ = make_seeded_round(phase="wishes", wishes_until=date(2026, 11, 23))
    _, teacher = class_of(round_, 1)
    matching_tasks.remind_of_wishes(at=now.replace(hour=3))
    assert subjects(teacher) == []
    round_.programme.status = "draft"
    round_.programme.save()
    assert remind_of_wishes(at=now) == 0


@pytest.mark.django_db
def test_the_market_begins_with_one_mail_to_each_who_can_help(now: datetime) -> None:
    round_ = leftovers()
    school_class, teacher = class_of(round_, 2)
    full, free, more = make_slots(round_, 1, 2, 1)
    Offer.objects.filter(pk__in=[s.offer_id for s in (full, free, more)]).update(contact_email="")
    for slot, email in ((full, "voll@example.org"), (free, "frei@example.org")):
        Offer.objects.filter(pk=slot.offer_id).update(contact_email=email)
    confirm(make_list(round_, [full], school_class=school_class), full)
    before = OutboxMail.objects.count()

    tasks.tell_of_leftovers(at=now)
    told = OutboxMail.objects.count()
    tasks.tell_of_leftovers(at=now + timedelta(hours=1))

    assert OutboxMail.objects.count() == told > before
    assert [s for s in subjects(teacher) if "suchen noch" in s] == [
        f"{school_class.name}: 2 Schüler:innen suchen noch einen Platz"
    ]
    (company,) = OutboxMail.objects.filter(to_email="frei@example.org")
    assert company.subject.startswith("Ihre 2 freien Plätze")
    assert "Sie müssen nichts tun" in company.body
    assert not any("freie" in s for s in subjects("voll@example.org"))


@pytest.mark.django_db
@pytest.mark.parametrize(("until", "reminded"), [(24, True), (25, False)])
def test_before_the_end_schools_and_office_are_reminded(
    now: datetime, until: int, reminded: bool
) -> None:
    round_ = leftovers(leftovers_until=date(2026, 11, until))
    office = make_membership(RoleCode.COORDINATOR, region=round_.programme.region).user
    school_class, teacher = class_of(round_, 1)

    for hours in (0, 1):
        tasks.tell_of_leftovers(at=now + timedelta(hours=hours))

    ends = [s for s in subjects(teacher) if s.startswith("Nur noch bis")]
    assert ends == (
        [f"Nur noch bis 24. November: {school_class.name}, 1 ohne Platz"] if reminded else []
    )
    assert subjects(office) == (
        ["Restplatzbörse endet am 24. November: 1 ohne Platz"] if reminded else []
    )


@pytest.mark.django_db
def test_nobody_is_told_when_everybody_has_something(now: datetime) -> None:
    round_ = leftovers(leftovers_until=date(2026, 11, 23))
    office = make_membership(RoleCode.COORDINATOR, region=round_.programme.region).user
    (slot,) = make_slots(round_, 1)
    confirm(make_list(round_, [slot]), slot)
    OutboxMail.objects.all().delete()
    tasks.tell_of_leftovers(at=now)
    assert subjects(office) == []
    assert not OutboxMail.objects.filter(subject__contains="suchen").exists()
