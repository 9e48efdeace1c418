"""What one more seat would change: where a region should ask for it, read from the prices of the answer.

One more seat in a slot opens a way from the slot to the sink. Whatever it improves is a cheapest path from the
sink back to the slot in the residual network; one search from the sink answers for all slots at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fairplace.explain import Explainer
from fairplace.flow import FlowResult
from fairplace.network import Network
from fairplace.solution import SeatWorth

DRAWN = ("lottery", "tie")
"""Levels that only say who is lucky; a seat that changes nothing else helps nobody."""


def seat_worth(
    network: Network, result: FlowResult, people: int, slots: Sequence[str]
) -> tuple[SeatWorth, ...]:
    """Slots in which one more seat would improve the answer, sorted by id.

    Nodes `people` .. `people` + S - 1 are the slots in their order, the next one the sink. In a week it is what
    the last flow could gain, so the true gain is at least that.
    """
    sink = people + len(slots)
    seats = np.flatnonzero(
        (network.head == sink)
        & (network.tail >= people)
        & (network.tail < sink)
        & (result.flow == network.cap)
        & (network.cap > 0)
    )
    full = {int(network.tail[arc]) for arc in seats}
    if not full:
        return ()
    asked = np.array(sorted(full), dtype=np.int64)
    nothing = np.zeros((len(network.levels), len(asked)), dtype=np.int64)
    answers = Explainer(network, result).ask(np.full_like(asked, sink), asked, nothing)
    found = []
    for node, forced in zip(asked.tolist(), answers, strict=True):
        if forced is None:
            continue
        named = tuple(
            (name, value)
            for (name, _), value in zip(network.levels, forced.change, strict=True)
            if value and name not in DRAWN
        )
        if named and named[0][1] < 0:
            found.append(SeatWorth(slots[node - people], named))
    return tuple(sorted(found, key=lambda row: row.slot))
