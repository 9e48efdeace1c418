"""What a certificate says, as plain values that are frozen when it is issued."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from werkpfad.journey.applications.rules import local_day
from werkpfad.journey.placements.enums import Presence
from werkpfad.journey.placements.models import Attendance, Placement
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
        "tasks": [line.strip(" -•\t") for line in offer.activities.splitlines() if line.strip()],
        "first_day": slot.first_day.isoformat(),
        "last_day": slot.last_day.isoformat(),
        "days_present": len(present),
        "days_planned": len(days_of(placement)),
        "issued_on": local_day(at).isoformat(),
    }


def hash_of(content: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON; shows that the stored text is the one that was issued."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_untouched(content: dict[str, Any], content_hash: str) -> bool:
    return hash_of(content) == content_hash
