"""Days, agenda lines and seats from values alone."""

from datetime import date, datetime, time, timedelta

import pytest

from werkpfad.base.core.days import BERLIN
from werkpfad.region.meetings.enums import Rhythm
from werkpfad.region.meetings.rules import (
    AgendaLine,
    GroupLine,
    Mark,
    MarkKind,
    agenda_from,
    agenda_text,
    groups_from,
    groups_text,
    has_seat,
    light_of,
    lines_with,
    marks_in,
    moment,
    moved,
    overlap,
    series_days,
    shows_video_link,
)

BEGINS = datetime(2026, 12, 1, 14, tzinfo=BERLIN)
ENDS = datetime(2026, 12, 1, 16, tzinfo=BERLIN)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("days", "offset"), [(-40, 2), (0, 1), (116, 1), (117, 2)], ids=str)
def test_a_move_across_the_clock_change_keeps_the_time_of_day(days: int, offset: int) -> None:
    there = moved(BEGINS, days)
    assert (there.hour, there.minute) == (14, 0)
    assert there.utcoffset() == timedelta(hours=offset)
    assert there.date() == BEGINS.date() + timedelta(days=days)


def test_a_time_the_clock_leaves_out_is_an_hour_later() -> None:
    assert moment(date(2027, 3, 28), time(2, 30)).time() == time(3, 30)


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (Rhythm.WEEKLY, ["2026-10-13", "2026-10-20", "2026-10-27"]),
        (Rhythm.FORTNIGHTLY, ["2026-10-13", "2026-10-27", "2026-11-10"]),
        (Rhythm.MONTHLY, ["2026-10-13", "2026-11-10", "2026-12-08"]),
        (Rhythm.TWO_MONTHLY, ["2026-10-13", "2026-12-08", "2027-02-09"]),
        (Rhythm.HALF_YEARLY, ["2026-10-13", "2027-04-13", "2027-10-12"]),
    ],
)
def test_a_series_keeps_weekday_and_week_of_the_month(rhythm: Rhythm, days: list[str]) -> None:
    assert [str(day) for day in series_days(date(2026, 10, 13), rhythm, 3)] == days


def test_a_fifth_week_becomes_the_last() -> None:
    found = series_days(date(2026, 9, 29), Rhythm.MONTHLY, 3)
    assert [str(day) for day in found] == ["2026-09-29", "2026-10-27", "2026-11-24"]


def test_what_ends_when_the_other_begins_does_not_overlap() -> None:
    assert overlap((BEGINS, ENDS), (ENDS - HOUR, ENDS + HOUR))
    assert not overlap((BEGINS, ENDS), (ENDS, ENDS + HOUR))


def test_the_video_link_is_for_who_comes_and_shortly_before() -> None:
    def shown(at: datetime, is_coming: bool = True) -> bool:
        return shows_video_link(is_coming=is_coming, starts_at=BEGINS, ends_at=ENDS, at=at)

    assert [shown(BEGINS - n * HOUR) for n in (2, 1, 0, -1, -2)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert not shown(BEGINS, is_coming=False)


def test_agenda_lines_are_read_and_written_again() -> None:
    text = "Begrüßung\nRundgang; 30 min; Frau Sommer\n\n Ausblick ;Herr Ast; 10"
    lines = agenda_from(text)
    assert lines == (
        AgendaLine("Begrüßung"),
        AgendaLine("Rundgang", 30, "Frau Sommer"),
        AgendaLine("Ausblick", 10, "Herr Ast"),
    )
    assert agenda_from(agenda_text(lines)) == lines


def test_groups_are_read_and_written_again() -> None:
    lines = groups_from("Eltern; 8\nSchule und Betrieb")
    assert lines == (GroupLine("Eltern", 8), GroupLine("Schule und Betrieb"))
    assert groups_from(groups_text(lines)) == lines


def test_without_capacity_there_is_always_a_seat() -> None:
    assert [has_seat(None, 999), has_seat(2, 1), has_seat(2, 2)] == [True, True, False]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        (
            "Beschluss: Wir treffen uns zweimal.",
            Mark(MarkKind.DECISION, "Wir treffen uns zweimal."),
        ),
        (
            "Aufgabe: Raum buchen (Kim Muster, bis 12.12.2026)",
            Mark(MarkKind.TASK, "Raum buchen", "Kim Muster", date(2026, 12, 12)),
        ),
        (
            "- aufgabe: Raum buchen (Frau Sommer; bis zum 5. 1.)",
            Mark(MarkKind.TASK, "Raum buchen", "Frau Sommer", date(2027, 1, 5)),
        ),
        (
            "Aufgabe: Raum buchen (bis 24.12.)",
            Mark(MarkKind.TASK, "Raum buchen", "", date(2026, 12, 24)),
        ),
        ("Aufgabe: Raum buchen", Mark(MarkKind.TASK, "Raum buchen")),
        ("Aufgabe: Raum (Kim, bis 31.2.2027)", Mark(MarkKind.TASK, "Raum", "Kim, bis 31.2.2027")),
    ],
)
def test_marked_lines_become_decisions_and_tasks(line: str, mark: Mark) -> None:
    assert marks_in(f"Vorher\n{line}\nNachher", meeting_day=BEGINS.date()) == (mark,)


def test_unmarked_lines_become_nothing() -> None:
    text = "Die Aufgabe: schwer.\nEin Beschluss fehlt.\nAufgabe:   "
    assert marks_in(text, meeting_day=BEGINS.date()) == ()


@pytest.mark.parametrize(
    ("days", "light"), [(-1, "red"), (0, "amber"), (7, "amber"), (8, "green"), (None, "grey")]
)
def test_a_task_has_its_light(days: int | None, light: str) -> None:
    today = BEGINS.date()
    due_on = None if days is None else today + timedelta(days=days)
    assert light_of(is_done=False, due_on=due_on, today=today)[0] == light
    assert light_of(is_done=True, due_on=due_on, today=today) == ("green", "erledigt")


def test_found_lines_hold_a_word_or_a_part_of_it() -> None:
    text = "Begrüßung\nDer Ausbildungsbetrieb zeigt alles\nNichts"
    assert lines_with(text, ["betrieb"]) == ["Der Ausbildungsbetrieb zeigt alles"]
