"""Inner loops, written so that numba and plain Python both run them: no calls, no objects, whole numbers."""

from __future__ import annotations

from typing import Any


def relax(start: Any, head: Any, cost: Any, dist: Any, passes: int) -> Any:
    """Lower `dist` (N,) along the arcs until none is cheaper (label correcting, first in first out).

    Returns (True, dist), or (False, dist) as soon as a node was lowered more often than a network
    without a negative cycle allows, or the arcs were looked at more than `passes` times on average.
    """
    n = len(dist)
    queue = list(range(n))
    queued = [True for i in range(n)]
    visits = [0 for i in range(n)]
    first = 0
    waiting = n
    left = passes * (len(head) + n)
    while waiting > 0:
        node = queue[first]
        first = first + 1 if first + 1 < n else 0
        waiting -= 1
        queued[node] = False
        visits[node] += 1
        left -= start[node + 1] - start[node]
        if visits[node] > n + 1 or left < 0:
            return False, dist
        here = dist[node]
        for arc in range(start[node], start[node + 1]):
            other = head[arc]
            reach = here + cost[arc]
            if reach < dist[other]:
                dist[other] = reach
                if not queued[other]:
                    queued[other] = True
                    last = first + waiting
                    queue[last if last < n else last - n] = other
                    waiting += 1
    return True, dist


def tree(  # noqa: C901 -- one loop on purpose: numba compiles no calls between kernels
    start: Any, head: Any, cost: Any, through: Any, best: Any, heap: Any, key: Any, root: int
) -> int:
    """Dijkstra with vectors as costs, compared from the left: cheapest paths from `root` to every node.

    `cost` (G, A) holds the parts of each arc's cost; no arc is cheaper than nothing. Writes into
    `through` (N,) the position of the arc each node is reached by, -1 for the root, -2 where no path leads, and
    into `best` (G, N) what it costs. `through` must be -2 everywhere; the rest is room to work in: `heap` (A+1,),
    `key` (G, A+1). Returns the number of nodes reached.
    """
    parts = len(cost)
    done = [False for node in range(len(through))]
    through[root] = -1
    heap[0] = root
    for g in range(parts):
        best[g][root] = 0
        key[g][0] = 0
    last = 1
    count = 0
    while last > 0:
        node = heap[0]
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
        if done[node]:
            continue
        done[node] = True
        count += 1
        for arc in range(start[node], start[node + 1]):
            other = head[arc]
            if done[other]:
                continue
            closer = through[other] == -2
            if not closer:
                for g in range(parts):
                    reach = best[g][node] + cost[g][arc]
                    if reach != best[g][other]:
                        closer = reach < best[g][other]
                        break
            if not closer:
                continue
            through[other] = arc
            at = last
            last += 1
            heap[at] = other
            for g in range(parts):
                best[g][other] = best[g][node] + cost[g][arc]
                key[g][at] = best[g][other]
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
    return count
