"""Matching promises: wishes count, not speed; every result can be recomputed; nothing shows before it is published."""

from werkpfad.journey.matching.actions.asking import ask_for_seat, remind_class
from werkpfad.journey.matching.actions.fills import (
    compute_fill,
    mark_fill_published,
    request_fill,
)
from werkpfad.journey.matching.actions.reminders import (
    REMIND_BEFORE,
    first_time,
    remind_of_wishes,
)
from werkpfad.journey.matching.actions.rounds import (
    NotPossible,
    advance_rounds,
    close_programme,
    create_round,
    plan_leftovers,
    step_round,
    update_round,
)
from werkpfad.journey.matching.actions.rulings import OPEN as RULINGS_OPEN
from werkpfad.journey.matching.actions.rulings import NotAllowed, lift_ruling, make_ruling
from werkpfad.journey.matching.actions.runs import (
    NotRunnable,
    begin_run,
    cancel_run,
    execute,
    fail_run,
    finish_run,
    mark_run_published,
    mark_run_withdrawn,
    note_stage,
    request_run,
    request_variant,
    restart_run,
)
from werkpfad.journey.matching.actions.wishes import (
    NotEligible,
    WishesClosed,
    add_wish,
    order_wishes,
    save_week_wishes,
    submit_wishes,
)

__all__ = [
    "REMIND_BEFORE",
    "RULINGS_OPEN",
    "NotAllowed",
    "NotEligible",
    "NotPossible",
    "NotRunnable",
    "WishesClosed",
    "add_wish",
    "advance_rounds",
    "ask_for_seat",
    "begin_run",
    "cancel_run",
    "close_programme",
    "compute_fill",
    "create_round",
    "execute",
    "fail_run",
    "finish_run",
    "first_time",
    "lift_ruling",
    "make_ruling",
    "mark_fill_published",
    "mark_run_published",
    "mark_run_withdrawn",
    "note_stage",
    "order_wishes",
    "plan_leftovers",
    "remind_class",
    "remind_of_wishes",
    "request_fill",
    "request_run",
    "request_variant",
    "restart_run",
    "save_week_wishes",
    "step_round",
    "submit_wishes",
    "update_round",
]
