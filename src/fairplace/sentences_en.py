"""English sentences; placeholders are filled in sentences.py."""

from __future__ import annotations

from fairplace.solution import Code

LEVELS = {
    "unplaced": "people without a place",
    "floors": "shortfall of floors",
    "equity": "disadvantage in precedence",
    "moved": "proposed places that change",
    "days": "weighted missing days",
    "fields": "repeated fields of work",
    "wishes": "sum of wish ranks",
    "travel": "sum of journeys",
    "company": "sum of the companies' ranks",
    "lottery": "order of the draw",
    "tie": "last digit of the draw",
}

PROOF = (
    "An allocation with this place differs from the optimum by: {change}. "
    "It would touch {moved}; anyone can recompute the result with the same seed."
)

OVERALL = {
    "granted": {
        "pupil": "You have a place.",
        "teacher": "Has a place.",
        "judge": "A place was allocated (lottery number {number} of {people}).",
    },
    "confirmed": {
        "pupil": "Your place was already confirmed and stays yours.",
        "teacher": "Place was already confirmed.",
        "judge": "The place was confirmed before the run and not part of it.",
    },
    "no_wish": {
        "pupil": "You have not made a wish yet. Choose some places and you are in.",
        "teacher": "Made no wishes.",
        "judge": "There was no wish.",
    },
    "without": {
        "pupil": "There is no place for you yet. It is not your fault.",
        "teacher": "Has no place yet; the reasons stand beside the wishes.",
        "judge": "No place was allocated (lottery number {number} of {people}).",
    },
}

SENTENCES = {
    Code.GRANTED: {
        "pupil": "{place}: this was your wish number {rank}, and it is yours.",
        "teacher": "{place}: allocated (wish {rank}).",
        "judge": "{place}: allocated, wish rank {rank}.",
    },
    Code.CONFIRMED: {
        "pupil": "{place}: this place had already been promised to you.",
        "teacher": "{place}: was already confirmed.",
        "judge": "{place}: confirmed before the run and therefore unchanged.",
    },
    Code.DECLINED: {
        "pupil": "{place}: this place had already been called off.",
        "teacher": "{place}: was already declined.",
        "judge": "{place}: declined before the run and therefore excluded.",
    },
    Code.AWAY: {
        "pupil": "{place}: you cannot come on that day.",
        "teacher": "{place}: the day does not fit.",
        "judge": "{place}: the person is not available on that day by their own statement.",
    },
    Code.NO_SEAT: {
        "pupil": "{place}: no seat was open here.",
        "teacher": "{place}: no open seat (taken, reserved or withdrawn).",
        "judge": "{place}: of {seats} none was open to this person; all are confirmed "
        "or reserved for other groups.",
    },
    Code.NO_WISH: {
        "pupil": "{place}: there was no wish.",
        "teacher": "{place}: no wish.",
        "judge": "{place}: there was no wish.",
    },
    Code.BETTER: {
        "pupil": "{place}: you got something that mattered to you at least as much.",
        "teacher": "{place}: a wish at least as good was granted.",
        "judge": "{place}: does not arise, because a wish of at least equal rank was granted.",
    },
    Code.PLACED: {
        "pupil": "{place}: with you in this place, somebody else would have {loss}.",
        "teacher": "{place}: full; somebody else would have {loss}.",
        "judge": "{place}: {seats}, wanted by {wanted}. Placing as many as possible comes first; "
        "with this place {worse} would have {loss}.",
    },
    Code.EQUITY: {
        "pupil": "{place}: by the rules of this round others went first, "
        "because things are harder for them otherwise.",
        "teacher": "{place}: full; the round's rule of precedence decided.",
        "judge": "{place}: {seats}, wanted by {wanted}. With equally many places filled, "
        "the published rule of precedence decided.",
    },
    Code.KEPT: {
        "pupil": "{place}: this place had been proposed to somebody before. Proposals stay "
        "as long as nobody more goes without because of that.",
        "teacher": "{place}: full; an earlier proposal stands.",
        "judge": "{place}: {seats}, wanted by {wanted}. Earlier proposals change only "
        "if that gives more people a place.",
    },
    Code.FIELDS: {
        "pupil": "{place}: to make room, others would have to see the same kind of work twice.",
        "teacher": "{place}: full; otherwise others would see fewer different fields of work.",
        "judge": "{place}: {seats}, wanted by {wanted}. With equally many places filled, "
        "{points} more places would repeat a field of work.",
    },
    Code.WISHES: {
        "pupil": "{place}: to make room, others would have had to give up wishes that together "
        "mattered even more.",
        "teacher": "{place}: full; others would lose {points} ranks more than are gained here.",
        "judge": "{place}: {seats}, wanted by {wanted}. With equally many places filled, "
        "the sum of wish ranks would be worse by {points}.",
    },
    Code.TRAVEL: {
        "pupil": "{place}: the wishes worked out equally well, but journeys would be longer.",
        "teacher": "{place}: full; equally good wishes, but longer journeys for others.",
        "judge": "{place}: {seats}, wanted by {wanted}. With equal wish ranks, "
        "journeys would be longer by {points} in sum.",
    },
    Code.COMPANY: {
        "pupil": "{place}: all else was equal, so the company's own list counted.",
        "teacher": "{place}: full; all else equal, the companies' order counted.",
        "judge": "{place}: {seats}, wanted by {wanted}. All else equal, "
        "the companies' order decided.",
    },
    Code.LOTTERY: {
        "pupil": "{place}: more people wanted to go than there are seats, all with the same right, "
        "so the draw decided. Your lottery number was {number} of {people}.",
        "teacher": "{place}: full; equal claims, so the draw decided "
        "(number {number} of {people}).",
        "judge": "{place}: {seats}, wanted by {wanted}. All else equal, the draw fixed beforehand "
        "decided (number {number} of {people}).",
    },
    Code.DAY_TAKEN: {
        "pupil": "{place}: you are somewhere else on that day.",
        "teacher": "{place}: the day is taken.",
        "judge": "{place}: there is a confirmed place on that day; one per day is the limit.",
    },
    Code.COMPANY_TAKEN: {
        "pupil": "{place}: you visit this company on another day.",
        "teacher": "{place}: the company is allocated on another day.",
        "judge": "{place}: each company is allocated to a person once; it is, on another day.",
    },
    Code.ENOUGH: {
        "pupil": "{place}: you have as many places as you wanted.",
        "teacher": "{place}: the number wanted is reached.",
        "judge": "{place}: the number wanted is reached by confirmed places.",
    },
}


def people(count: int) -> str:
    """A number of people in words."""
    return "one person" if count == 1 else f"{count} people"


def loss(week: bool) -> str:
    """What somebody else would lose, after a form of "have"."""
    return "a day less" if week else "no place at all"


def seats(count: int) -> str:
    """A number of seats in words."""
    return "one seat" if count == 1 else f"{count} seats"


def changes(change: tuple[tuple[str, int], ...]) -> str:
    """The change of every level that changes."""
    parts = [f"{LEVELS[name.split()[0]]} {value:+d}" for name, value in change]
    return ", ".join(parts) if parts else "no change in any level"
