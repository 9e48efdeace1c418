"""What one more seat would do, in words. Levels and signs are those of fairplace: negative is better."""

from collections.abc import Sequence
from dataclasses import dataclass

_RANK = ("unplaced", "days", "floors", "equity", "moved", "fields", "wishes", "travel", "company")


@dataclass(frozen=True, slots=True)
class Worth:
    """One offer: what a further seat there changes first, `order` sorts the best first."""

    text: str
    places_somebody: bool
    order: tuple[int, int]


def worth_of(change: Sequence[tuple[str, int]]) -> Worth:
    """The first level that one more seat improves, as a sentence."""
    name, value = change[0]
    level = name.split()[0]
    gain = -value
    text = {
        "unplaced": "Eine Schüler:in mehr bekommt einen Platz.",
        "days": "Eine Schüler:in bekommt einen Tag mehr.",
        "wishes": f"Wünsche gehen besser auf: zusammen {ranks(gain)}.",
        "travel": f"Die Wege werden zusammen {gain} km kürzer.",
    }.get(level, "Der Ausgleich gelingt besser.")
    place = _RANK.index(level) if level in _RANK else len(_RANK)
    return Worth(text, level in ("unplaced", "days"), (place, -gain))


def ranks(count: int) -> str:
    """So many steps up on wish lists."""
    return "ein Rang" if count == 1 else f"{count} Ränge"
