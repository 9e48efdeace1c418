"""Exchange promises: a file is taken over whole or not at all, twice changes nothing, and it can be taken back."""

from werkpfad.surface.exchange.actions.commit import (
    HasErrors,
    NotStaged,
    PlanChanged,
    commit_import,
    discard_import,
)
from werkpfad.surface.exchange.actions.retention import forget_old_imports
from werkpfad.surface.exchange.actions.stage import stage_file, stage_plan
from werkpfad.surface.exchange.actions.undo import NotUndoable, undo_import

__all__ = [
    "HasErrors",
    "NotStaged",
    "NotUndoable",
    "PlanChanged",
    "commit_import",
    "discard_import",
    "forget_old_imports",
    "stage_file",
    "stage_plan",
    "undo_import",
]
