"""The company's requests: applications and proposals in one list, with one form, from portal and mail link alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404, QueryDict

from werkpfad.base.core.actor import Actor
from werkpfad.base.core.ui.shortcuts import load
from werkpfad.journey.applications.enums import ApplicationState
from werkpfad.journey.applications.models import Application
from werkpfad.journey.applications.queries import for_cards as applications_for_cards
from werkpfad.journey.applications.queries import with_details as applications_with_details
from werkpfad.journey.placements.actions import name_supervisor
from werkpfad.journey.placements.enums import AnswerReason, Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.queries import for_cards, waiting_for, with_details
from werkpfad.journey.placements.rules import NotPossible
from werkpfad.journey.placements.visibility import Viewer
from werkpfad.journey.placements.web.answering import (
    CLOSED,
    Reply,
    answer_application,
    answer_placement,
)
from werkpfad.journey.placements.web.cards import (
    APPLICATION,
    PLACEMENT,
    Card,
    application_card,
    by_due_date,
    placement_card,
)
from werkpfad.journey.placements.web.forms import REASONS, ReasonForm, SupervisorForm

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with the form to decline it."""

    card: Card
    form: ReasonForm

    @property
    def is_rejected(self) -> bool:
        return self.form.is_bound and bool(self.form.errors)


@dataclass(frozen=True, slots=True)
class Requests:
    """Which applications and placements somebody may answer for a company."""

    applications: QuerySet[Application]
    placements: QuerySet[Placement]

    def open_cards(self) -> list[Card]:
        """What waits for the company, earliest deadline first; three queries."""
        applied = applications_for_cards(
            self.applications.filter(state=ApplicationState.OPEN)
        ).order_by("decide_by", "pk")[:SHOWN]
        proposed = for_cards(waiting_for(Side.COMPANY, self.placements))[:SHOWN]
        return by_due_date(_cards(applied, proposed))

    def answered_cards(self, *, since: date | None = None) -> list[Card]:
        """What the company has answered, or what ended otherwise, newest first; `since` leaves out what is long over."""
        waiting = waiting_for(Side.COMPANY, self.placements).values("pk")
        answered = self.placements.exclude(pk__in=waiting)
        if since is not None:
            answered = answered.filter(slot__last_day__gte=since)
        placements = for_cards(answered).order_by("-updated_at", "-pk")[:SHOWN]
        declined = applications_for_cards(
            self.applications.exclude(state__in=(ApplicationState.OPEN, ApplicationState.ACCEPTED))
        ).order_by("-closed_at", "-pk")[:SHOWN]
        return list(_cards(declined, placements))

    def has_withdrawn(self, *, since: datetime) -> bool:
        """Whether an allocation with proposals to the company was taken back lately."""
        return self.placements.filter(
            reason=AnswerReason.ROUND_UNDONE, closed_at__gte=since
        ).exists()

    def answer(self, posted: QueryDict, *, by: Actor, at: datetime) -> Reply | Asked:
        """Carry out a posted answer; an incomplete one comes back with its form to be shown again."""
        kind, _, public_id = posted.get("item", "").partition("-")
        if kind not in (APPLICATION, PLACEMENT):
            raise Http404
        if posted.get("answer") == "supervisor":
            return self._name_supervisor(posted, public_id, by=by, at=at)
        yes = posted.get("answer") == "yes"
        reason = text = ""
        found = (
            load(applications_with_details(self.applications), public_id)
            if kind == APPLICATION
            else load(with_details(self.placements), public_id)
        )
        if not yes:
            form = reason_form(f"{kind}-{public_id}", posted)
            if not form.is_valid():
                return Asked(next(iter(_cards_of(found))), form)
            reason, text = form.cleaned_data["reason"], form.cleaned_data["text"]
        if isinstance(found, Application):
            return answer_application(found, yes=yes, by=by, at=at, reason=reason, text=text)
        return answer_placement(
            found, Side.COMPANY, yes=yes, by=by, at=at, reason=reason, text=text
        )

    def _name_supervisor(
        self, posted: QueryDict, public_id: str, *, by: Actor, at: datetime
    ) -> Reply:
        placement = load(with_details(self.placements), public_id)
        form = SupervisorForm(posted)
        if not form.is_valid():
            return Reply("Der Name ist zu lang. Es wurde nichts geändert.", good=False)
        try:
            name_supervisor(placement=placement, name=form.cleaned_data["supervisor"], by=by, at=at)
        except NotPossible:
            return CLOSED
        return Reply("Gespeichert. Der Name steht jetzt auf der Vereinbarung.")


def reason_form(key: str, posted: QueryDict | None = None) -> ReasonForm:
    return ReasonForm(posted, reasons=REASONS[Side.COMPANY], auto_id=f"{key}-%s")


def asked(cards: Iterable[Card], invalid: Asked | None = None) -> list[Asked]:
    """Each open card with its form; the one just posted incompletely keeps its errors."""
    return [
        invalid if invalid and invalid.card.key == card.key else Asked(card, reason_form(card.key))
        for card in cards
    ]


def _cards(applications: Iterable[Application], placements: Iterable[Placement]) -> Iterable[Card]:
    yield from (placement_card(p, Viewer.COMPANY) for p in placements)
    yield from (application_card(a, Viewer.COMPANY) for a in applications)


def _cards_of(found: Application | Placement) -> Iterable[Card]:
    return _cards([found], []) if isinstance(found, Application) else _cards([], [found])
