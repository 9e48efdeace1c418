"""Ratios of the engine beside what nobody can beat: `python -m bench.fairplace.run [--people N ...] [--week N ...] ...`.

Every figure of a line comes from the same process; wall-clock medians are printed, nothing is asserted.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import resource
import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np

from bench.fairplace.region import block, week
from fairplace import Person, Problem, Slot, Wish, flow
from fairplace.arrays import BlockArrays
from fairplace.block import solve_arrays
from fairplace.candidates import shortlist
from fairplace.explain import Explainer
from fairplace.network import build
from fairplace.policies import Policy, allocate
from fairplace.rematch import open_block, rematch_week
from fairplace.week import best_week
from fairplace.week_objective import names as objective
from fairplace.week_objective import reached, vector

NETWORKX_UP_TO = 1_000
OBJECTS_UP_TO = 10_000


def say(line: str) -> None:
    """Print at once, so that a long run shows where it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def timed(call: Callable[[], Any], repeat: int) -> tuple[float, Any]:
    """Median seconds of `repeat` calls, and the last result."""
    seconds = []
    result = None
    for _ in range(repeat):
        began = time.perf_counter()
        result = call()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds), result


def raw_call(arrays: BlockArrays) -> tuple[float, np.ndarray]:
    """The solver alone on arrays that are ready, with costs as small as they may be."""
    network = build(arrays)
    packing = flow.plan(network)[0]
    cost = np.zeros(len(network.tail), dtype=np.int64)
    for level in packing.levels:
        name, values = network.levels[level]
        if name in ("unplaced", "equity", "wishes"):
            cost += values * (1 if name == "wishes" else 64 * int(arrays.rank_cost.max()))
    parts = (network.tail, network.head, network.cap, cost, network.supply)
    repeat = 3 if arrays.people <= OBJECTS_UP_TO else 1
    return timed(lambda: flow.cheapest(network.nodes, *parts), repeat)


def as_problem(arrays: BlockArrays) -> Problem:
    """The same block as objects, for the policies that take turns."""
    owners = arrays.person_of_wish().tolist()
    rows = zip(owners, arrays.slot.tolist(), arrays.rank_cost.tolist(), strict=True)
    return Problem(
        tuple(Person(str(i), priority=int(v)) for i, v in enumerate(arrays.priority)),
        tuple(Slot(str(j), int(seats)) for j, seats in enumerate(arrays.capacity)),
        tuple(Wish(str(p), str(s), cost + 1) for p, s, cost in rows),
    )


def networkx_call(arrays: BlockArrays) -> float:
    """Seconds of networkx's network simplex on the same block."""
    graph = nx.DiGraph()
    graph.add_node("sink", demand=arrays.people)
    for person in range(arrays.people):
        graph.add_node(person, demand=-1)
        graph.add_edge(person, "sink", weight=100_000 * (1 + int(arrays.priority[person])))
    owners = arrays.person_of_wish().tolist()
    for person, slot, cost in zip(
        owners, arrays.slot.tolist(), arrays.rank_cost.tolist(), strict=True
    ):
        graph.add_edge(person, ("slot", slot), weight=cost, capacity=1)
    for slot, seats in enumerate(arrays.capacity.tolist()):
        graph.add_edge(("slot", slot), "sink", weight=0, capacity=seats)
    return timed(lambda: nx.network_simplex(graph), 1)[0]


def matching_call(arrays: BlockArrays) -> tuple[float, int] | None:
    """Seconds and placements of deferred acceptance in the `matching` library; None if it is not installed.

    It copies its players recursively, as deep as they are linked, so it needs a deep stack.
    """
    if importlib.util.find_spec("matching") is None:
        return None
    game = importlib.import_module("matching.games").HospitalResident
    owner = arrays.person_of_wish()
    best = np.lexsort((arrays.slot, arrays.rank_cost, owner))
    first = np.lexsort((arrays.number[owner], -arrays.priority[owner], arrays.slot))
    residents: dict[str, list[str]] = {}
    hospitals: dict[str, list[str]] = {}
    for wish in best.tolist():
        residents.setdefault(f"p{owner[wish]}", []).append(f"s{arrays.slot[wish]}")
    for wish in first.tolist():
        hospitals.setdefault(f"s{arrays.slot[wish]}", []).append(f"p{owner[wish]}")
    seats = {f"s{slot}": int(arrays.capacity[slot]) for slot in np.unique(arrays.slot).tolist()}
    found: list[tuple[float, int]] = []

    def play() -> None:
        sys.setrecursionlimit(10**6)
        seconds, result = timed(
            lambda: game.create_from_dictionaries(residents, hospitals, seats).solve(), 1
        )
        found.append((seconds, sum(map(len, result.values()))))

    threading.stack_size(512 * 2**20)
    thread = threading.Thread(target=play)
    thread.start()
    thread.join()
    return found[0]


