"""Each model says what its data is for and how long it stays; a test fails for a field without a decision.

The same declaration feeds export, erasure, demo dumps and the record of processing activities (Art. 30 GDPR).
"""

from collections.abc import Set
from dataclasses import dataclass, field
from enum import StrEnum


class Retention(StrEnum):
    """How long rows stay, counted from the event named."""

    REFERENCE = "reference data, replaced by its next edition"
    WHILE_MEMBER = "while the organisation takes part, then 24 months"
    WHILE_ACCOUNT = "while the account exists, at most 12 months without use"
    SCHOOL_YEAR_PLUS_ONE = "until 12 months after the end of the school year"
    WINDOW_PLUS_THREE_MONTHS = "until 3 months after the end of the programme"
    TEN_YEARS_RECORD = "10 years as a record without personal data"
    MONTHS_12 = "12 months"
    DAYS_90 = "90 days"
    DAYS_7 = "7 days"


@dataclass(frozen=True, slots=True)
class Privacy:
    """Classification of one model. `personal` and `open` name every own field exactly once."""

    purpose: str
    retention: Retention
    personal: Set[str] = field(default_factory=frozenset)
    open: Set[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        object.__setattr__(self, "personal", frozenset(self.personal))
        object.__setattr__(self, "open", frozenset(self.open))
        if both := self.personal & self.open:
            raise ValueError(f"fields classified twice: {sorted(both)}")
