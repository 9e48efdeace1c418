"""Where something stands: steps, timelines, progress."""

from collections.abc import Sequence
from typing import Any

from werkpfad.base.core.ui.parts import Event, Step
from werkpfad.base.core.ui.registry import component

STATE_WORDS = {"done": "erledigt", "current": "läuft", "open": "kommt noch"}


@component("stepper")
def stepper(*, steps: Sequence[Step], label: str, numbered: bool = True) -> dict[str, Any]:
    """Phases of a round with their dates, or the pages of a wizard."""
    return {"steps": steps, "label": label, "numbered": numbered, "words": STATE_WORDS}


@component("timeline")
def timeline(*, events: Sequence[Event], label: str = "Verlauf") -> dict[str, Any]:
    """What happened and who must act next (the event whose state is ``current``)."""
    return {"events": events, "label": label, "words": STATE_WORDS}


@component("progress")
def progress(
    *, label: str, value: int, maximum: int = 100, note: str = "", id: str = ""
) -> dict[str, Any]:
    """A server-rendered bar with its figure in words; ``id`` must be unique when several stand on one page."""
    share = round(100 * value / maximum) if maximum else 0
    return {
        "label": label,
        "value": value,
        "maximum": maximum,
        "note": note or f"{value} von {maximum}",
        "share": share,
        "id": id,
    }
