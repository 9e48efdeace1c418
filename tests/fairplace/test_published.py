"""Instances that others published, at their known optimum.

The data stay outside the project: FAIRPLACE_DATA names their folder, or they lie in
shared/data/matching beside the checkout. Without them these tests are skipped.
"""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path

import openpyxl
import pytest

from fairplace import Person, Problem, Slot, Wish, solve
from fairplace.check import violated
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


def umass(share: int) -> Problem:
    """The survey of UMass students: sections are slots, their time is the day, their course the company.

    Who named a number of courses (at most five count) and rated a section 5 to 8 takes part. Capacities
    are those published over `share`; sections without one have 30 seats.
    """
    folder = data("umass-courses")
    with (folder / "survey_column_mapping.csv").open(encoding="utf-8-sig", newline="") as file:
        titles = {row[0]: row[1] for row in csv.reader(file, delimiter="|") if row[0][0] == "7"}
    sheet = openpyxl.load_workbook(folder / "anonymized_courses.xlsx").active
    seats = {
        (str(row[0]), str(row[4])): int(row[3])
        for row in list(sheet.iter_rows(values_only=True))[1:]
    }
    slots = {}
    for column, title in titles.items():
        plain = re.sub(r"\s+", " ", re.sub("<[^>]*>|&nbsp;", " ", title))
        found = re.search(r"DEPT (\w+)(?:-(\w+))?.*Schedule: (.*?)(?: Instructor|$)", plain)
        assert found
        course, section, time = found[1], found[2] or "01", found[3].strip()
        if not time.startswith("BY ARRANGEMENT"):
            capacity = seats.get((course, section), 30)
            slots[column] = Slot(column, max(1, round(capacity / share)), company=course, day=time)
    with (folder / "survey_data.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *answers = csv.reader(file)
    named = [f"{name}.1" if name in header[:at] else name for at, name in enumerate(header)]
    people, wishes = [], []
    for row in answers:
        answer = dict(zip(named, row, strict=True))
        rated = {c: int(answer[c]) for c in slots if answer[c].isdigit() and int(answer[c]) >= 5}
        if answer["Finished"] == "1" and answer["3"].isdigit() and rated:
            people.append(Person(answer["ResponseId"], wants=min(5, int(answer["3"]))))
            wishes += [Wish(people[-1].id, column, 9 - mark) for column, mark in rated.items()]
    return Problem(tuple(people), tuple(slots.values()), tuple(wishes))


@pytest.mark.parametrize(
    ("share", "seats", "days"),
    [(1, 7_629, (667, 603, 521, 370, 139)), (4, 1_909, (667, 603, 520, 112, 0))],
)
def test_umass_courses_as_a_week(share: int, seats: int, days: tuple[int, ...]) -> None:
    """The numbers of days are those of an integer programme per level."""
    problem = umass(share)
    assert (len(problem.people), len(problem.wishes)) == (667, 10_245)
    assert sum(slot.capacity for slot in problem.slots) == seats
    solution = solve(problem, seed=1, explain=False)
    assert solution.days == days
    assert not list(violated(problem, [(a.person, a.slot) for a in solution.assignments]))


def test_ariel_courses_as_a_week() -> None:
    """Ariel University 5783: 26 students; the six conflicts of courses form paths, so days and companies hold them."""
    found = json.loads((data("fairpyx-ariel") / "ariel_5783_input.json").read_text())
    conflicts = {
        tuple(sorted((left, right)))
        for left, others in found["item_conflicts"].items()
        for right in others
        if right in found["item_capacities"]
    }
    label: dict[tuple[str, str], str] = {}
    for pair in sorted(conflicts):
        kind = next(k for k in ("day", "company") if not any((k, item) in label for item in pair))
        label.update({(kind, item): "/".join(pair) for item in pair})
    slots = tuple(
        Slot(item, seats, label.get(("company", item)), label.get(("day", item)))
        for item, seats in found["item_capacities"].items()
    )
    people = tuple(Person(name, wants=wants) for name, wants in found["agent_capacities"].items())
    wishes = tuple(
        Wish(name, item, rank)
        for name, values in found["valuations"].items()
        for rank, item in enumerate(
            sorted((i for i in values if values[i] > 0), key=lambda i: (-values[i], i)), 1
        )
        if item not in found["agent_conflicts"].get(name, [])
    )
    solution = solve(Problem(people, slots, wishes), seed=1)
    assert solution.tight
    assert solution.days == solution.days_bound
    assert (solution.placed, solution.rank_cost) == (26, 231)
