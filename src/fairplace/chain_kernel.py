"""Ejection chains, written so that numba and plain Python both run them (see kernels.py)."""

from __future__ import annotations

from typing import Any


def lengthen(  # noqa: C901 -- one loop on purpose: numba compiles no calls between kernels
    ptr: Any,
    person: Any,
    slot: Any,
    day: Any,
    firm: Any,
    wants: Any,
    priority: Any,
    had: Any,
    left: Any,
    granted: Any,
    count: Any,
    held: Any,
    occ_ptr: Any,
    occ: Any,
    place: Any,
    seen: Any,
    on_path: Any,
    stack: Any,
    level: int,
    rank: int,
    stamp: int,
) -> int:
    """Give every person of class `rank` with `level` places one more, if a chain of moves ends well.

    A chain ends at a free seat, at somebody with `level` + 2 places or more who loses one, or at
    somebody of a lower class with `level` + 1. So the vector (N1, N2, ...) never gets worse. People
    are tried in index order; a seat looked at in vain is not looked at again under the same `stamp`.
    All state arrays are changed in place. Returns the number of people helped.
    """
    depth_limit = len(stack)
    width = len(held) // max(1, len(count))
    helped = 0
    for root in range(len(count)):
        if count[root] + had[root] != level or priority[root] != rank or count[root] >= wants[root]:
            continue
        depth = 0
        stack[0][0], stack[0][1], stack[0][2], stack[0][3] = root, -1, ptr[root], 0
        on_path[root] = True
        done = False
        while depth >= 0 and not done:
            who, lost, at, nth = stack[depth][0], stack[depth][1], stack[depth][2], stack[depth][3]
            if at >= ptr[who + 1]:
                on_path[who] = False
                depth -= 1
                continue
            s = slot[at]
            fits = not granted[at]
            if fits and nth == 0:
                for k in range(count[who]):
                    other = held[who * width + k]
                    if other != lost and (
                        (day[s] >= 0 and day[slot[other]] == day[s])
                        or (firm[s] >= 0 and firm[slot[other]] == firm[s])
                    ):
                        fits = False
            if not fits:
                stack[depth][2], stack[depth][3] = at + 1, 0
                continue
            if left[s] > 0:
                left[s] -= 1
                occ[occ_ptr[s]] = at
                place[at] = occ_ptr[s]
                occ_ptr[s] += 1
                done = True
                continue
            seats = occ_ptr[s] - occ_ptr[len(left) + s]
            if nth >= seats:
                stack[depth][2], stack[depth][3] = at + 1, 0
                continue
            taken = occ[occ_ptr[len(left) + s] + nth]
            stack[depth][3] = nth + 1
            other = person[taken]
            if seen[taken] == stamp or on_path[other]:
                continue
            seen[taken] = stamp
            rich = count[other] + had[other] - level
            if rich >= 2 or (rich == 1 and priority[other] < rank):
                occ[place[taken]] = at
                place[at] = place[taken]
                granted[taken] = False
                last = count[other] - 1
                for k in range(last + 1):
                    if held[other * width + k] == taken:
                        held[other * width + k] = held[other * width + last]
                        break
                count[other] = last
                done = True
            elif depth + 1 < depth_limit:
                depth += 1
                on_path[other] = True
                stack[depth][0], stack[depth][1] = other, taken
                stack[depth][2], stack[depth][3] = ptr[other], 0
        if not done:
            continue
        helped += 1
        gained = stack[depth][2]
        while depth >= 0:
            who, lost = stack[depth][0], stack[depth][1]
            on_path[who] = False
            granted[gained] = True
            if lost < 0:
                held[who * width + count[who]] = gained
                count[who] += 1
            else:
                granted[lost] = False
                for k in range(count[who]):
                    if held[who * width + k] == lost:
                        held[who * width + k] = gained
                        break
                above = stack[depth - 1][2]
                occ[place[lost]] = above
                place[above] = place[lost]
                gained = above
            depth -= 1
    return helped
