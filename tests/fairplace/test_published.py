"""Instances that others published, at their known optimum.

The data stay outside the project: FAIRPLACE_DATA names their folder, or they lie in
shared/data/matching beside the checkout. Without them these tests are skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fairplace import solve
from fairplace.preflib import read_preflib


def data(name: str) -> Path:
    beside = [parent / "shared" / "data" / "matching" for parent in Path(__file__).parents]
    folders = [Path(os.environ["FAIRPLACE_DATA"])] if "FAIRPLACE_DATA" in os.environ else beside
    for folder in folders:
        if (folder / name).exists():
            return folder / name
    pytest.skip(f"published instance {name} is not here (set FAIRPLACE_DATA)")


@pytest.mark.parametrize(
    ("year", "students", "rank_cost"), [(1, 35, 22), (2, 37, 17), (3, 32, 12), (4, 34, 14)]
)
def test_glasgow_projects(year: int, students: int, rank_cost: int) -> None:
    """PrefLib 00038: students of computing science and their projects, one student each."""
    source = data(f"preflib-project/00038-0000000{year}.soi")
    solution = solve(read_preflib(source, capacity=1), seed=1)
    assert (solution.placed, solution.rank_cost) == (students, rank_cost)
    assert solution.certificate.holds


def test_agh_courses() -> None:
    """PrefLib 00009: 146 students rank 9 courses; capacity 17 = ceil(146 / 9)."""
    solution = solve(read_preflib(data("preflib-agh/00009-00000001.soc"), capacity=17), seed=1)
    assert (solution.placed, solution.rank_cost) == (146, 201)
    assert solution.certificate.holds
