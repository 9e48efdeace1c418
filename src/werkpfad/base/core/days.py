"""Days in Germany: which one a moment falls on, and how texts made in Python write them.

Templates have the same shapes as date filters (docs/developer/design.md).
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def day_of(moment: datetime) -> date:
    """The day in Germany at a moment; `moment` is aware."""
    return moment.astimezone(BERLIN).date()


def end_of_day(day: date) -> datetime:
    """The last second of a day in Germany."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=BERLIN)


def written_out(day: date) -> str:
    """For a sentence: 5. Dezember 2026."""
    return f"{without_year(day)} {day.year}"


def without_year(day: date) -> str:
    """For a sentence in which the year cannot be mistaken: 5. Dezember."""
    return f"{day.day}. {_MONTHS[day.month - 1]}"


def in_figures(day: date) -> str:
    """For tables, facts and steps: 05.12.2026."""
    return f"{day:%d.%m.%Y}"


def on_a_tile(day: date) -> str:
    """For a day of a week among others: Mi 25.11."""
    return f"{WEEKDAYS[day.weekday()][:2]} {day:%d.%m.}"


def period(first_day: date, last_day: date) -> str:
    """For a sentence, both days included: "am 22. März 2027", "vom 8. Februar bis 19. Februar 2027"."""
    if first_day == last_day:
        return f"am {written_out(first_day)}"
    same_year = first_day.year == last_day.year
    start = without_year(first_day) if same_year else written_out(first_day)
    return f"vom {start} bis {written_out(last_day)}"
