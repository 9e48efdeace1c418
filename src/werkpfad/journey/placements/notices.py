"""What is told about placements. A pupil's full name stands only in mails to the school or after everybody agreed."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.core.addresses import absolute
from werkpfad.base.core.days import period
from werkpfad.journey.applications.notices import answer_address, occasion_of
from werkpfad.journey.applications.rules import age_band
from werkpfad.journey.matching.enums import RunKind
from werkpfad.journey.matching.models import Round, Run
from werkpfad.journey.placements.endings import ending_sentence
from werkpfad.journey.placements.models import Placement
from werkpfad.region.network.models import Organisation
from werkpfad.region.notifications.enums import NoticeKind
from werkpfad.region.notifications.notice import Notice, from_template
from werkpfad.region.schools.models import SchoolClass

_ROUTES = {
    LinkPurpose.COMPANY_ANSWER: "placements:answer",
    LinkPurpose.COMPANY_ATTENDANCE: "placements:attendance_link",
    LinkPurpose.COMPANY_FEEDBACK: "placements:feedback_link",
}


def proposed(rows: list[Placement], *, token: str) -> Notice:
    """To the company: who is proposed, by first name, with one link for all."""
    slot = rows[0].slot
    context = {
        "people": [_person(row) for row in rows],
        "organisation": slot.offer.organisation,
        "region": slot.programme.region,
        "answer_by": min(row.answer_by for row in rows),
        "address": answer_address(token),
    }
    key = f"proposed:{rows[0].public_id}:{len(rows)}"
    return from_template(
        NoticeKind.REQUEST, "placements/mail/proposed.txt", context, dedupe_key=key
    )


def reminder_company(row: Placement, due_at: datetime, *, token: str) -> Notice:
    extra = {"due_at": due_at, "address": answer_address(token)}
    return _mail(row, NoticeKind.REMINDER, "placements/mail/reminder_company.txt", extra)


def reminder_school(row: Placement, due_at: datetime) -> Notice:
    extra = {"due_at": due_at, "address": absolute(reverse("placements:approvals"))}
    return _mail(row, NoticeKind.REMINDER, "placements/mail/reminder_school.txt", extra)


def to_approve(row: Placement) -> Notice:
    extra = {"address": absolute(reverse("placements:approvals"))}
    return _mail(row, NoticeKind.ANSWER, "placements/mail/to_approve.txt", extra)


def confirmed(row: Placement) -> Notice:
    """To the company: everything it needs for the first day, and for its register of young people."""
    return _mail(
        row, NoticeKind.CONFIRMED, "placements/mail/confirmed.txt", {"address": absolute("/")}
    )


def confirmed_school(row: Placement) -> Notice:
    return _mail(
        row,
        NoticeKind.CONFIRMED,
        "placements/mail/confirmed_school.txt",
        {"address": absolute("/")},
    )


def declined(row: Placement, *, full: bool = False) -> Notice:
    return _ended(row, NoticeKind.ANSWER, full=full)


def expired(row: Placement, *, full: bool = False) -> Notice:
    return _ended(row, NoticeKind.ANSWER, full=full)


def cancelled(row: Placement, *, full: bool = False) -> Notice:
    return _ended(row, NoticeKind.CANCELLED, full=full)


def _ended(row: Placement, kind: NoticeKind, *, full: bool) -> Notice:
    extra = {
        "sentence": ending_sentence(row),
        "name": row.pupil.full_name if full or row.confirmed_at else row.pupil.given_name,
        "to_school": full,
        "address": absolute("/"),
    }
    return _mail(
        row, kind, "placements/mail/ended.txt", extra, key="ended-school" if full else "ended"
    )


def seat_free(row: Placement) -> Notice:
    """To the coordination, without a name: a seat can be given again."""
    return _mail(
        row, NoticeKind.REGION, "placements/mail/seat_free.txt", {"address": absolute("/")}
    )


def round_for_class(school_class: SchoolClass, count: int, run: Run) -> Notice:
    context = {
        "school_class": school_class,
        "count": count,
        "region": school_class.school.organisation.region,
        "address": absolute(reverse("placements:approvals")),
        "is_fill": run.kind == RunKind.FILL,
    }
    return from_template(
        NoticeKind.ROUND,
        "placements/mail/round_for_class.txt",
        context,
        dedupe_key=f"run:{run.public_id}:class:{school_class.public_id}",
    )


def withdrawn_company(organisation: Organisation, run: Run) -> Notice:
    """To the company: the proposals of a published round are void; without names, and without the reason's text."""
    context = {
        "organisation": organisation,
        "programme": run.round.programme,
        "region": organisation.region,
    }
    key = f"run:{run.public_id}:withdrawn:{organisation.public_id}"
    return from_template(
        NoticeKind.CANCELLED, "placements/mail/withdrawn_company.txt", context, dedupe_key=key
    )


def withdrawn_school(school_class: SchoolClass, run: Run) -> Notice:
    context = {
        "school_class": school_class,
        "programme": run.round.programme,
        "region": school_class.school.organisation.region,
    }
    key = f"run:{run.public_id}:withdrawn:class:{school_class.public_id}"
    return from_template(
        NoticeKind.ROUND, "placements/mail/withdrawn_school.txt", context, dedupe_key=key
    )


