"""Work without anybody's click: applications that nobody answers. Safe to run twice or late."""

from datetime import datetime

from werkpfad.journey.applications import actions


def expire_overdue(*, at: datetime) -> None:
    actions.expire_overdue(at=at)


def remind_companies(*, at: datetime) -> None:
    actions.remind_companies(at=at)
