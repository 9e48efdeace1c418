"""What is wrong with a plan, as pages and imports show it; programmes, offers and rounds speak of it alike."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, for the form field it belongs to (empty: for the whole form)."""

    field: str
    message: str


class NotValid(Exception):
    """A rule is broken; nothing was written. `problems` says which, in German."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


def refuse(problems: Iterable[Problem]) -> None:
    """Raise `NotValid` if there is any problem."""
    if found := tuple(problems):
        raise NotValid(found)
