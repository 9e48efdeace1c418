"""The log of a round in German, for its page."""

from collections.abc import Iterable

from werkpfad.base.core.enums import ActorKind
from werkpfad.base.core.models import AuditEvent
from werkpfad.base.core.ui.parts import Event
from werkpfad.journey.matching.enums import RoundPhase

_WHAT = {
    "round_created": "Runde angelegt, Los gezogen",
    "round_changed": "Termine oder Regeln geändert",
    "round_wishes_reminded": "Lehrkräfte an fehlende Wünsche erinnert",
    "round_left_begun": "Restplatzbörse begonnen, Schulen und Betriebe benachrichtigt",
    "round_left_reminded": "An das Ende der Restplatzbörse erinnert",
    "round_leftovers": "Restplatzbörse geändert",
    "run_requested": "Berechnung gestartet",
    "run_done": "Berechnung fertig",
    "run_failed": "Berechnung fehlgeschlagen",
    "run_cancelled": "Berechnung abgebrochen",
    "run_restarted": "Berechnung neu gestartet",
    "run_published": "Ergebnis veröffentlicht",
    "run_withdrawn": "Veröffentlichung zurückgenommen",
    "seat_asked": "Betrieb um einen Platz gebeten",
    "class_reminded": "Lehrkräfte an Wünsche erinnert",
    "ruling_made": "Von Hand festgelegt oder ausgeschlossen",
    "ruling_lifted": "Festlegung aufgehoben",
}


def log_lines(events: Iterable[AuditEvent]) -> list[Event]:
    return [Event(_what(row), _who(row), row.at) for row in events]


def _what(row: AuditEvent) -> str:
    if row.event == "round_phase":
        return f"Phase: {RoundPhase(row.facts['after']).label}"
    return _WHAT.get(row.event, row.event)


def _who(row: AuditEvent) -> str:
    return "Koordination" if row.actor_kind == ActorKind.PERSON else "von selbst"
