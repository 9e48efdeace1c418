"""The cheapest way between two nodes when all ways to and from one hub are known; runs as Python and as machine code."""

from __future__ import annotations

from typing import Any


def bridge(  # noqa: C901 -- one loop on purpose: numba compiles no calls between kernels
    start: Any,
    head: Any,
    tail: Any,
    cost: Any,
    onward: Any,
    to_hub: Any,
    inward: Any,
    from_hub: Any,
    through: Any,
    state: Any,
    best: Any,
    heap: Any,
    key: Any,
    room: Any,
    walk: Any,
    crossed: Any,
    index: Any,
    origins: Any,
    goals: Any,
    barred: Any,
    sizes: Any,
    out: Any,
    first: int,
    stamp: int,
) -> int:
    """Answer questions `first`, `first` + 1, ... (Q,): a cheapest path from `origins` to `goals`, not over `barred`.

    A* with vectors as costs, compared from the left. `onward` (N,) is the position of the first arc towards the hub
    (-1 at the hub, -2 where no path leads), `to_hub` (G, N) the cost; `inward` and `from_hub` the same from the hub.
    What is left from a node v to the goal costs at least `to_hub[v] - to_hub[goal]` and `from_hub[goal] -
    from_hub[v]`, at most `to_hub[v] + from_hub[goal]`: the search ends where the bounds meet, and a path through
    the hub is completed from the trees (unless an arc is barred, -1 for none: they may use it).

    Writes the positions of each path's arcs one after another into `out` and their number into `sizes` (Q,), -1
    where there is no path. Returns the first question for which `out` had no room any more (every question needs up
    to N), or Q. Question q uses the stamp `stamp` + q, which must be larger than all before. Room to work in:
    `through`, `state`, `crossed`, `index` (N,), `best` (G, N), `heap` (A+1,), `key` (G, A+1), `room` (4, G), `walk` (3N,).
    """
    n = len(through)
    parts = len(cost)
    most, reach, guess, bound = room[0], room[1], room[2], room[3]
    written = 0
    for question in range(first, len(origins)):
        if written + n > len(out):
            return question
        origin, goal, without = origins[question], goals[question], barred[question]
        now = stamp + question
        reached, done = 2 * now, 2 * now + 1
        to_goal, goal_to = inward[goal] != -2, onward[goal] != -2
        # `meet` is where the best way known leaves the search for the hub, or the goal itself; -1: none known.
        meet = -1
        if origin == goal:
            meet = goal
        elif without < 0 and to_goal and onward[origin] != -2:
            meet = origin
            for g in range(parts):
                most[g] = to_hub[g][origin] + from_hub[g][goal]
        through[origin] = -1
        state[origin] = reached
        heap[0] = origin
        for g in range(parts):
            best[g][origin] = 0
            key[g][0] = 0
            if to_goal and inward[origin] != -2:
                key[g][0] = from_hub[g][goal] - from_hub[g][origin]
        if goal_to and onward[origin] != -2:
            higher = False
            for g in range(parts):
                guess[g] = to_hub[g][origin] - to_hub[g][goal]
            for g in range(parts):
                if guess[g] != key[g][0]:
                    higher = guess[g] > key[g][0]
                    break
            if higher:
                for g in range(parts):
                    key[g][0] = guess[g]
        last = 1 if meet != goal else 0
        while last > 0:
            node = heap[0]
            if meet >= 0:
                over = True
                for g in range(parts):
                    if key[g][0] != most[g]:
                        over = key[g][0] > most[g]
                        break
                if over:
                    break
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
            if state[node] == done:
                continue
            state[node] = done
            if node == goal:
                meet = goal
                break
            for arc in range(start[node], start[node + 1]):
                other = head[arc]
                if state[other] == done or arc == without:
                    continue
                # No way leads from `other` to the goal if it would make a way to or from the hub that does not exist.
                if (goal_to and onward[other] == -2) or (not to_goal and inward[other] != -2):
                    continue
                for g in range(parts):
                    reach[g] = best[g][node] + cost[g][arc]
                if state[other] == reached:
                    closer = False
                    for g in range(parts):
                        if reach[g] != best[g][other]:
                            closer = reach[g] < best[g][other]
                            break
                    if not closer:
                        continue
                state[other] = reached
                through[other] = arc
                for g in range(parts):
                    best[g][other] = reach[g]
                    bound[g] = reach[g]
                if goal_to:
                    positive = False
                    for g in range(parts):
                        guess[g] = to_hub[g][other] - to_hub[g][goal]
                    for g in range(parts):
                        if guess[g] != 0:
                            positive = guess[g] > 0
                            break
                    if positive:
                        for g in range(parts):
                            bound[g] = reach[g] + guess[g]
                if to_goal and inward[other] != -2:
                    higher = False
                    for g in range(parts):
                        guess[g] = reach[g] + from_hub[g][goal] - from_hub[g][other]
                    for g in range(parts):
                        if guess[g] != bound[g]:
                            higher = guess[g] > bound[g]
                            break
                    if higher:
                        for g in range(parts):
                            bound[g] = guess[g]
                if without < 0 and to_goal and onward[other] != -2:
                    less = meet < 0
                    for g in range(parts):
                        guess[g] = reach[g] + to_hub[g][other] + from_hub[g][goal]
                    for g in range(parts):
                        if guess[g] != most[g]:
                            less = less or guess[g] < most[g]
                            break
                    if less:
                        meet = other
                        for g in range(parts):
                            most[g] = guess[g]
                if meet >= 0:
                    over = True
                    for g in range(parts):
                        if bound[g] != most[g]:
                            over = bound[g] > most[g]
                            break
                    if over:
                        continue
                at = last
                last += 1
                heap[at] = other
                for g in range(parts):
                    key[g][at] = bound[g]
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
        if meet < 0:
            sizes[question] = -1
            continue
        # The walk: to `meet` in front of n, on to the hub behind it, from the hub to the goal at the end.
        begin, middle, end = n, n, 3 * n
        node = meet
        while node != origin:
            begin -= 1
            walk[begin] = through[node]
            node = tail[through[node]]
        if meet != goal:
            node = meet
            while onward[node] >= 0:
                walk[middle] = onward[node]
                middle += 1
                node = head[onward[node]]
            node = goal
            while inward[node] >= 0:
                end -= 1
                walk[end] = inward[node]
                node = tail[inward[node]]
        # A circle in it costs nothing and moves people for nothing: leave it out.
        crossed[origin] = now
        index[origin] = written
        base = written
        at = begin if begin < middle else end
        while at < 3 * n:
            out[written] = walk[at]
            written += 1
            node = head[walk[at]]
            if crossed[node] == now:
                while written > index[node]:
                    written -= 1
                    crossed[head[out[written]]] = 0
                crossed[node] = now
            else:
                crossed[node] = now
                index[node] = written
            at = at + 1 if at + 1 != middle else end
        sizes[question] = written - base
    return len(origins)
