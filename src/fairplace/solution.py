"""The answer: who goes where, how good that is, the proof of it, and a reason for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Why a wish was granted or not."""

    GRANTED = "granted"
    CONFIRMED = "confirmed"
    """The pair was confirmed before the run."""
    DECLINED = "declined"
    """The pair was declined before the run."""
    AWAY = "away"
    """The person cannot come on that day."""
    NO_SEAT = "no_seat"
    """All seats are confirmed for others, reserved for other groups, or there never was one."""
    NO_WISH = "no_wish"
    """The person named no place."""
    BETTER = "better"
    """The person got something at least as good."""
    PLACED = "placed"
    """Full; one more person would be left without any place (or with a place fewer)."""
    EQUITY = "equity"
    """Full; somebody whom the equity rule puts first would be left without."""
    KEPT = "kept"
    """Full; the place was proposed to somebody before, who would have to move."""
    FIELDS = "fields"
    """Full; others would see fewer different fields."""
    WISHES = "wishes"
    """Full; others would lose more ranks in sum than this person gains."""
    TRAVEL = "travel"
    """Full; wishes would be as good, but journeys longer in sum."""
    COMPANY = "company"
    """Full; all else equal, the companies' own order decided."""
    LOTTERY = "lottery"
    """Full; all else equal, the lottery number decided."""
    DAY_TAKEN = "day_taken"
    """The person has another place on that day."""
    COMPANY_TAKEN = "company_taken"
    """The person visits the company on another day."""
    ENOUGH = "enough"
    """The person has as many places as wanted."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """One seat for one person. `rank` is None only for a confirmed pair that is not a wish."""

    person: str
    slot: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Level:
    """One line of the objective, in order of importance. All are costs.

    The bounds of all levels together are a lower bound in lexicographic order.
    """

    name: str
    value: int
    bound: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A proof for the levels named: no allocation costs less than `dual`, this one costs `primal`."""

    levels: tuple[str, ...]
    weights: tuple[int, ...]
    primal: int
    dual: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Proof of optimality; independent of the solver (see certificate.py). Equal values mean proved."""

    stages: tuple[Stage, ...]

    @property
    def primal(self) -> int:
        """What this allocation costs (units: the first stage's weights)."""
        return self.stages[0].primal if self.stages else 0

    @property
    def dual(self) -> int:
        """What every allocation costs at least."""
        return self.stages[0].dual if self.stages else 0

    @property
    def holds(self) -> bool:
        """True if every level is proved optimal."""
        return all(stage.primal == stage.dual for stage in self.stages)


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who would have to move: from a slot (None: was without) to a slot (None: would be without)."""

    person: str
    origin: str | None
    target: str | None


@dataclass(frozen=True, slots=True)
class WishReason:
    """Why this wish was granted or not.

    `seats` is the slot's capacity, `wanted` how many people wished for it. `change` holds what
    granting the wish would have changed in each level (positive: worse for all together), `moves`
    a cheapest way to make room; both equal those of a solve that forces the pair.
    """

    slot: str
    rank: int
    code: Code
    seats: int
    wanted: int
    change: tuple[tuple[str, int], ...] = ()
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """What became of a person and of each of their wishes, the best wish first.

    `lottery` is the person's number in the draw (1 is the best of `people`).
    """

    person: str
    code: Code
    lottery: int
    people: int
    wishes: tuple[WishReason, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatWorth:
    """What one more seat in `slot` would change, level by level (negative: better), the first level improves."""

    slot: str
    change: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """An allocation with its proof. Equal problems and seeds give equal solutions, byte by byte."""

    assignments: tuple[Assignment, ...]
    unplaced: tuple[str, ...]
    """People who wanted a place and have none, sorted."""
    levels: tuple[Level, ...]
    certificate: Certificate
    reasons: Mapping[str, Reason]
    days: tuple[int, ...]
    """N1, N2, ...: people with at least one place, at least two, ..."""
    days_bound: tuple[int, ...]
    """The best `days` could be: where both first differ, no allocation reaches more than the bound."""
    tight: bool
    """True if the bounds are known to be reachable, so that they are the optimum itself."""
    policy: str
    seed: int
    version: str
    input_hash: str
    result_hash: str
    seats: tuple[SeatWorth, ...] = ()
    """Where one more seat would help; empty without `explain`."""

    @property
    def placed(self) -> int:
        """People with at least one place."""
        return self.days[0] if self.days else 0

    @property
    def rank_cost(self) -> int:
        """Sum of (rank - 1) over all places that were wishes."""
        return sum(a.rank - 1 for a in self.assignments if a.rank is not None)
