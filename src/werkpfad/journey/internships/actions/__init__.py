"""Internships promise: a programme and its offers never contradict themselves, and no seat exists twice."""

from werkpfad.journey.internships.actions.merge import (
    NotMergeable,
    merge_organisations,
    undo_merge,
)
from werkpfad.journey.internships.actions.offer_steps import (
    clone_offer,
    close_offer,
    delete_offer,
    pause_offer,
    publish_offer,
    resume_offer,
    step_offers,
    tend_offers,
)
from werkpfad.journey.internships.actions.offers import (
    create_offer,
    update_offer_place,
    update_offer_seats,
    update_offer_text,
)
from werkpfad.journey.internships.actions.programmes import (
    NotPossible,
    close_programme,
    create_programme,
    open_programme,
    set_programme_days,
    update_programme,
)

__all__ = [
    "NotMergeable",
    "NotPossible",
    "clone_offer",
    "close_offer",
    "close_programme",
    "create_offer",
    "create_programme",
    "delete_offer",
    "merge_organisations",
    "open_programme",
    "pause_offer",
    "publish_offer",
    "resume_offer",
    "set_programme_days",
    "step_offers",
    "tend_offers",
    "undo_merge",
    "update_offer_place",
    "update_offer_seats",
    "update_offer_text",
    "update_programme",
]
