"""Every meeting of a period at once: looked at first, told to all, taken back as one."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.factories.meetings import make_circle, make_meeting, make_registration
from tests.factories.network import make_region
from tests.factories.signed_in import coordinator_of
from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.meetings.actions import change_period, move_meeting, undo_period
from werkpfad.region.meetings.actions.periods import PeriodPlan
from werkpfad.region.meetings.enums import MeetingState, PeriodDeed
from werkpfad.region.meetings.models import Meeting, PeriodChange
from werkpfad.region.network.models import Region
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db
FROZEN = time_machine.travel("2026-11-20T09:00:00+01:00", tick=False)
TYPED = {
    "deed": "call_off",
    "first_day": "2026-12-01",
    "last_day": "2026-12-31",
    "circle": "",
    "days": "",
    "text": "Hochwasser im Landkreis",
}
MOVE = PeriodPlan(PeriodDeed.MOVE, date(2026, 12, 1), date(2026, 12, 31), 119, "")


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def office(region: Region) -> Client:
    return coordinator_of(region)


def meeting_on(region: Region, day: int, month: int = 12) -> Meeting:
    starts = datetime(2026, month, day, 13, tzinfo=UTC)
    circle = make_circle(region=region)
    row = make_meeting(circle=circle, starts_at=starts, ends_at=starts + timedelta(hours=2))
    make_registration(meeting=row)
    return row


def states() -> dict[int, str]:
    return dict(Meeting.objects.values_list("pk", "state"))


@FROZEN
def test_nothing_happens_before_it_was_looked_at(office: Client, region: Region) -> None:
    inside, outside = meeting_on(region, 10), meeting_on(region, 30, month=11)
    foreign = meeting_on(make_region(), 10)
    page = office.post("/netzwerke/zeitraum/", TYPED).content.decode()
    assert inside.title in page
    assert outside.title not in page
    assert foreign.title not in page
    assert set(states().values()) == {MeetingState.INVITED}
    assert not OutboxMail.objects.exists()


@FROZEN
def test_the_ticked_are_called_off_and_taken_back(office: Client, region: Region) -> None:
    first, second, foreign = (
        meeting_on(region, 10),
        meeting_on(region, 11),
        meeting_on(make_region(), 10),
    )
    ticked = {"deed_now": "1", "selected": [first.public_id, foreign.public_id]}
    done = office.post("/netzwerke/zeitraum/", TYPED | ticked)
    change = PeriodChange.objects.get()
    assert done["Location"] == f"/netzwerke/zeitraum/{change.public_id}/"
    assert states() == {first.pk: "cancelled", second.pk: "invited", foreign.pk: "invited"}
    assert "Hochwasser" in OutboxMail.objects.get().body
    office.post(f"{done['Location']}zuruecknehmen/")
    assert states()[first.pk] == MeetingState.INVITED
    assert OutboxMail.objects.filter(subject__startswith="Findet doch statt").count() == 1
    assert "Zurückgenommen" in office.get(done["Location"]).content.decode()


def test_moved_over_the_clock_change_and_back(region: Region, now: datetime) -> None:
    row = meeting_on(region, 1)
    change = change_period(region=region, meetings=[row], plan=MOVE, by=SYSTEM, at=now)
    row.refresh_from_db()
    assert row.starts_at == datetime(2027, 3, 30, 12, tzinfo=UTC)
    assert undo_period(change=change, by=SYSTEM, at=now) == (1, 0)
    row.refresh_from_db()
    assert (row.starts_at, row.sequence) == (datetime(2026, 12, 1, 13, tzinfo=UTC), 2)
    assert undo_period(change=change, by=SYSTEM, at=now) == (0, 0)


def test_what_somebody_changed_since_is_left_alone(region: Region, now: datetime) -> None:
    row, other = meeting_on(region, 1), meeting_on(region, 2)
    change = change_period(region=region, meetings=[row, other], plan=MOVE, by=SYSTEM, at=now)
    move_meeting(meeting=row, days=1, by=SYSTEM, at=now)
    assert undo_period(change=change, by=SYSTEM, at=now) == (1, 1)


@FROZEN
def test_a_move_needs_its_days_and_keeps_what_was_typed(office: Client) -> None:
    page = office.post("/netzwerke/zeitraum/", TYPED | {"deed": "move"}).content.decode()
    assert "um wie viele Tage; 0 geht nicht" in page
    assert "Hochwasser" in page
