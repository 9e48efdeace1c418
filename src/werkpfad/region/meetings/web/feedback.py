"""What people said afterwards, in sums; words only when enough people answered that nobody can be told by them."""

from dataclasses import dataclass

from werkpfad.base.core.ui.parts import Bar
from werkpfad.journey.matching.rules import suppressed
from werkpfad.region.meetings.models import Meeting

WORDS = ((4, "ja, sehr"), (3, "eher ja"), (2, "eher nein"), (1, "nein"))


@dataclass(frozen=True, slots=True)
class Feedback:
    """`count` answers; `bars` and `comments` are empty when they are too few."""

    count: int
    bars: list[Bar]
    comments: list[str]


def feedback_of(meeting: Meeting) -> Feedback:
    """Reads the region's smallest group size."""
    rows = list(meeting.registrations.filter(rating__isnull=False).values_list("rating", "comment"))
    smallest = meeting.circle.region.min_group_size
    counts = [sum(rating == value for rating, _ in rows) for value, _ in WORDS]
    if len(rows) < smallest:
        return Feedback(len(rows), [], [])
    shown = suppressed(counts, smallest)
    bars = [
        Bar(word, count) if count is not None else Bar(word, 0, note=f"unter {smallest}")
        for (_, word), count in zip(WORDS, shown, strict=True)
    ]
    return Feedback(len(rows), bars, sorted(text for _, text in rows if text))
