"""The newsletter: written by the office, asked for and left by anybody, with an open archive."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from werkpfad.base.accounts.enums import LinkPurpose, LinkState
from werkpfad.base.accounts.models import ActionLink
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.queries import find_link
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock, throttle
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.actor import by_link
from werkpfad.base.core.ui.conflict import typed_over
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.meetings.actions import (
    AlreadySent,
    ask_for_news,
    change_issue,
    confirm_news,
    leave_news,
    send_issue,
    write_issue,
)
from werkpfad.region.meetings.models import NewsIssue, Subscription
from werkpfad.region.meetings.permissions import can_steer
from werkpfad.region.meetings.queries import (
    archive_of,
    circles_with_news,
    drafts_of,
    receivers_of,
    steered_issues,
    subscription_of,
)
from werkpfad.region.meetings.web.forms.news import AskForm, IssueForm
from werkpfad.region.meetings.web.tabs import tabs_of
from werkpfad.region.meetings.web.views.answering import closed
from werkpfad.region.meetings.web.views.circles import READ_AND_WRITE, steered

ASKED = throttle.Limit("ask_for_news", 3, timedelta(hours=1))


def steered_issue(request: HttpRequest, public_id: str) -> NewsIssue:
    """An issue one sees (else 404) and may write (else 403)."""
    require(grants_of(request).has(Permission.MANAGE_REGION))
    issue = load(steered_issues(grants_of(request)), public_id)
    require(can_steer(grants_of(request), issue.circle))
    return issue


@require_safe
def issues(request: HttpRequest, public_id: str) -> HttpResponse:
    """Drafts and sent issues of a network."""
    circle = steered(request, public_id)
    context = {
        "circle": circle,
        "tabs": tabs_of(circle, "meetings:issues"),
        "drafts": drafts_of(circle),
        "sent": archive_of(circle)[:50],
        "receivers": receivers_of(circle),
    }
    return render(request, "meetings/issues.html", context)


@require_http_methods(READ_AND_WRITE)
def issue_new(request: HttpRequest, public_id: str) -> HttpResponse:
    circle = steered(request, public_id)
    form = IssueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        write_issue(
            circle=circle,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            by=grants_of(request).by,
            at=clock.now(),
        )
        messages.success(request, "Gespeichert. Verschickt ist noch nichts.")
        return redirect("meetings:issues", circle.public_id)
    return render(request, "meetings/issue_form.html", {"form": form, "circle": circle})


@require_http_methods(READ_AND_WRITE)
def issue_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """A draft. When a colleague saved meanwhile, both texts are shown."""
    issue = steered_issue(request, public_id)
    initial = {"title": issue.title, "text": issue.text, "version": issue.version}
    form = IssueForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"form": form, "circle": issue.circle, "issue": issue}
    if form.is_valid():
        data = form.cleaned_data
        try:
            change_issue(
                issue=issue,
                title=data["title"],
                text=data["text"],
                seen_version=data["version"],
                by=grants_of(request).by,
                at=clock.now(),
            )
        except EditConflict:
            issue.refresh_from_db()
            context |= typed_over(form, issue, ("title", "text"))
            return render(request, "meetings/issue_form.html", context, status=409)
        except AlreadySent:
            messages.warning(request, "Diese Ausgabe ist schon verschickt und bleibt, wie sie ist.")
        else:
            messages.success(request, "Gespeichert.")
        return redirect("meetings:issues", issue.circle.public_id)
    return render(request, "meetings/issue_form.html", context)


@require_http_methods(READ_AND_WRITE)
def issue_send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask with the number of receivers; POST sends."""
    issue = steered_issue(request, public_id)
    back = reverse("meetings:issues", args=[issue.circle.public_id])
    if request.method == "POST":
        try:
            count = send_issue(issue=issue, by=grants_of(request).by, at=clock.now())
        except AlreadySent:
            messages.info(request, "Diese Ausgabe war schon verschickt.")
        else:
            messages.success(request, f"Verschickt an {count} Adressen; sie steht im Archiv.")
        return redirect(back)
    context = {
        "title": "Rundbrief verschicken?",
        "question": f"„{issue.title}“ geht an {receivers_of(issue.circle)} bestätigte Adressen.",
        "consequences": [
            "Die Ausgabe steht danach öffentlich im Archiv und lässt sich nicht mehr ändern."
        ],
        "confirm_label": "Verschicken",
        "cancel_url": back,
    }
    return render(request, "core/confirm.html", context)


@login_not_required
@require_http_methods(READ_AND_WRITE)
def news(request: HttpRequest, public_id: str) -> HttpResponse:
    """The archive of a network, and asking for the next issues. The answer is the same for every address."""
    circle = load(circles_with_news(), public_id)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"].lower()
        if throttle.hit(ASKED, f"{circle.public_id}:{email}", at=clock.now()):
            ask_for_news(circle=circle, email=email, at=clock.now())
        messages.success(request, "Bitte sehen Sie in Ihre Mails: Dort bestätigen Sie die Adresse.")
        return redirect("meetings:news", circle.public_id)
    context = {"circle": circle, "form": form, "issues": archive_of(circle)[:100]}
    return render(request, "meetings/news.html", context)


@login_not_required
@require_safe
def news_issue(request: HttpRequest, public_id: str, issue_id: str) -> HttpResponse:
    circle = load(circles_with_news(), public_id)
    issue = get_object_or_404(archive_of(circle), public_id=issue_id)
    return render(request, "meetings/news_issue.html", {"circle": circle, "issue": issue})


def _opened(token: str) -> tuple[LinkState, ActionLink | None, Subscription | None]:
    state, link = find_link(token, purpose=LinkPurpose.NEWS, at=clock.now())
    return state, link, subscription_of(link) if link is not None else None


@login_not_required
@never_cache
@require_http_methods(READ_AND_WRITE)
def news_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST confirms: mail programs that open links confirm nothing."""
    state, link, row = _opened(token)
    if link is None or row is None or state is not LinkState.VALID:
        return closed(request, LinkState.UNKNOWN if row is None else state)
    if request.method == "POST":
        confirm_news(subscription=row, by=by_link(link.pk), at=clock.now())
        return render(request, "meetings/news_done.html", {"circle": row.circle, "is_in": True})
    context = {"circle": row.circle, "label": "Ja, ich möchte den Rundbrief", "is_leaving": False}
    return render(request, "meetings/news_ask.html", context)


@login_not_required
@never_cache
@require_http_methods(READ_AND_WRITE)
def news_leave(request: HttpRequest, token: str) -> HttpResponse:
    """The link at the end of each mail. Somebody who has left already is told so."""
    state, link, row = _opened(token)
    if link is None or state is not LinkState.VALID:
        return closed(request, LinkState.UNKNOWN if link is None else state)
    if row is not None and request.method == "POST":
        leave_news(subscription=row, by=by_link(link.pk), at=clock.now())
        row = None
    if row is None:
        return render(request, "meetings/news_done.html", {"is_in": False})
    context = {"circle": row.circle, "label": "Abbestellen", "is_leaving": True}
    return render(request, "meetings/news_ask.html", context)


@csrf_exempt
@login_not_required
@require_POST
def news_one_click(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: the mail provider posts here for its user, without cookies; the secret in the address is the proof."""
    state, link, row = _opened(token)
    if request.POST.get("List-Unsubscribe") != "One-Click" or link is None:
        return HttpResponse(status=404)
    if row is not None and state is LinkState.VALID:
        leave_news(subscription=row, by=by_link(link.pk), at=clock.now())
    return HttpResponse("Abbestellt.", content_type="text/plain; charset=utf-8")
