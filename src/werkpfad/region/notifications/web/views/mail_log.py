"""What was written to whom, for coordinators: so that "we got no mail" can be answered."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.parts import Action, Badge, Tone
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.region.notifications.actions import try_again
from werkpfad.region.notifications.enums import MailStatus, NoticeKind
from werkpfad.region.notifications.models import OutboxMail
from werkpfad.region.notifications.queries import stuck_mails, visible_mails

TONES: dict[str, Tone] = {
    MailStatus.QUEUED: "info",
    MailStatus.SENT: "success",
    MailStatus.FAILED: "danger",
    MailStatus.BUNDLED: "neutral",
}
KINDS: dict[str, str] = dict(NoticeKind.choices) | {"digest": "Sammelmail"}


ERRORS = {
    "SMTPRecipientsRefused": "Adresse abgelehnt",
    "SMTPSenderRefused": "Absender abgelehnt",
    "SMTPDataError": "Mail abgelehnt",
    "SMTPAuthenticationError": "Anmeldung am Mail-Server",
    "SMTPServerDisconnected": "Server hat aufgelegt",
    "ConnectionRefusedError": "Server nicht erreichbar",
    "TimeoutError": "Server antwortet nicht",
    "gaierror": "Server unbekannt",
}


def in_words(error: str) -> str:
    """The kept kind of error for people; its code helps the operator."""
    name, _, code = error.partition(" ")
    return f"{ERRORS.get(name, 'Fehler beim Senden')} {code}".strip()


def _state(mail: OutboxMail) -> list[object]:
    shown: list[object] = [Badge(MailStatus(mail.status).label, TONES[mail.status])]
    if mail.last_error and mail.status != MailStatus.SENT:
        shown.append(in_words(mail.last_error))
    return shown


def _again(mail: OutboxMail) -> Action | None:
    if mail.status != MailStatus.FAILED:
        return None
    url = reverse("notifications:mail_again", args=[mail.public_id])
    return Action("Erneut versuchen", url, kind="tertiary", post=True)


MAILS = TableSpec(
    caption="Mails der Region",
    default_sort="-created",
    per_page=50,
    columns=(
        Column("to", "An", value=lambda mail: mail.to_email, sort="to_email", main=True),
        Column("kind", "Anlass", value=lambda mail: KINDS.get(mail.kind, mail.kind), sort="kind"),
        Column("created", "Geschrieben", value=lambda mail: mail.created_at, sort="created_at"),
        Column("state", "Stand", value=_state),
        Column("again", "Aktion", value=_again, hide_label=True),
    ),
    empty=Empty("Noch keine Mails", "Sobald Werkpfad jemandem schreibt, steht es hier."),
)


class MailFilter(forms.Form):
    use_required_attribute = False
    to = forms.CharField(label="Adresse", required=False, max_length=100)
    status = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *MailStatus.choices]
    )


@require_safe
def mail_log(request: HttpRequest) -> HttpResponse:
    """Address, occasion and fate of each mail; neither subject nor text."""
    grants = grants_of(request)
    require(grants.has(Permission.MANAGE_REGION))
    rows = visible_mails(grants)
    form = MailFilter(request.GET)
    active = 0
    if form.is_valid():
        active = sum(bool(value) for value in form.cleaned_data.values())
        if status := form.cleaned_data["status"]:
            rows = rows.filter(status=status)
        if address := form.cleaned_data["to"]:
            rows = rows.filter(to_email__icontains=address)
    stuck = stuck_mails(grants, at=clock.now())
    oldest = stuck.first()
    context = {
        "table": MAILS.bind(request, rows),
        "filter": form,
        "active": active,
        "stuck": stuck.count(),
        "oldest": oldest,
        "trouble": in_words(oldest.last_error) if oldest else "",
    }
    return render(request, "notifications/mail_log.html", context)


@require_POST
def mail_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Try a mail again that was given up."""
    grants = grants_of(request)
    found = load(visible_mails(grants), public_id)
    if try_again(mail=found, at=clock.now()):
        messages.success(request, "Die Mail steht wieder in der Schlange.")
    else:
        messages.info(request, "Diese Mail ist nicht mehr unzustellbar.")
    return redirect("notifications:mail_log")
