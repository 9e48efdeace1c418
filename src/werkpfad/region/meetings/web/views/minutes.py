"""Minutes: written by several people item by item, approved once, read and found by members."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.enums import LinkPurpose, LinkState
from werkpfad.base.accounts.queries import find_link
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.days import day_of, in_figures, written_out
from werkpfad.base.core.ui.shortcuts import load, paginate, require
from werkpfad.region.meetings.actions import AlreadyApproved, approve_minutes, write_notes
from werkpfad.region.meetings.actions.minutes import owner_among
from werkpfad.region.meetings.documents import (
    MinutesDocument,
    MinutesItem,
    MinutesTask,
    minutes_pdf,
)
from werkpfad.region.meetings.entries import place_of
from werkpfad.region.meetings.models import AgendaItem, Meeting, Minutes
from werkpfad.region.meetings.queries import (
    minutes_of,
    open_points,
    readers_of,
    search_words,
    visible_minutes,
    with_words,
)
from werkpfad.region.meetings.rules import Mark, MarkKind, lines_with, marks_in
from werkpfad.region.meetings.web.forms.minutes import MinutesSearchForm, NotesForm
from werkpfad.region.meetings.web.paper import facts_of, file_response, letterhead, when_of
from werkpfad.region.meetings.web.points import lines_of
from werkpfad.region.meetings.web.views.answering import closed
from werkpfad.region.meetings.web.views.circles import READ_AND_WRITE
from werkpfad.region.meetings.web.views.meetings import steered_meeting


@dataclass(frozen=True, slots=True)
class Written:
    """One item on the writing page; `theirs` is what a colleague saved while this was typed."""

    item: AgendaItem
    form: NotesForm
    theirs: str | None = None


@require_http_methods(READ_AND_WRITE)
def minutes_write(request: HttpRequest, public_id: str) -> HttpResponse:
    """All items, each with its own button: colleagues write different items without meeting."""
    found = steered_meeting(request, public_id)
    items = list(found.agenda.order_by("position"))
    posted = next((i for i in items if i.public_id == request.POST.get("item")), None)
    written = None
    if posted is not None:
        written = _save(request, posted)
        if written is None:
            messages.success(request, f"„{posted.title}“ ist gespeichert.")
            address = reverse("meetings:minutes_write", args=[found.public_id])
            return redirect(f"{address}#punkt-{posted.public_id}")
    context = {
        "meeting": found,
        "when": when_of(found),
        "written": [
            written if written and item is posted else Written(item, _form_of(item))
            for item in items
        ],
        "points": lines_of(open_points(found.circle), clock.today()),
        "minutes": Minutes.objects.filter(meeting=found).first(),
    }
    return render(request, "meetings/minutes_write.html", context, status=409 if written else 200)


def _form_of(item: AgendaItem, data: Any = None) -> NotesForm:
    initial = {"notes": item.notes, "version": item.version}
    return NotesForm(data, initial=initial, auto_id=f"{item.public_id}-%s")


def _save(request: HttpRequest, item: AgendaItem) -> Written | None:
    """None when it is stored; otherwise the item with both texts."""
    form = _form_of(item, request.POST)
    if not form.is_valid():
        return Written(item, form)
    try:
        write_notes(
            item=item,
            notes=form.cleaned_data["notes"],
            seen_version=form.cleaned_data["version"],
            by=grants_of(request).by,
            at=clock.now(),
        )
    except AlreadyApproved:
        item.refresh_from_db()
        return Written(item, form, item.notes)
    except EditConflict:
        item.refresh_from_db()
        both = {"notes": form.cleaned_data["notes"], "version": item.version}
        return Written(item, _form_of(item, both), item.notes)
    return None


@require_http_methods(READ_AND_WRITE)
def minutes_approve(request: HttpRequest, public_id: str) -> HttpResponse:
    """What approval will make of the marked lines; POST does it."""
    found = steered_meeting(request, public_id)
    back = reverse("meetings:minutes_write", args=[found.public_id])
    if request.method == "POST":
        try:
            made = approve_minutes(meeting=found, by=grants_of(request).by, at=clock.now())
        except AlreadyApproved:
            messages.info(request, "Das Protokoll war schon freigegeben.")
            return redirect(back)
        messages.success(request, "Freigegeben. Alle Mitglieder bekommen einen Link.")
        return redirect("meetings:minutes", made.public_id)
    context = {
        "title": "Protokoll freigeben?",
        "question": "Danach ist der Text fest. Mitglieder und Eingeladene bekommen eine Mail mit Link.",
        "consequences": _consequences(found),
        "confirm_label": "Freigeben",
        "cancel_url": back,
    }
    return render(request, "core/confirm.html", context)


def _consequences(meeting: Meeting) -> list[str]:
    day = day_of(meeting.starts_at)
    readers = list(readers_of(meeting))
    lines = []
    for item in meeting.agenda.order_by("position"):
        for mark in marks_in(item.notes, meeting_day=day):
            if mark.kind is MarkKind.DECISION:
                lines.append(f"Beschluss: {mark.text}")
            else:
                lines.append(_task_line(mark, owner_among(readers, mark.owner) is not None))
    return lines or ["Keine Zeile beginnt mit „Beschluss:“ oder „Aufgabe:“."]


def _task_line(mark: Mark, is_known: bool) -> str:
    line = f"Aufgabe: {mark.text}"
    if mark.due_on:
        line += f", bis {in_figures(mark.due_on)}"
    if not mark.owner:
        return f"{line}. Niemand ist genannt."
    if is_known:
        return f"{line}. {mark.owner} bekommt eine Mail."
    return f"{line}. „{mark.owner}“ ist kein eindeutiger Name unter den Eingeladenen: ohne Mail."


@require_safe
def minutes_search(request: HttpRequest) -> HttpResponse:
    """All minutes one may read, found by words; no words show the newest."""
    require(request.user.email is not None)
    form = MinutesSearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    rows = with_words(visible_minutes(grants_of(request)), words).order_by(
        "-meeting__starts_at", "pk"
    )
    pages = paginate(request, rows.prefetch_related("meeting__agenda"), 20)
    wanted = search_words(words)
    context = {
        "filter": form,
        "pages": pages,
        "found": [(row, lines_with(_text(row), wanted) if wanted else []) for row in pages],
        "words": words,
    }
    return render(request, "meetings/minutes_search.html", context)


def _text(row: Minutes) -> str:
    items = sorted(row.meeting.agenda.all(), key=lambda item: item.position)
    return "\n".join(f"{item.title}\n{item.notes}" for item in items)


@require_safe
def minutes(request: HttpRequest, public_id: str) -> HttpResponse:
    require(request.user.email is not None)
    found = load(visible_minutes(grants_of(request)), public_id)
    return _page(request, found, reverse("meetings:minutes_pdf", args=[found.public_id]))


@require_safe
def minutes_file(request: HttpRequest, public_id: str) -> HttpResponse:
    require(request.user.email is not None)
    return _pdf(load(visible_minutes(grants_of(request)), public_id))


@login_not_required
@never_cache
@require_safe
def minutes_by_link(request: HttpRequest, token: str) -> HttpResponse:
    found = _by_link(request, token)
    if isinstance(found, HttpResponse):
        return found
    return _page(request, found, reverse("meetings:minutes_pdf_by_link", args=[token]))


@login_not_required
@never_cache
@require_safe
def minutes_file_by_link(request: HttpRequest, token: str) -> HttpResponse:
    found = _by_link(request, token)
    return found if isinstance(found, HttpResponse) else _pdf(found)


def _by_link(request: HttpRequest, token: str) -> Minutes | HttpResponse:
    state, link = find_link(token, purpose=LinkPurpose.MEETING, at=clock.now())
    found = minutes_of(link) if link is not None else None
    if found is None:
        return closed(request, LinkState.UNKNOWN)
    return found if state is LinkState.VALID else closed(request, state)


def _page(request: HttpRequest, found: Minutes, pdf_url: str) -> HttpResponse:
    meeting = found.meeting
    points = meeting.action_points.select_related("owner__organisation", "meeting").order_by("pk")
    context = {
        "minutes": found,
        "meeting": meeting,
        "facts": facts_of(meeting),
        "items": meeting.agenda.order_by("position"),
        "decisions": meeting.decisions.order_by("pk"),
        "points": lines_of(points, clock.today()),
        "pdf_url": pdf_url,
    }
    return render(request, "meetings/minutes.html", context)


def _pdf(found: Minutes) -> HttpResponse:
    meeting = found.meeting
    points = meeting.action_points.select_related("owner").order_by("pk")
    document = MinutesDocument(
        letterhead=letterhead(meeting.circle.region),
        title=meeting.title,
        circle=meeting.circle.name,
        when=when_of(meeting),
        place=place_of(meeting),
        there=meeting.registrations.filter(was_there=True).count(),
        items=tuple(
            MinutesItem(title=item.title, owner=item.owner, notes=item.notes)
            for item in meeting.agenda.order_by("position")
        ),
        decisions=tuple(meeting.decisions.order_by("pk").values_list("text", flat=True)),
        tasks=tuple(
            MinutesTask(
                text=point.text,
                owner=point.owner.name if point.owner else point.owner_name,
                due=written_out(point.due_on) if point.due_on else "",
            )
            for point in points
        ),
        dated=day_of(found.approved_at),
    )
    return file_response(minutes_pdf(document), "application/pdf", "protokoll.pdf")
