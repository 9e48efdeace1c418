"""No mail tells its reader more than the reader's pages would: the same tokens and the same table as in `test_canary`.

Nothing is listed here that could be forgotten: whatever happens to the world's applications and placements, and whatever the
periodic work does on the days that follow, every mail that was written on the way is read.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatch

import pytest
from django.db import transaction

from tests.access.test_canary import MAY_READ, MAY_READ_THEN, TOKEN, Canary, release
from tests.access.world import NOW, World
from werkpfad.base.accounts.models import User
from werkpfad.base.core import schedule
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.applications import actions as applications
from werkpfad.journey.applications.models import Application
from werkpfad.journey.placements import actions as placements
from werkpfad.journey.placements.enums import AnswerReason
from werkpfad.journey.placements.enums import Side as By
from werkpfad.journey.placements.models import Placement
from werkpfad.region.network.models import Membership
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db
SAME_REGION = {"own", "neighbour"}
DAY = timedelta(days=1)
# Until the answers are overdue, then the first days of the internship and the days after it.
DAYS = [
    *(NOW + n * DAY for n in range(0, 11, 2)),
    *(datetime(2027, 2, day, 8, tzinfo=UTC) for day in (7, 8, 9, 20, 23)),
]


def time_passes() -> None:
    """All registered work, in the order of its names, on each of `DAYS`; only the mails are kept to be read."""
    for at in DAYS:
        for entry in schedule.registered():
            if entry.name != "notifications.tidy":
                schedule.run(entry.name, at=at)


def application(world: World) -> Application:
    return Application.objects.get(pk=world.own.application.pk)


def placement(world: World) -> Placement:
    return Placement.objects.get(pk=world.own.placement.pk)


def nobody_answers(world: World) -> None:
    time_passes()


def all_agree(world: World) -> None:
    for side in By:
        placements.answer(placement=placement(world), side=side, yes=True, by=SYSTEM, at=NOW)
    time_passes()


def one_side_declines(side: By) -> Callable[[World], None]:
    def happens(world: World) -> None:
        for other in set(By) - {side}:
            placements.answer(placement=placement(world), side=other, yes=True, by=SYSTEM, at=NOW)
        placements.answer(
            placement=placement(world),
            side=side,
            yes=False,
            by=SYSTEM,
            at=NOW,
            reason=AnswerReason.OTHER,
            text="Es passt nicht.",
        )

    happens.__name__ = f"{side}_declines"
    return happens


def called_off_after_all_agreed(world: World) -> None:
    all_agree_now(world)
    row = placement(world)
    placements.cancel(
        placement=row, side=By.COMPANY, reason=AnswerReason.OTHER, text="Krank.", by=SYSTEM, at=NOW
    )


def all_agree_now(world: World) -> None:
    for side in By:
        placements.answer(placement=placement(world), side=side, yes=True, by=SYSTEM, at=NOW)


def application_is_withdrawn(world: World) -> None:
    applications.withdraw(application=application(world), by=SYSTEM, at=NOW)


def application_is_declined(world: World) -> None:
    applications.decline(
        application=application(world), reason="other", text="Voll.", by=SYSTEM, at=NOW
    )


def application_is_accepted(world: World) -> None:
    placements.propose_from_application(application=application(world), by=SYSTEM, at=NOW)


# What happens, and whether its mails may name both sides to each other because everybody had agreed.
HAPPENINGS: list[tuple[Callable[[World], None], bool]] = [
    (nobody_answers, False),
    (all_agree, True),
    *((one_side_declines(side), False) for side in By),
    (called_off_after_all_agreed, True),
    (application_is_withdrawn, False),
    (application_is_declined, False),
    (application_is_accepted, False),
]


@pytest.fixture
def canaries(world: World) -> Iterator[dict[str, Canary]]:
    with transaction.atomic():
        yield release(world)
        transaction.set_rollback(True)


def reader_of(mail: OutboxMail, canaries: dict[str, Canary]) -> tuple[str, str]:
    """(side, role): whose address it is. An offer's own address counts as the company's management."""
    token = TOKEN.search(mail.to_email)
    assert token, mail.kind
    address = canaries[token[0]]
    if address.place != "accounts.user.email":
        assert address.place in ("internships.offer.contact_email", "network.contact.email")
        return address.side, "company_manager"
    user = User.objects.get(email=mail.to_email)
    return address.side, Membership.objects.get(user=user).role


def relation(reader: str, side: str) -> str:
    if reader == side:
        return "own"
    return "neighbour" if {reader, side} == SAME_REGION else "foreign"


def leaks(mail: OutboxMail, canaries: dict[str, Canary], *, agreed: bool) -> list[str]:
    reader, role = reader_of(mail, canaries)
    may_read = MAY_READ[role] + (MAY_READ_THEN.get(role, ()) if agreed else ())
    found = {canaries[token] for token in TOKEN.findall(mail.subject + mail.body)}
    told = {f"{relation(reader, canary.side)} {canary.place}" for canary in found}
    return sorted(
        f"{mail.kind} to {role}: {place}"
        for place in told
        if not any(fnmatch(place, pattern) for pattern in may_read)
    )


@pytest.mark.parametrize(
    ("happens", "agreed"), HAPPENINGS, ids=[happens.__name__ for happens, _ in HAPPENINGS]
)
def test_no_mail_tells_more_than_its_reader_may_know(
    happens: Callable[[World], None], agreed: bool, world: World, canaries: dict[str, Canary]
) -> None:
    before = set(OutboxMail.objects.values_list("pk", flat=True))
    happens(world)
    mails = OutboxMail.objects.exclude(pk__in=before)
    assert mails.exists()
    assert [leak for mail in mails for leak in leaks(mail, canaries, agreed=agreed)] == []


def test_the_search_would_find_a_leak_in_a_mail(world: World, canaries: dict[str, Canary]) -> None:
    """Control: before all have agreed the family name is too much for the company, not for the teacher."""
    pupil = type(world.own.pupil).objects.get(pk=world.own.pupil.pk)
    offer = type(world.own.offer).objects.get(pk=world.own.offer.pk)
    teacher = User.objects.get(pk=world.own.users["teacher"].pk)

    def written(address: str) -> OutboxMail:
        return OutboxMail(kind="x", to_email=address, subject="", body=pupil.family_name)

    assert leaks(written(offer.contact_email), canaries, agreed=False) == [
        "x to company_manager: own schools.pupil.family_name"
    ]
    assert leaks(written(offer.contact_email), canaries, agreed=True) == []
    assert leaks(written(teacher.email or ""), canaries, agreed=False) == []
    stranger = User.objects.get(pk=world.foreign.users["teacher"].pk)
    assert leaks(written(stranger.email or ""), canaries, agreed=False) == [
        "x to teacher: foreign schools.pupil.family_name"
    ]