def bench_block(people: int) -> None:
    """One line per method."""
    arrays = block(people)
    repeat = 3 if people <= OBJECTS_UP_TO else 1
    say(f"\nblock: {people} people, {arrays.slots} slots, {len(arrays.slot)} wishes")
    solve_arrays(block(3_000))
    floor, _ = timed(lambda: build(arrays), repeat)
    raw, _ = raw_call(arrays)
    full, solved = timed(lambda: solve_arrays(arrays), repeat)
    first = shortlist(arrays, best=5, calm=5)
    short, priced = timed(lambda: solve_arrays(arrays, first), repeat)
    without = int(solved.result.flow[len(arrays.slot) :][:people].sum())
    same = bool((priced.result.flow == solved.result.flow).all())
    say(f"  placed {people - without}, proof holds for {len(solved.result.stages)} stages")
    say(f"  build arrays      {floor:9.3f} s  {floor / raw:6.2f} x raw")
    say(f"  raw solver call   {raw:9.3f} s    1.00 x raw")
    say(f"  fairplace, proof  {full:9.3f} s  {full / raw:6.2f} x raw")
    say(f"  10 first + priced {short:9.3f} s  {short / raw:6.2f} x raw, same answer: {same}")
    bench_reasons(arrays, solved.network, solved.result)
    if people <= NETWORKX_UP_TO:
        other = networkx_call(arrays)
        say(f"  networkx          {other:9.3f} s  {other / raw:6.2f} x raw")
        library = matching_call(arrays)
        if library is None:
            say("  matching          not installed here and no dependency: skipped")
        else:
            other, pairs = library
            say(f"  matching          {other:9.3f} s  {other / raw:6.2f} x raw, placed {pairs}")
    if people <= OBJECTS_UP_TO:
        problem = as_problem(arrays)
        other, stable = timed(lambda: allocate(problem, Policy.STABLE, 1), 1)
        say(f"  deferred accept.  {other:9.3f} s  {other / raw:6.2f} x raw, placed {len(stable)}")
    say(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB so far")


def bench_reasons(arrays: BlockArrays, network: Any, result: Any) -> None:
    """Time per question: of people without a place, of placed ones for a better wish, and all at once."""
    began = time.process_time()
    explainer = Explainer(network, result)
    say(f"  reasons, prepare  {time.process_time() - began:9.3f} s of processor")
    wishes, owner = len(arrays.slot), arrays.person_of_wish()
    got = np.full(arrays.people, np.iinfo(np.int64).max)
    seated = np.flatnonzero(result.flow[:wishes])
    got[owner[seated]] = arrays.rank_cost[seated]
    better = np.flatnonzero(arrays.rank_cost < got[owner])
    placed = got[owner[better]] < np.iinfo(np.int64).max
    rng = np.random.default_rng(1)
    for name, asked in (("without a place", better[~placed]), ("better wish", better[placed])):
        if not len(asked):
            continue
        few = rng.choice(asked, min(1_000, len(asked)), replace=False)
        seconds = []
        for arc in few.tolist():
            began = time.process_time()
            ask(explainer, network, [arc])
            seconds.append(time.process_time() - began)
        cut = np.quantile(seconds, [0.5, 0.99, 1]) * 1000
        say(f"  why not, {name:15} {cut[0]:.3f} ms, 1 in 100 over {cut[1]:.3f}, worst {cut[2]:.3f}")
    began = time.process_time()
    ask(explainer, network, better)
    say(f"  all {len(better)} at once {time.process_time() - began:9.3f} s of processor")


def ask(explainer: Explainer, network: Any, wishes: Any) -> None:
    """What forcing each of the wishes would change."""
    at = np.asarray(wishes, dtype=np.int64)
    own = np.array([cost[at] for _, cost in network.levels], dtype=np.int64)
    for _ in explainer.ask(network.head[at], network.tail[at], own):
        pass


def bench_week(people: int) -> None:
    """N1, N2, ... beside the bound; processor seconds too, because they say more on a busy machine."""
    arrays = week(people)
    say(f"\nweek: {people} people, {arrays.slots} slots, {len(arrays.slot)} wishes")
    best_week(week(600))
    began = time.process_time()
    seconds, found = timed(lambda: best_week(arrays), 1)
    value, bound = vector(arrays, found.granted), found.proof.bound.vector
    names = dict(zip(objective(arrays), value, strict=True))
    say(f"  fairplace         {seconds:9.3f} s, {time.process_time() - began:.1f} s of processor")
    say(f"  N1, N2, ...       {reached(arrays, value)}, wishes {names['wishes']}")
    say(f"  bound             {reached(arrays, bound)}, repeated fields {names['fields']}")
    say(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB so far")


def placed(arrays: BlockArrays) -> int:
    """People that can be placed at all."""
    network = build(arrays)
    result = flow.solve_levels(replace(network, levels=network.levels[:1]))
    return arrays.people - int(result.flow[len(arrays.slot) :][: arrays.people].sum())


def only(arrays: BlockArrays, chosen: np.ndarray) -> BlockArrays:
    """The block with the wishes `chosen` (E,) alone."""
    count = np.bincount(arrays.person_of_wish()[chosen], minlength=arrays.people)
    return replace(
        arrays,
        ptr=np.concatenate([[0], np.cumsum(count)]),
        slot=arrays.slot[chosen],
        rank_cost=arrays.rank_cost[chosen],
        travel=arrays.travel[chosen],
        company=arrays.company[chosen],
        kept=arrays.kept[chosen],
    )


def bench_lists(people: int) -> None:
    """How many of the placements of a long list a list of twenty keeps, before and after pricing."""
    arrays = block(people, length=160, near=54)
    full = placed(arrays)
    say(f"\nlists: {people} people, {len(arrays.slot)} wishes place {full}")
    for best, calm in ((20, 0), (8, 12)):
        few = placed(only(arrays, shortlist(arrays, best=best, calm=calm)))
        say(f"  {best} nearest, {calm} drawn: {few} placed, {few / full:.3%}")
    began = time.process_time()
    solved = solve_arrays(arrays, shortlist(arrays))
    without = int(solved.result.flow[len(arrays.slot) :][: arrays.people].sum())
    seconds = time.process_time() - began
    say(f"  priced: {people - without} placed, {seconds:.1f} s of processor")


def bench_again(people: int) -> None:
    """The second round: one in ten declined, the others confirmed (in a week one in five only proposed)."""
    say(f"\nsecond round: {people} people")
    arrays = block(people)
    granted = solve_arrays(arrays).result.flow[: len(arrays.slot)] > 0
    draw = np.random.default_rng(1).random(len(granted))
    declined, nothing = granted & (draw < 0.1), np.zeros_like(granted)
    for _ in range(3):
        began = time.process_time()
        left = open_block(arrays, granted & ~declined, declined, nothing)
        solve_arrays(left.arrays)
        seconds = time.process_time() - began
        say(f"  block {seconds:9.3f} s of processor, {len(left.people)} people open")
    days = week(people)
    rematch_week(week(600), *[np.zeros(len(week(600).slot), dtype=np.bool_)] * 3)
    empty = np.zeros(len(days.slot), dtype=np.bool_)
    stood = rematch_week(days, empty, empty, empty)
    draw = np.random.default_rng(1).random(len(stood))
    declined, proposed = stood & (draw < 0.1), stood & (draw >= 0.8)
    for _ in range(2):
        began = time.process_time()
        again = rematch_week(days, stood & ~declined & ~proposed, declined, proposed)
        seconds = time.process_time() - began
        before = reached(days, vector(days, stood & ~declined))
        say(
            f"  week  {seconds:9.3f} s of processor, {before} to {reached(days, vector(days, again))}"
        )


def main() -> None:
    """Run the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--week", type=int, nargs="*", default=[1_000])
    parser.add_argument("--lists", type=int, nargs="*", default=[])
    parser.add_argument("--again", type=int, nargs="*", default=[])
    options = parser.parse_args()
    for people in options.people:
        bench_block(people)
    for people in options.week:
        bench_week(people)
    for people in options.lists:
        bench_lists(people)
    for people in options.again:
        bench_again(people)


if __name__ == "__main__":
    main()
