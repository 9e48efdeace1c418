"""Exchange promises: a file is taken over whole or not at all, twice changes nothing, and it can be taken back."""

from werkpfad.surface.exchange.actions.background import (
    Work,
    begin_work,
    discard_import,
    fail_work,
    finish_check,
    request_check,
    request_commit,
    restart_import,
    show_again,
    withdraw_commit,
)
from werkpfad.surface.exchange.actions.commit import (
    HasErrors,
    NotStaged,
    PlanChanged,
    commit_import,
)
from werkpfad.surface.exchange.actions.retention import forget_old_imports
from werkpfad.surface.exchange.actions.stage import stage_file, stage_plan
from werkpfad.surface.exchange.actions.undo import NotUndoable, undo_import

__all__ = [
    "HasErrors",
    "NotStaged",
    "NotUndoable",
    "PlanChanged",
    "Work",
    "begin_work",
    "commit_import",
    "discard_import",
    "fail_work",
    "finish_check",
    "forget_old_imports",
    "request_check",
    "request_commit",
    "restart_import",
    "show_again",
    "stage_file",
    "stage_plan",
    "undo_import",
    "withdraw_commit",
]
