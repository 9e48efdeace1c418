"""A fill-up in a process of its own that may die at a chosen point: `python -m tests.placements.killed_fill MINUTES [POINT]`.

With `prepare` it makes the database and a round, with minutes it fills the round up that long after the beginning
of the night. Prints what was there before and what is there afterwards.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

# Where the process dies: module and name of what it is about to call.
POINTS = {
    "asked": ("werkpfad.journey.placements.actions.fill", "compute_fill"),
    "computing": ("werkpfad.journey.matching.actions.fills", "compute"),
    "storing": ("werkpfad.journey.matching.actions.runs", "summarise"),
    "stored": ("werkpfad.journey.placements.actions.fill", "publish_fill"),
    "placing": ("werkpfad.journey.placements.actions.proposals", "_ask_companies"),
    "telling": ("werkpfad.journey.placements.actions.proposals", "_ask_schools"),
}
KILLED = 9


def die(*_: Any, **__: Any) -> None:
    os._exit(KILLED)


def main(step: str, point: str) -> None:
    django.setup()
    from django.core.management import call_command

    from tests.factories.rounds import make_list, make_round_class, make_slots
    from tests.factories.schools import make_class_teacher
    from tests.placements.test_fill import AT, NIGHT, leftovers
    from werkpfad.journey.matching.models import Proposal, Round, Run
    from werkpfad.journey.placements import actions
    from werkpfad.journey.placements.models import Consent, Placement
    from werkpfad.region.notifications.models import OutboxMail

    def counts() -> dict[str, Any]:
        return {
            "runs": list(Run.objects.values_list("status", flat=True)),
            "results": list(Run.objects.values_list("result_hash", flat=True)),
            "proposals": Proposal.objects.count(),
            "placements": Placement.objects.count(),
            "consents": Consent.objects.count(),
            "mails": OutboxMail.objects.count(),
        }

    before: dict[str, Any] = {}
    if step == "prepare":
        call_command("migrate", verbosity=0)
        round_ = leftovers()
        school_class = make_round_class(round_)
        make_class_teacher(school_class=school_class)
        slots = make_slots(round_, 1, 1)
        for _ in range(3):
            make_list(round_, slots, school_class=school_class)
    else:
        if point:
            module, name = POINTS[point]
            setattr(sys.modules[module], name, die)
        before = counts()
        at = AT + timedelta(minutes=int(step))
        actions.fill_round(round_=Round.objects.get(), night=NIGHT, begins=True, at=at)
    sys.stdout.write(json.dumps({"before": before, "after": counts()}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
