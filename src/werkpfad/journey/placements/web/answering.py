"""What pages do with a yes or no: one action call, and the sentence that says what came of it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest

from werkpfad.base.core.actor import Actor
from werkpfad.journey.applications import actions as applications
from werkpfad.journey.applications.enums import DeclineReason
from werkpfad.journey.applications.models import Application
from werkpfad.journey.applications.rules import NotPossible as ApplicationClosed
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.actions import CannotPropose, Result
from werkpfad.journey.placements.enums import AnswerReason, Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.rules import NotPossible


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say on the next page; `good` decides between a success and a warning."""

    text: str
    good: bool = True


def say(request: HttpRequest, reply: Reply) -> None:
    """Put the reply on the next page."""
    (messages.success if reply.good else messages.warning)(request, reply.text)


_FORMAL = {
    Result.RECORDED: Reply(
        "Danke, Ihre Zusage ist gespeichert. Sobald alle zugesagt haben, ist der Platz bestätigt."
    ),
    Result.CONFIRMED: Reply("Alle haben zugesagt: Der Platz ist bestätigt."),
    Result.DECLINED: Reply("Ihre Absage ist gespeichert. Die anderen Beteiligten sehen den Grund."),
    Result.FULL: Reply(
        "Der Platz ist leider gerade an jemand anderen vergeben worden.", good=False
    ),
    Result.OTHER_PLACE: Reply(
        "Für diese Zeit ist inzwischen ein anderer Platz bestätigt.", good=False
    ),
    Result.UNCHANGED: Reply("Ihre Antwort war schon gespeichert."),
}
_INFORMAL = {
    Result.RECORDED: Reply(
        "Super, deine Zusage ist gespeichert. Jetzt müssen die anderen noch Ja sagen."
    ),
    Result.CONFIRMED: Reply("Alle haben Ja gesagt: Der Platz gehört dir!"),
    Result.DECLINED: Reply("Deine Absage ist gespeichert. Der Platz ist wieder frei für andere."),
    Result.FULL: Reply(
        "Der Platz ist leider gerade an jemand anderen vergeben worden. Such dir einen anderen aus.",
        good=False,
    ),
    Result.OTHER_PLACE: Reply("Für diese Zeit hast du schon einen anderen Platz.", good=False),
    Result.UNCHANGED: Reply("Deine Antwort war schon gespeichert."),
}
WITHDRAWN = Reply(
    "Die Servicestelle hat diese Vorschläge zurückgenommen. Niemand muss etwas tun; neue kommen von selbst.",
    good=False,
)
CLOSED = Reply("Diese Anfrage ist inzwischen geschlossen. Es wurde nichts geändert.", good=False)


def answer_placement(
    placement: Placement,
    side: Side,
    *,
    yes: bool,
    by: Actor,
    at: datetime,
    reason: str = "",
    text: str = "",
) -> Reply:
    """Answer for one side; closed placements give a sentence, not an error page."""
    try:
        done = actions.answer(
            placement=placement, side=side, yes=yes, by=by, at=at, reason=reason, text=text
        )
    except NotPossible:
        placement.refresh_from_db(fields=["reason"])
        return WITHDRAWN if placement.reason == AnswerReason.ROUND_UNDONE else CLOSED
    return (_INFORMAL if side is Side.PUPIL else _FORMAL)[done.result]


def answer_application(
    application: Application,
    *,
    yes: bool,
    by: Actor,
    at: datetime,
    reason: str = "",
    text: str = "",
) -> Reply:
    """Accept or decline as the company."""
    try:
        if yes:
            done = actions.propose_from_application(application=application, by=by, at=at)
            return _FORMAL[done.result]
        applications.decline(
            application=application, reason=DeclineReason(reason), text=text, by=by, at=at
        )
    except (ApplicationClosed, NotPossible):
        return CLOSED
    except CannotPropose as refused:
        return Reply(" ".join(refused.sentences), good=False)
    return _FORMAL[Result.DECLINED]
