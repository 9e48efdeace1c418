"""After the result without a place: what happens next, with its dates, in the words of a 13-year-old."""

from datetime import timedelta

from werkpfad.base.core.days import written_out
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.rules.guidance import Guidance
from werkpfad.journey.matching.rules.rounds import RoundPlan

NO_VERDICT = "Das ist kein Urteil über dich."


def without_place(phase: str, plan: RoundPlan) -> Guidance:
    """What a pupil without a place waits for or does; `is_your_turn` while free places can be chosen."""
    if phase == RoundPhase.PUBLISHED and plan.leftovers_until is not None:
        starts = written_out(plan.confirm_until + timedelta(days=1))
        return Guidance(
            "So geht es weiter",
            f"{NO_VERDICT} Bis zum {written_out(plan.confirm_until)} sagen die anderen, ob sie ihren Platz nehmen. Ab dem {starts} "
            "siehst du hier, was frei ist, und suchst dir etwas aus. Bis dahin musst du nichts tun.",
        )
    if phase == RoundPhase.LEFTOVERS and plan.leftovers_until is not None:
        return Guidance(
            "Jetzt gibt es freie Plätze",
            f"{NO_VERDICT} Such dir bis zum {written_out(plan.leftovers_until)} aus, was dir gefällt. Jede Nacht werden die freien "
            "Plätze neu verteilt, und am Morgen steht hier, ob es geklappt hat.",
            True,
        )
    return Guidance(
        "So geht es weiter",
        f"{NO_VERDICT} Deine Lehrkraft sieht, dass du noch suchst, und hilft dir.",
    )
