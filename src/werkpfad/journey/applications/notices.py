"""What is told about applications, and to whom."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from werkpfad.base.core.addresses import absolute
from werkpfad.base.core.days import period
from werkpfad.journey.applications.models import Application
from werkpfad.journey.applications.rules import age_band
from werkpfad.region.notifications.enums import NoticeKind
from werkpfad.region.notifications.notice import Notice, from_template

LINK_VALID_FOR = timedelta(days=21)


def answer_address(token: str) -> str:
    return absolute(reverse("placements:answer", args=[token]))


def requested(application: Application, *, token: str) -> Notice:
    """To the company: first name and age band only, as nothing is agreed yet."""
    context = _context(application) | {"address": answer_address(token)}
    return from_template(
        NoticeKind.REQUEST,
        "applications/mail/requested.txt",
        context,
        dedupe_key=f"application:{application.public_id}:requested",
    )


def reminder(application: Application, *, token: str) -> Notice:
    context = _context(application) | {"address": answer_address(token)}
    return from_template(
        NoticeKind.REMINDER,
        "applications/mail/reminder.txt",
        context,
        dedupe_key=f"application:{application.public_id}:reminder",
    )


def withdrawn(application: Application) -> Notice:
    return _plain(application, NoticeKind.CANCELLED, "applications/mail/withdrawn.txt")


def superseded(application: Application) -> Notice:
    return _plain(application, NoticeKind.CANCELLED, "applications/mail/superseded.txt")


def closed(application: Application) -> Notice:
    """To the school: declined or expired, so that somebody helps to find another place."""
    return _plain(application, NoticeKind.ANSWER, "applications/mail/closed.txt")


def _plain(application: Application, kind: NoticeKind, template: str) -> Notice:
    return from_template(
        kind,
        template,
        _context(application) | {"address": absolute("/")},
        dedupe_key=f"application:{application.public_id}:{occasion_of(template)}",
    )


def occasion_of(template: str) -> str:
    """'placements/mail/ended.txt' -> 'ended': the part of a dedupe key that names the occasion."""
    return template.rpartition("/")[2].removesuffix(".txt")


def _context(application: Application) -> dict[str, Any]:
    slot = application.slot
    return {
        "application": application,
        "pupil": application.pupil,
        "band": age_band(application.pupil.birth_date, slot.first_day),
        "slot": slot,
        "offer": slot.offer,
        "region": slot.programme.region,
        "period": period(slot.first_day, slot.last_day),
    }
