"""The life of a cooperation: built up, agreed, renewed year by year, ended; and when one has fallen asleep."""

from datetime import date, timedelta
from enum import StrEnum

from werkpfad.region.atlas.enums import CooperationStatus as Status

SLEEPS_AFTER = timedelta(days=183)


class Step(StrEnum):
    """What becomes of a cooperation."""

    AGREE = "agree"
    RENEW = "renew"
    END = "end"


TRANSITIONS: dict[tuple[Status, Step], Status] = {
    (Status.BUILDING, Step.AGREE): Status.AGREED,
    (Status.ENDED, Step.AGREE): Status.AGREED,
    (Status.AGREED, Step.RENEW): Status.AGREED,
    (Status.AGREED, Step.END): Status.ENDED,
    (Status.BUILDING, Step.END): Status.ENDED,
}


def next_status(status: str, step: Step) -> Status | None:
    """The state after `step`, None where the step makes no sense."""
    return TRANSITIONS.get((Status(status), step))


def steps_from(status: str) -> list[Step]:
    return [step for (before, step) in TRANSITIONS if before == status]


def sleeps(status: str, active_on: date, *, today: date) -> bool:
    """Whether nothing happened for half a year in a cooperation that has not ended."""
    return status != Status.ENDED and today - active_on > SLEEPS_AFTER
