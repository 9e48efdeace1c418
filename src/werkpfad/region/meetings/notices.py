"""Mails about meetings: each with the person's own link, and with a calendar object where the entry changes."""

from typing import Any

from werkpfad.region.meetings.entries import entry_for, place_of
from werkpfad.region.meetings.models import Registration
from werkpfad.region.meetings.rules import Method
from werkpfad.region.notifications.enums import NoticeKind
from werkpfad.region.notifications.notice import Attachment, Notice, from_template


def about(
    registration: Registration,
    template: str,
    *,
    url: str,
    occasion: str,
    method: Method | None = None,
    **more: Any,
) -> Notice:
    """`template` lies in `meetings/mail`; `occasion` makes telling the same thing twice impossible."""
    meeting = registration.meeting
    context = {
        "meeting": meeting,
        "circle": meeting.circle,
        "region": meeting.circle.region,
        "name": registration.participant.name,
        "place": place_of(meeting),
        "url": url,
    }
    return from_template(
        NoticeKind.MEETING,
        template,
        context | more,
        dedupe_key=f"meeting:{registration.public_id}:{occasion}:{meeting.sequence}",
        attachments=(_calendar(registration, method, url),) if method else (),
    )


def _calendar(registration: Registration, method: Method, url: str) -> Attachment:
    from werkpfad.region.meetings.ical import invitation  # noqa: PLC0415 -- slow import

    name = "absage.ics" if method is Method.CANCEL else "termin.ics"
    content = invitation(entry_for(registration, url=url), method)
    return Attachment(name, f"text/calendar; method={method}", content)
