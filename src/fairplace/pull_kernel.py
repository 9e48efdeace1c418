"""Few seats and many people: seat after seat takes whom it serves best; runs as Python and as machine code."""

from __future__ import annotations

from typing import Any


def pull(  # noqa: C901 -- one loop on purpose: numba compiles no calls between kernels
    start: Any,
    person: Any,
    gain: Any,
    seats: Any,
    arc_of: Any,
    slot_of: Any,
    price: Any,
    dist: Any,
    origin: Any,
    by: Any,
    state: Any,
    via: Any,
    visited: Any,
    base: Any,
    least: Any,
    reach: Any,
    ready: Any,
    heap: Any,
    key: Any,
) -> int:
    """Shortest augmenting paths from the side of the seats, with vectors as costs, compared from the left.

    Slot s offers `seats` (S,) to `person` (A,) over the arcs `start[s]` .. `start[s + 1]`; taking somebody in costs
    `gain` (G, A), less than nothing where it is worth it. Writes the arc everybody is taken by into `arc_of`
    (P,), which must be -1, so that the sum is the least possible. Every seat looks for the cheapest way to somebody
    nobody has taken, or to staying empty, where taken people may change to another slot; `price` (G, P) keeps all
    other ways from being cheaper. Returns the number of people taken. Zero at the beginning: `price`, `state` (P,),
    `visited` (S,). Room to work in: `slot_of`, `origin`, `by`, `ready` (P,), `dist` (G, P), `via` (S,), `base` (G, S),
    `least`, `reach` (G,), `heap` (A+1,), `key` (G, A+1).
    """
    parts = len(gain)
    turn = 0
    taken = 0
    for slot in range(len(seats)):
        for _seat in range(seats[slot]):
            turn += 1
            # The cheapest end known: somebody free (`end`), or an empty seat in the slot `empty`.
            end, empty = -1, slot
            for g in range(parts):
                least[g] = 0
                base[g][slot] = 0
            visited[slot] = turn
            via[slot] = -1
            scan = slot
            last = 0
            found = 0
            while True:
                for arc in range(start[scan], start[scan + 1]):
                    who = person[arc]
                    if state[who] == 2 * turn + 1:
                        continue
                    over = True
                    for g in range(parts):
                        reach[g] = base[g][scan] + gain[g][arc] - price[g][who]
                    for g in range(parts):
                        if reach[g] != least[g]:
                            over = reach[g] > least[g]
                            break
                    if over:
                        continue
                    if arc_of[who] < 0:
                        end, empty = who, -1
                        by[who] = arc
                        origin[who] = scan
                        for g in range(parts):
                            least[g] = reach[g]
                        continue
                    if state[who] == 2 * turn:
                        closer = False
                        for g in range(parts):
                            if reach[g] != dist[g][who]:
                                closer = reach[g] < dist[g][who]
                                break
                        if not closer:
                            continue
                    state[who] = 2 * turn
                    by[who] = arc
                    origin[who] = scan
                    at = last
                    last += 1
                    heap[at] = who
                    for g in range(parts):
                        dist[g][who] = reach[g]
                        key[g][at] = reach[g]
                    while at > 0:
                        up = (at - 1) // 2
                        less = False
                        for g in range(parts):
                            if key[g][at] != key[g][up]:
                                less = key[g][at] < key[g][up]
                                break
                        if not less:
                            break
                        heap[at], heap[up] = heap[up], heap[at]
                        for g in range(parts):
                            key[g][at], key[g][up] = key[g][up], key[g][at]
                        at = up
                # The nearest taken person whose slot was not looked at yet.
                scan = -1
                while last > 0 and scan < 0:
                    over = True
                    for g in range(parts):
                        if key[g][0] != least[g]:
                            over = key[g][0] > least[g]
                            break
                    if over:
                        break
                    who = heap[0]
                    last -= 1
                    heap[0] = heap[last]
                    for g in range(parts):
                        key[g][0] = key[g][last]
                    at = 0
                    while 2 * at + 1 < last:
                        low = at
                        for child in range(2 * at + 1, min(2 * at + 3, last)):
                            for g in range(parts):
                                if key[g][child] != key[g][low]:
                                    if key[g][child] < key[g][low]:
                                        low = child
                                    break
                        if low == at:
                            break
                        heap[at], heap[low] = heap[low], heap[at]
                        for g in range(parts):
                            key[g][at], key[g][low] = key[g][low], key[g][at]
                        at = low
                    if state[who] == 2 * turn + 1:
                        continue
                    state[who] = 2 * turn + 1
                    ready[found] = who
                    found += 1
                    if visited[slot_of[who]] == turn:
                        continue
                    scan = slot_of[who]
                    visited[scan] = turn
                    via[scan] = who
                    arc = arc_of[who]
                    over = False
                    for g in range(parts):
                        base[g][scan] = dist[g][who] - gain[g][arc] + price[g][who]
                    for g in range(parts):
                        if base[g][scan] != least[g]:
                            over = base[g][scan] > least[g]
                            break
                    if not over:
                        end, empty = -1, scan
                        for g in range(parts):
                            least[g] = base[g][scan]
                if scan < 0:
                    break
            for i in range(found):
                for g in range(parts):
                    price[g][ready[i]] += dist[g][ready[i]] - least[g]
            who = end
            if end < 0:
                if empty == slot:
                    break
                who = via[empty]
            else:
                taken += 1
            while True:
                arc_of[who] = by[who]
                slot_of[who] = origin[who]
                if origin[who] == slot:
                    break
                who = via[origin[who]]
    return taken
