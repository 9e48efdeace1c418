"""Attendance: today's page of the company, with and without account, and the paper sheet entered by the school."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from werkpfad.base.accounts.enums import LinkPurpose
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.enums import Channel
from werkpfad.base.core.ui.parts import Link
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.enums import SEATED, Presence, Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.permissions import can_answer
from werkpfad.journey.placements.queries import (
    answers_by_link,
    company_placements,
    days_of,
    visible_placements,
    with_details,
)
from werkpfad.journey.placements.web.answering import say
from werkpfad.journey.placements.web.days import expected_on, record_posted
from werkpfad.journey.placements.web.forms import AttendanceForm
from werkpfad.journey.placements.web.links import open_link

LOOK_BACK = 14


@require_http_methods(["GET", "HEAD", "POST"])
def today(request: HttpRequest) -> HttpResponse:
    """Who comes today, for everybody of a company who may record it."""
    require(grants_of(request).has(Permission.RECORD_ATTENDANCE))
    placements = company_placements(grants_of(request))
    day = _day(request)
    if request.method == "POST":
        say(
            request,
            record_posted(
                request.POST,
                placements,
                day=day,
                by=grants_of(request).by,
                at=clock.now(),
                today=clock.today(),
            ),
        )
        return redirect(request.get_full_path())
    return render(request, "placements/today.html", _context(placements, day))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendance_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same page from the mail, without account."""
    opened = open_link(request, token, LinkPurpose.COMPANY_ATTENDANCE)
    if isinstance(opened, HttpResponse):
        return opened
    placements = answers_by_link(opened.offers)
    day = _day(request)
    if request.method == "POST":
        say(
            request,
            record_posted(
                request.POST,
                placements,
                day=day,
                by=opened.by,
                at=opened.at,
                today=opened.today,
            ),
        )
        return redirect(request.get_full_path())
    context = _context(placements, day) | {"organisation": opened.organisation}
    return render(request, "placements/today_link.html", context)


def _day(request: HttpRequest) -> date:
    """`?tag=` as ISO date within the last two weeks; today otherwise."""
    try:
        day = date.fromisoformat(request.GET.get("tag", ""))
    except ValueError:
        return clock.today()
    if not clock.today() - timedelta(days=LOOK_BACK) <= day <= clock.today():
        raise Http404
    return day


def _context(placements: QuerySet[Placement], day: date) -> dict[str, object]:
    current = clock.today()
    before = day - timedelta(days=1)
    links = []
    if current - before <= timedelta(days=LOOK_BACK):
        links.append(Link("Tag davor", f"?tag={before.isoformat()}", icon="chevron-left"))
    if day < current:
        links.append(Link("Heute", "?", icon="calendar-today"))
    return {
        "day": day,
        "is_today": day == current,
        "people": expected_on(day, placements),
        "choices": [(p.value, p.label) for p in Presence],
        "days": links,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """The paper sheet of one pupil, entered by the school."""
    placement = load(with_details(visible_placements(grants_of(request))), public_id)
    require(can_answer(grants_of(request), placement, Side.SCHOOL))
    if placement.state not in SEATED:
        raise Http404
    form = _paper_form(request, placement)
    if request.method == "POST" and form.is_valid():
        given = {
            date.fromisoformat(iso): Presence(value)
            for iso, value in form.cleaned_data.items()
            if value
        }
        count = actions.record_days(
            placement=placement,
            days=given,
            by=grants_of(request).by.through(Channel.PAPER),
            at=clock.now(),
            today=clock.today(),
        )
        messages.success(request, f"{count} {'Tag' if count == 1 else 'Tage'} eingetragen.")
        return redirect("placements:detail", placement.public_id)
    status = 422 if request.method == "POST" else 200
    context = {"placement": placement, "name": placement.pupil.full_name, "form": form}
    return render(request, "placements/paper.html", context, status=status)


def _paper_form(request: HttpRequest, placement: Placement) -> AttendanceForm:
    today = clock.today()
    days = {d.isoformat(): f"{d:%d.%m.%Y}" for d in days_of(placement) if d <= today}
    known = {row.day.isoformat(): row.presence for row in placement.attendances.all()}
    return AttendanceForm(request.POST or None, days=days, known=known)
