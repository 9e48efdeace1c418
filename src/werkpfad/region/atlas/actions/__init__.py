"""The atlas promises: what everybody reads was released, each change names who made it, and nobody is asked twice."""

from werkpfad.region.atlas.actions.asking import answer_by_link, ask_about, ask_stale
from werkpfad.region.atlas.actions.cooperations import (
    AlreadyCooperating,
    StepNotPossible,
    add_plan_step,
    add_topic,
    finish_plan_step,
    start_cooperation,
    take_step,
)
from werkpfad.region.atlas.actions.entries import (
    NotPublishable,
    confirm_entry,
    items_for,
    publish_entry,
    release_entry,
    save_content,
    trust_entry,
    withdraw_entry,
)
from werkpfad.region.atlas.actions.introductions import (
    AlreadyIntroduced,
    NobodyToAsk,
    forget_introductions,
    introduce,
)

__all__ = [
    "AlreadyCooperating",
    "AlreadyIntroduced",
    "NobodyToAsk",
    "NotPublishable",
    "StepNotPossible",
    "add_plan_step",
    "add_topic",
    "answer_by_link",
    "ask_about",
    "ask_stale",
    "confirm_entry",
    "finish_plan_step",
    "forget_introductions",
    "introduce",
    "items_for",
    "publish_entry",
    "release_entry",
    "save_content",
    "start_cooperation",
    "take_step",
    "trust_entry",
    "withdraw_entry",
]
