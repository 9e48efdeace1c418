"""Calendar objects (RFC 5545) for mails (RFC 5546) and feeds: values in, bytes out, no database.

Imported where it is used: the library takes half a second to load. Times are written as wall-clock times in Europe/Berlin
with the zone's rules beside them, so that every program shows the same hour on both sides of a clock change.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vText,
)

from werkpfad.base.core.days import BERLIN
from werkpfad.region.meetings.rules import Entry, Method, Party

PRODUCT = "-//Werkpfad//Treffen//DE"
_EVERY_YEAR = {"freq": "yearly", "byday": "-1su"}


def invitation(entry: Entry, method: Method) -> bytes:
    """One event as it travels in a mail."""
    calendar = _calendar()
    calendar.add("method", str(method))
    calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def feed(name: str, entries: Sequence[Entry]) -> bytes:
    """A calendar to subscribe to; programs are asked to look again every six hours."""
    calendar = _calendar()
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(_berlin())
    return calendar


def _berlin() -> Timezone:
    """The rules of Central European Time since 1996 (Directive 2000/84/EC): last Sundays of March and October, 1:00 UTC."""
    zone = Timezone()
    zone.add("tzid", "Europe/Berlin")
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    summer.add("dtstart", datetime(1996, 3, 31, 2))  # noqa: DTZ001 -- a zone's rules are local
    summer.add("rrule", _EVERY_YEAR | {"bymonth": 3})
    summer.add("tzoffsetfrom", timedelta(hours=1))
    summer.add("tzoffsetto", timedelta(hours=2))
    summer.add("tzname", "CEST")
    winter.add("dtstart", datetime(1996, 10, 27, 3))  # noqa: DTZ001 -- see above
    winter.add("rrule", _EVERY_YEAR | {"bymonth": 10})
    winter.add("tzoffsetfrom", timedelta(hours=2))
    winter.add("tzoffsetto", timedelta(hours=1))
    winter.add("tzname", "CET")
    zone.add_component(summer)
    zone.add_component(winter)
    return zone


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamped_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(BERLIN))
    event.add("dtend", entry.ends_at.astimezone(BERLIN))
    event.add("summary", entry.title)
    event.add("status", str(entry.status))
    for name, value in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if value:
            event.add(name, value)
    if entry.organizer:
        event.add("organizer", _address(entry.organizer), encode=False)
    if entry.attendee:
        attendee = _address(entry.attendee)
        attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
        attendee.params["RSVP"] = vText("FALSE")
        event.add("attendee", attendee, encode=False)
    return event


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.email}")
    if party.name:
        # Quotes and control characters cannot stand in a parameter (RFC 5545, 3.2).
        name = "".join(char for char in party.name if char.isprintable() and char != '"')
        address.params["CN"] = vText(name)
    return address
