"""The best week of each person at given prices, written so that numba and plain Python both run it."""

from __future__ import annotations

from typing import Any


def respond(  # noqa: C901 -- one loop on purpose: numba compiles no calls between kernels
    ptr: Any,
    slot: Any,
    day_at: Any,
    firm_at: Any,
    wants: Any,
    had: Any,
    gain: Any,
    price: Any,
    taken: Any,
    ask: Any,
    day_cost: Any,
    firm_cost: Any,
    through: Any,
    on_day: Any,
    at_firm: Any,
    offset: int,
    stride: int,
    rise: int,
) -> int:
    """Write into `taken` (E,) the plan of every person that gains most; return the sum of all gains.

    A plan is a matching between days and companies; the t-th place of a person (confirmed ones
    counted) is worth `gain[t - 1]` (decreasing) less the slot's price. `day_at` and `firm_at` (E,)
    number the days and companies of each person from 0. Each place taken makes its slot dearer by
    `rise` for those who come later; person number i of the turn is (offset + i * stride) mod P.
    Every place is added by a cheapest augmenting path, so the plan of each size is the cheapest.
    """
    never = 1 << 61
    people = len(wants)
    total = 0
    for turn in range(people):
        p = (offset + turn * stride) % people
        begin = ptr[p]
        end = ptr[p + 1]
        days = 0
        firms = 0
        for i in range(begin, end):
            taken[i] = False
            ask[i - begin] = price[slot[i]]
            if day_at[i] >= days:
                days = day_at[i] + 1
            if firm_at[i] >= firms:
                firms = firm_at[i] + 1
        for d in range(days):
            on_day[d] = -1
        for c in range(firms):
            at_firm[c] = -1
        for nth in range(had[p], had[p] + wants[p]):
            worth = gain[nth]
            if worth <= 0:
                break
            for d in range(days):
                day_cost[d] = 0 if on_day[d] < 0 else never
            for c in range(firms):
                firm_cost[c] = never
            changed = True
            while changed:
                changed = False
                for i in range(begin, end):
                    reach = day_cost[day_at[i]] + ask[i - begin]
                    c = firm_at[i]
                    if reach < firm_cost[c] and not taken[i]:
                        firm_cost[c] = reach
                        through[c] = i
                        back = at_firm[c]
                        if back >= 0:
                            reach -= ask[back - begin]
                            if reach < day_cost[day_at[back]]:
                                day_cost[day_at[back]] = reach
                                changed = True
            best = -1
            for c in range(firms):
                if at_firm[c] < 0 and firm_cost[c] < worth:
                    worth = firm_cost[c]
                    best = c
            if best < 0:
                break
            total += gain[nth] - worth
            while best >= 0:
                i = through[best]
                old = on_day[day_at[i]]
                taken[i] = True
                on_day[day_at[i]] = i
                at_firm[best] = i
                best = -1
                if old >= 0:
                    taken[old] = False
                    best = firm_at[old]
        if rise > 0:
            for d in range(days):
                if on_day[d] >= 0:
                    price[slot[on_day[d]]] += rise
    return total
