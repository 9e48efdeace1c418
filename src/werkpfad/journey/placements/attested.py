"""What a certificate says, as plain values that are frozen when it is issued."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from werkpfad.base.core.days import day_of
from werkpfad.journey.applications.law import break_minutes, present_minutes
from werkpfad.journey.internships.models import Offer
from werkpfad.journey.placements.enums import Presence
from werkpfad.journey.placements.models import Attendance, Certificate, Placement
from werkpfad.journey.placements.queries import days_of

ATTENDED = (Presence.PRESENT, Presence.LATE)


def content_of(
    placement: Placement, attendances: Iterable[Attendance], *, at: datetime
) -> dict[str, Any]:
    """The certificate's text as JSON values. Birth date and conduct are left out: a certificate gets passed on."""
    pupil, slot = placement.pupil, placement.slot
    offer = slot.offer
    present = [row for row in attendances if row.presence in ATTENDED]
    return {
        "programme": slot.programme.title,
        "given_name": pupil.given_name,
        "family_name": pupil.family_name,
        "school": pupil.school_class.school.organisation.name,
        "company": offer.organisation.name,
        "company_place": offer.site.place_name,
        "offer": offer.title,
        "field": offer.main_field.title,
        "tasks": list(tasks_of(offer)),
        "first_day": slot.first_day.isoformat(),
        "last_day": slot.last_day.isoformat(),
        "days_present": len(present),
        "days_planned": len(days_of(placement)),
        "issued_on": day_of(at).isoformat(),
    }


def tasks_of(offer: Offer) -> tuple[str, ...]:
    """The offer's tasks, one per line as typed, without the marks of a list."""
    lines = (line.strip(" -•\t") for line in offer.activities.splitlines())
    return tuple(line for line in lines if line)


def hash_of(content: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON; shows that the stored text is the one that was issued."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_untouched(content: dict[str, Any], content_hash: str) -> bool:
    return hash_of(content) == content_hash


def days_content_of(certificates: Iterable[Certificate], *, at: datetime) -> dict[str, Any]:
    """The sum sheet's text, built from what the days' certificates say; at least one is needed."""
    rows = sorted(certificates, key=lambda row: (row.content["first_day"], row.code))
    first = rows[0].content
    return {
        "programme": first["programme"],
        "given_name": first["given_name"],
        "family_name": first["family_name"],
        "school": first["school"],
        "days": [
            {
                "day": row.content["first_day"],
                "company": row.content["company"],
                "place": row.content["company_place"],
                "field": row.content["field"],
                "hours": _hours(row.placement.slot.offer),
                "certificate": row.public_id,
            }
            for row in rows
        ],
        "issued_on": day_of(at).isoformat(),
    }


def _hours(offer: Offer) -> int | None:
    """Full hours of a usual day without the break of § 11 JArbSchG; None if the company has not said."""
    if offer.starts_at is None or offer.ends_at is None:
        return None
    times = (offer.starts_at, offer.ends_at)
    return max(present_minutes(*times) - break_minutes(*times), 0) // 60
