"""Why a placement ended, as one plain sentence for mails and pages."""

from werkpfad.journey.placements.enums import AnswerReason, PlacementState, Side
from werkpfad.journey.placements.models import Placement

_WHO = {
    Side.COMPANY: "Der Betrieb",
    Side.PUPIL: "Die Schülerin oder der Schüler",
    Side.SCHOOL: "Die Schule",
    "": "Die Servicestelle",
}


def ending_sentence(placement: Placement, *, to_pupil: bool = False) -> str:
    """One sentence with the reason; empty while the placement is active."""
    state = PlacementState(placement.state)
    reason = placement.reason
    if reason == AnswerReason.FULL and not placement.closed_by:
        return "Der Platz ist leider gerade an jemand anderen vergeben worden."
    if reason == AnswerReason.ROUND_UNDONE:
        return "Die Servicestelle hat die Zuteilung zurückgenommen. Niemand muss etwas tun."
    if reason == AnswerReason.OTHER_PLACE and state is PlacementState.DECLINED:
        return "Für diese Zeit ist ein anderer Platz bestätigt."
    if state is PlacementState.EXPIRED:
        return f"Die Frist ist abgelaufen: {_subject(placement, to_pupil)} nicht rechtzeitig geantwortet."
    if state not in (PlacementState.DECLINED, PlacementState.CANCELLED):
        return ""
    word = "abgelehnt" if state is PlacementState.DECLINED else "abgesagt"
    sentence = f"{_capital(_subject(placement, to_pupil))} {word}."
    return f"{sentence} Grund: {placement.get_reason_display()}." if reason else sentence


def _subject(placement: Placement, to_pupil: bool) -> str:
    if to_pupil and placement.closed_by == Side.PUPIL:
        return "du hast"
    who = _WHO[placement.closed_by]
    return f"{who[0].lower()}{who[1:]} hat"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
