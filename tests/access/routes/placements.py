from datetime import timedelta
from typing import Any

from tests.access.route import EVERYBODY, Route
from tests.access.world import Side, World
from tests.factories.internships import make_slot
from tests.factories.journey import make_placement
from tests.factories.schools import make_pupil
from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.core import clock
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.placements.actions import issue_certificate, issue_days_certificate
from werkpfad.journey.placements.actions.telling import company_link
from werkpfad.journey.placements.enums import Presence
from werkpfad.journey.placements.models import Attendance, Placement

SCHOOL = frozenset({"teacher", "school_coordinator"})
COMPANY = frozenset({"company_manager", "supervisor"})
FAMILY = frozenset({"pupil", "guardian"})
EVERY_PARTY = FAMILY | SCHOOL | COMPANY


def token(purpose: LinkPurpose, hours: int = 1) -> Any:
    """A link to the company's address that is valid for `hours`, expired when negative."""

    def build(world: World) -> dict[str, str]:
        made = company_link(
            world.own.company,
            world.own.offer.contact_email,
            at=clock.now(),
            valid_for=timedelta(hours=hours),
            purpose=purpose,
        )
        return {"token": made}

    return build


def expired(world: World) -> dict[str, str]:
    purpose = LinkPurpose.COMPANY_ANSWER
    return {"purpose": str(purpose), **token(purpose, hours=-1)(world)}


def past(side: Side) -> Placement:
    """A finished day at the side's company, with attendance and certificate."""
    key = f"past:{side.pupil.pk}"
    existing = Placement.objects.filter(exclusive_key=key).first()
    if existing is not None:
        return existing
    yesterday = clock.today() - timedelta(days=1)
    slot = make_slot(
        offer=side.offer, programme=side.programme, first_day=yesterday, last_day=yesterday
    )
    placement = make_placement(
        pupil=side.pupil,
        slot=slot,
        state="completed",
        confirmed_at=clock.now(),
        exclusive_key=key,
    )
    Attendance.objects.create(
        placement=placement,
        day=yesterday,
        presence=Presence.PRESENT,
        recorded_at=clock.now(),
        channel="portal",
    )
    issue_certificate(placement=placement, by=SYSTEM, at=clock.now())
    return placement


def week_day(half: str) -> Any:
    """A certified day of a week, with its sum sheet."""

    def build(world: World) -> dict[str, str]:
        side: Side = getattr(world, half)
        key = f"week:{side.pupil.pk}"
        existing = Placement.objects.filter(exclusive_key=key).first()
        if existing is not None:
            return {"public_id": existing.public_id}
        yesterday = clock.today() - timedelta(days=1)
        slot = make_slot(
            offer=side.offer, programme=side.week, first_day=yesterday, last_day=yesterday
        )
        placement = make_placement(
            pupil=side.pupil,
            slot=slot,
            state="completed",
            confirmed_at=clock.now(),
            exclusive_key=key,
        )
        Attendance.objects.create(
            placement=placement,
            day=yesterday,
            presence=Presence.PRESENT,
            recorded_at=clock.now(),
            channel="portal",
        )
        issue_certificate(placement=placement, by=SYSTEM, at=clock.now())
        issue_days_certificate(pupil=side.pupil, programme=side.week, by=SYSTEM, at=clock.now())
        return {"public_id": placement.public_id}

    return build


def proposed(half: str) -> Any:
    return lambda w: {"public_id": getattr(w, half).placement.public_id}


def finished(half: str) -> Any:
    return lambda w: {"public_id": past(getattr(w, half)).public_id}


def one(allowed: frozenset[str], *methods: str, of: Any = proposed, **more: Any) -> Route:
    """A route to one placement."""
    return Route(
        allowed=allowed,
        args=of("own"),
        foreign=of("foreign"),
        methods=methods or ("GET",),
        **more,
    )


def without_place(half: str) -> Any:
    def build(world: World) -> dict[str, str]:
        side: Side = getattr(world, half)
        pupil = make_pupil(school_class=side.school_class, with_user=False)
        return {"programme_id": side.programme.public_id, "pupil_id": pupil.public_id}

    return build


NOTHING_CHOSEN = (404,)
ROUTES = {
    "placements:answer": Route(
        allowed=EVERYBODY,
        args=token(LinkPurpose.COMPANY_ANSWER),
        methods=("GET", "POST"),
        post_status=NOTHING_CHOSEN,
        note="the link speaks for the company's address; foreign and old links: test_company_links",
    ),
    "placements:renew_link": Route(
        allowed=EVERYBODY, args=expired, methods=("POST",), post_status=(200,)
    ),
    "placements:attendance_link": Route(
        allowed=EVERYBODY,
        args=token(LinkPurpose.COMPANY_ATTENDANCE),
        methods=("GET", "POST"),
        post_status=NOTHING_CHOSEN,
    ),
    "placements:feedback_link": Route(
        allowed=EVERYBODY, args=token(LinkPurpose.COMPANY_FEEDBACK), methods=("GET", "POST")
    ),
    "placements:check_form": Route(allowed=EVERYBODY, methods=("GET", "POST")),
    "placements:check": Route(
        allowed=EVERYBODY, args=lambda w: {"code": past(w.own).certificate.code}
    ),
    "placements:requests": Route(
        allowed=frozenset({"company_manager"}),
        methods=("GET", "POST"),
        post_status=NOTHING_CHOSEN,
    ),
    "placements:today": Route(allowed=COMPANY, methods=("GET", "POST"), post_status=NOTHING_CHOSEN),
    "placements:my_internship": Route(allowed=frozenset({"pupil"})),
    "placements:say_yes": one(frozenset({"pupil"}), "POST"),
    "placements:say_no": one(frozenset({"pupil"}), "GET", "POST"),
    "placements:approvals": Route(allowed=SCHOOL, methods=("GET", "POST")),
    "placements:reject": one(SCHOOL, "GET", "POST"),
    "placements:without_place": Route(allowed=frozenset({"coordinator"})),
    "placements:without_place_in": Route(
        allowed=frozenset({"coordinator"}),
        args=lambda w: {"programme_id": w.own.programme.public_id},
        foreign=lambda w: {"programme_id": w.foreign.programme.public_id},
    ),
    "placements:propose": Route(
        allowed=frozenset({"coordinator"}),
        args=without_place("own"),
        foreign=without_place("foreign"),
        methods=("GET", "POST"),
        post_status=NOTHING_CHOSEN,
    ),
    "placements:detail": one(EVERY_PARTY | {"coordinator"}),
    "placements:cancel": one(SCHOOL | {"company_manager", "coordinator"}, "GET", "POST"),
    "placements:take_back": one(SCHOOL | {"company_manager", "pupil"}, "POST"),
    "placements:paper": one(SCHOOL, "GET", "POST", of=finished),
    "placements:feedback": one(COMPANY | {"pupil"}, "GET", "POST", of=finished),
    "placements:issue_certificate": one(SCHOOL | COMPANY, "GET", "POST", of=finished),
    "placements:revoke_certificate": one(SCHOOL, "GET", "POST", of=finished),
    "placements:days_sheet": one(SCHOOL | {"pupil"}, "GET", "POST", of=week_day),
    "placements:days_pdf": one(SCHOOL | FAMILY, of=week_day),
    "placements:agreement_pdf": one(EVERY_PARTY, of=finished),
    "placements:attendance_pdf": one(SCHOOL | COMPANY, of=finished),
    "placements:certificate_pdf": one(EVERY_PARTY, of=finished),
}
