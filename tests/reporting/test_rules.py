"""Figures: shares never claim too much, and hidden groups stay hidden even with the sum known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkpfad.journey.matching.rules import suppressed
from werkpfad.steering.reporting.rules import Deadline, answer_times, share


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 0, 0), (1, 3, 33), (199, 200, 99), (200, 200, 100)]
)
def test_a_share_reaches_100_only_when_all_are_in(part: int, whole: int, percent: int) -> None:
    assert share(part, whole) == percent


def test_a_small_group_takes_the_next_smallest_with_it() -> None:
    assert suppressed([2, 7, 20, 0], 5) == [None, None, 20, 0]


def test_two_small_groups_hide_each_other() -> None:
    assert suppressed([2, 3, 20], 5) == [None, None, 20]


@given(st.lists(st.integers(0, 60), min_size=2, max_size=8), st.integers(2, 10))
def test_no_single_hidden_group_can_be_computed_from_the_sum(counts: list[int], least: int) -> None:
    shown = suppressed(counts, least)
    hidden = [count for count, show in zip(counts, shown, strict=True) if show is None]
    assert all(show is None or show == 0 or show >= least for show in shown)
    assert len(hidden) != 1 or not any(shown)


def test_answer_times_are_the_median_of_the_answered() -> None:
    times = answer_times([10, 50, 20], within_deadline=2, open_=4, overdue=1)
    assert (times.answered, times.median_hours, times.open, times.overdue) == (3, 20, 4, 1)
    assert answer_times([], within_deadline=0, open_=0, overdue=0).median_hours is None


def test_a_deadline_counts_whole_days() -> None:
    deadline = Deadline(date(2026, 11, 22), "x", "p", "P")
    assert deadline.days_left(date(2026, 11, 20)) == 2