def fill_waits(run: Run, count: int) -> Notice:
    """To the coordination: tonight's fill-up found places and waits for one click."""
    context = {
        "count": count,
        "programme": run.round.programme,
        "region": run.round.programme.region,
        "address": absolute(reverse("matching:run", args=[run.public_id])),
    }
    key = f"run:{run.public_id}:waits"
    return from_template(
        NoticeKind.REGION, "placements/mail/fill_waits.txt", context, dedupe_key=key
    )


def left_begun(school_class: SchoolClass, count: int, round_: Round) -> Notice:
    key = f"left_begun:{round_.public_id}:{school_class.public_id}:{round_.confirm_until}"
    return from_template(
        NoticeKind.ROUND,
        "placements/mail/left_begun.txt",
        _left(school_class, count, round_),
        dedupe_key=key,
    )


def left_ends(school_class: SchoolClass, count: int, round_: Round) -> Notice:
    key = f"left_ends:{round_.public_id}:{school_class.public_id}:{round_.leftovers_until}"
    return from_template(
        NoticeKind.REMINDER,
        "placements/mail/left_ends.txt",
        _left(school_class, count, round_),
        dedupe_key=key,
    )


def _left(school_class: SchoolClass, count: int, round_: Round) -> dict[str, Any]:
    """For a class's teacher: how many have nothing yet, without names."""
    return {
        "school_class": school_class,
        "count": count,
        "round": round_,
        "programme": round_.programme,
        "region": round_.programme.region,
        "address": absolute(reverse("matching:class_leftovers")),
    }


def left_ends_region(count: int, round_: Round) -> Notice:
    """To the coordination: how many have nothing yet when the leftover market is about to end."""
    programme = round_.programme
    context = {
        "count": count,
        "round": round_,
        "programme": programme,
        "region": programme.region,
        "address": absolute(reverse("placements:without_place_in", args=[programme.public_id])),
    }
    key = f"left_ends:{round_.public_id}:{round_.leftovers_until}"
    return from_template(
        NoticeKind.REMINDER, "placements/mail/left_ends_region.txt", context, dedupe_key=key
    )


def seats_left(organisation: Organisation, seats: int, round_: Round) -> Notice:
    """To a company with free seats, once when the leftover market begins."""
    context = {
        "organisation": organisation,
        "seats": seats,
        "round": round_,
        "programme": round_.programme,
        "region": round_.programme.region,
        "address": absolute(reverse("internships:company_offers")),
    }
    key = f"seats_left:{round_.public_id}:{organisation.public_id}:{round_.confirm_until}"
    return from_template(
        NoticeKind.ROUND, "placements/mail/seats_left.txt", context, dedupe_key=key
    )


def coming_today(rows: list[Placement], *, day: date, token: str) -> Notice:
    """To the company in the morning of a first day: who comes, and a link to confirm with one tap."""
    slot = rows[0].slot
    context = {
        "people": rows,
        "day": day,
        "organisation": slot.offer.organisation,
        "region": slot.programme.region,
        "address": _address(LinkPurpose.COMPANY_ATTENDANCE, token),
    }
    key = f"coming:{slot.offer.organisation.public_id}:{day.isoformat()}"
    return from_template(
        NoticeKind.ATTENDANCE, "placements/mail/coming_today.txt", context, dedupe_key=key
    )


def feedback_wanted(row: Placement, *, token: str) -> Notice:
    extra = {"address": _address(LinkPurpose.COMPANY_FEEDBACK, token)}
    return _mail(row, NoticeKind.FEEDBACK, "placements/mail/feedback_wanted.txt", extra)


def new_link(organisation: Organisation, *, purpose: str, token: str, at: datetime) -> Notice:
    context = {
        "organisation": organisation,
        "region": organisation.region,
        "address": _address(LinkPurpose(purpose), token),
    }
    key = f"link:{organisation.public_id}:{purpose}:{at:%Y%m%d%H%M}"
    return from_template(
        NoticeKind.ACCOUNT, "placements/mail/new_link.txt", context, dedupe_key=key, urgent=True
    )


def _address(purpose: LinkPurpose, token: str) -> str:
    return absolute(reverse(_ROUTES[purpose], args=[token]))


def _mail(
    row: Placement, kind: NoticeKind, template: str, extra: dict[str, Any], *, key: str = ""
) -> Notice:
    slot = row.slot
    context = {
        "placement": row,
        "pupil": row.pupil,
        "school": row.pupil.school_class.school.organisation,
        "slot": slot,
        "offer": slot.offer,
        "region": slot.programme.region,
        "period": period(slot.first_day, slot.last_day),
    } | extra
    return from_template(
        kind,
        template,
        context,
        dedupe_key=f"placement:{row.public_id}:{key or occasion_of(template)}",
    )


def _person(row: Placement) -> dict[str, Any]:
    return {
        "given_name": row.pupil.given_name,
        "band": age_band(row.pupil.birth_date, row.slot.first_day),
        "period": period(row.slot.first_day, row.slot.last_day),
        "offer": row.slot.offer.title,
    }
