from datetime import date

import pytest

from werkpfad.region.schools.enums import ProfileStep, SchoolForm
from werkpfad.region.schools.rules import (
    ClassMove,
    YearOfClass,
    first_day_without,
    last_day_of_access,
    leaves_after,
    may_roll_over,
    next_class_name,
    plan_roll_over,
    progress_of,
)


@pytest.mark.parametrize(
    ("name", "grade", "expected"),
    [
        ("9b", 9, "10b"),
        ("9.1", 9, "10.1"),
        ("09a", 9, "10a"),
        ("08a", 8, "09a"),
        ("10", 10, "11"),
        ("Eulen", 9, "Eulen"),
        ("R9b", 9, "R9b"),
        ("8b", 9, "8b"),
        ("99x", 9, "99x"),
    ],
)
def test_class_names_follow_the_grade(name: str, grade: int, expected: str) -> None:
    assert next_class_name(name, grade) == expected


@pytest.mark.parametrize(
    ("form", "grade", "leaves"),
    [
        (SchoolForm.OBERSCHULE, 9, False),
        (SchoolForm.OBERSCHULE, 10, True),
        (SchoolForm.HAUPTSCHULE, 9, True),
        (SchoolForm.GYMNASIUM, 12, False),
        (SchoolForm.GYMNASIUM, 13, True),
        ("unknown", 13, True),
    ],
)
def test_the_last_grade_of_a_form_leaves(form: str, grade: int, leaves: bool) -> None:
    assert leaves_after(form, grade) is leaves


@pytest.mark.parametrize(
    ("today", "may"),
    [
        (date(2027, 7, 31), False),
        (date(2027, 8, 1), True),
        (date(2026, 8, 1), False),
        (date(2028, 2, 29), True),
    ],
)
def test_a_school_year_can_be_closed_once_it_is_over(today: date, may: bool) -> None:
    assert may_roll_over(2026, today=today) is may


def test_leavers_keep_access_to_the_last_day_of_the_year() -> None:
    assert first_day_without(2026) == date(2027, 8, 1)
    assert last_day_of_access(first_day_without(2026)) == date(2027, 7, 31)


def test_the_usual_summer_moves_up_and_lets_the_last_grade_leave() -> None:
    classes = [YearOfClass(1, "9a", 9), YearOfClass(2, "10a", 10)]
    assert plan_roll_over(classes, form=SchoolForm.REALSCHULE) == [
        ClassMove(1, "10a"),
        ClassMove(2, None),
    ]


def test_progress_counts_steps_once_and_ignores_what_it_does_not_know() -> None:
    progress = progress_of(["interests", "interests", "gone"])
    assert (progress.done, progress.total, progress.next_step) == (1, 6, ProfileStep.HOME)
    assert progress.percent == 17
    assert not progress.is_complete


def test_progress_is_complete_with_all_steps() -> None:
    progress = progress_of(ProfileStep.values)
    assert progress.is_complete
    assert progress.percent == 100
