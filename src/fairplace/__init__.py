"""fairplace: the fairest allocation of people to places, exact, proved and explained.

from fairplace import Person, Problem, Slot, Wish, solve

solution = solve(Problem(people, slots, wishes), seed=2026)
"""

from fairplace.block import solve_block
from fairplace.canonical import VERSION, input_hash
from fairplace.check import Report, check
from fairplace.compare import Outcome, compare, solve
from fairplace.model import Equity, Floor, Person, Problem, ProblemError, Rules, Slot, Wish
from fairplace.policies import Policy
from fairplace.progress import watching
from fairplace.rematch import Rematch, rematch
from fairplace.solution import (
    Assignment,
    Certificate,
    Code,
    Level,
    Move,
    Reason,
    SeatWorth,
    Solution,
    Stage,
    WishReason,
)
from fairplace.week import solve_week

__version__ = VERSION

__all__ = [
    "VERSION",
    "Assignment",
    "Certificate",
    "Code",
    "Equity",
    "Floor",
    "Level",
    "Move",
    "Outcome",
    "Person",
    "Policy",
    "Problem",
    "ProblemError",
    "Reason",
    "Rematch",
    "Report",
    "Rules",
    "SeatWorth",
    "Slot",
    "Solution",
    "Stage",
    "Wish",
    "WishReason",
    "check",
    "compare",
    "input_hash",
    "rematch",
    "solve",
    "solve_block",
    "solve_week",
    "watching",
]
