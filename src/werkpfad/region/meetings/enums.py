from django.db.models import TextChoices


class PlaceKind(TextChoices):
    """Where a meeting happens."""

    ROOM = "room", "vor Ort"
    REMOTE = "remote", "online"
    HYBRID = "hybrid", "vor Ort und online"


class MeetingState(TextChoices):
    PLANNED = "planned", "in Planung"
    INVITED = "invited", "eingeladen"
    CANCELLED = "cancelled", "abgesagt"


class Answer(TextChoices):
    """What somebody said to an invitation."""

    INVITED = "invited", "noch keine Antwort"
    COMING = "coming", "angemeldet"
    WAITING = "waiting", "auf der Warteliste"
    DECLINED = "declined", "abgesagt"


class Attending(TextChoices):
    """How somebody takes part."""

    ROOM = "room", "vor Ort"
    REMOTE = "remote", "online"


class Rhythm(TextChoices):
    """When the meetings of a series follow each other; always at the same time of day."""

    WEEKLY = "weekly", "jede Woche"
    FORTNIGHTLY = "fortnightly", "alle zwei Wochen"
    MONTHLY = "monthly", "jeden Monat"
    TWO_MONTHLY = "two_monthly", "alle zwei Monate"
    HALF_YEARLY = "half_yearly", "Frühjahr und Herbst"


class PeriodDeed(TextChoices):
    """What is done to all meetings of a period."""

    CALL_OFF = "call_off", "absagen"
    MOVE = "move", "verschieben"
