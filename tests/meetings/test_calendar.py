"""Calendar objects as two independent libraries read them, over both clock changes, moves and cancellations (T53)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import vobject

from werkpfad.region.meetings.ical import feed, invitation
from werkpfad.region.meetings.rules import Entry, Method, Party, Status, moment

DAYS = [date(2026, 10, 24), date(2026, 10, 25), date(2027, 3, 27), date(2027, 3, 28)]
NASTY = 'Tür; Ecke, "Haken" \\ <b>x</b>\nzweite Zeile ' + "ß" * 80


def entry(**more: Any) -> Entry:
    values: dict[str, Any] = {
        "uid": "abc@werkpfad.example",
        "sequence": 0,
        "stamped_at": datetime(2026, 11, 1, 9, tzinfo=UTC),
        "starts_at": moment(date(2026, 12, 1), time(14)),
        "ends_at": moment(date(2026, 12, 1), time(16)),
        "title": "Treffen",
        "organizer": Party("Büro; Süd", "buero@example.org"),
        "attendee": Party('Kim "K" Muster\r\nX-EVIL:1', "kim@example.org"),
    }
    return Entry(**values | more)


def by_icalendar(raw: bytes) -> Any:
    return icalendar.Calendar.from_ical(raw).walk("VEVENT")[0]


def by_vobject(raw: bytes) -> Any:
    return vobject.readOne(raw.decode()).vevent


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("hour", [1, 4, 14])
def test_both_readers_see_the_hour_on_the_wall_and_the_same_moment(day: date, hour: int) -> None:
    starts = moment(day, time(hour))
    raw = invitation(entry(starts_at=starts, ends_at=starts + timedelta(hours=2)), Method.REQUEST)
    first, second = by_icalendar(raw)["dtstart"].dt, by_vobject(raw).dtstart.value
    assert first.astimezone(UTC) == second.astimezone(UTC) == starts.astimezone(UTC)
    assert f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T{hour:02d}0000" in raw.decode()


def test_the_zone_is_described_with_both_changes() -> None:
    zone = icalendar.Calendar.from_ical(invitation(entry(), Method.REQUEST)).walk("VTIMEZONE")[0]
    assert zone["tzid"] == "Europe/Berlin"
    assert [str(part.name) for part in zone.subcomponents] == ["DAYLIGHT", "STANDARD"]


def test_text_survives_both_readers() -> None:
    raw = invitation(entry(title=NASTY, text=NASTY, place=NASTY), Method.REQUEST)
    for name in ("summary", "description", "location"):
        assert str(by_icalendar(raw)[name]) == NASTY
        assert getattr(by_vobject(raw), name).value == NASTY
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


def test_a_name_cannot_smuggle_in_a_line() -> None:
    raw = invitation(entry(), Method.REQUEST)
    event = by_icalendar(raw)
    assert "X-EVIL" not in event
    assert str(event["attendee"]) == "mailto:kim@example.org"
    assert str(event["organizer"].params["CN"]) == "Büro; Süd"


def test_a_move_keeps_the_uid_and_raises_the_sequence() -> None:
    before = by_icalendar(invitation(entry(), Method.REQUEST))
    later = moment(date(2027, 4, 6), time(14))
    raw = invitation(entry(sequence=1, starts_at=later, ends_at=later), Method.REQUEST)
    after = by_vobject(raw)
    assert after.uid.value == str(before["uid"])
    assert int(after.sequence.value) > int(before["sequence"])


@pytest.mark.parametrize("method", list(Method))
def test_the_method_is_named(method: Method) -> None:
    status = Status.CANCELLED if method is Method.CANCEL else Status.CONFIRMED
    raw = invitation(entry(sequence=2, status=status), method)
    assert str(icalendar.Calendar.from_ical(raw)["method"]) == method
    assert vobject.readOne(raw.decode()).method.value == method
    assert by_vobject(raw).status.value == status


def test_a_feed_holds_all_entries_and_names_nobody() -> None:
    rows = [
        entry(uid=f"{n}@x.example", organizer=None, attendee=None, status=status)
        for n, status in enumerate(Status)
    ]
    raw = feed("Treffen", rows)
    found = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert [str(event["status"]) for event in found] == [str(status) for status in Status]
    assert len(vobject.readOne(raw.decode()).vevent_list) == 3
    assert b"mailto:" not in raw
    assert raw == feed("Treffen", rows)
