from django.db.models import TextChoices


class PlacementState(TextChoices):
    """Where a placement stands. Only CONFIRMED and later states hold a seat."""

    PROPOSED = "proposed", "vorgeschlagen"
    CONFIRMED = "confirmed", "bestätigt"
    COMPLETED = "completed", "abgeschlossen"
    DECLINED = "declined", "abgelehnt"
    EXPIRED = "expired", "Frist abgelaufen"
    CANCELLED = "cancelled", "abgesagt"


SEATED = (PlacementState.CONFIRMED, PlacementState.COMPLETED)
ACTIVE = (PlacementState.PROPOSED, *SEATED)


class Side(TextChoices):
    """The three who agree."""

    COMPANY = "company", "Betrieb"
    PUPIL = "pupil", "Schüler:in"
    SCHOOL = "school", "Schule"


class Answer(TextChoices):
    OPEN = "open", "offen"
    YES = "yes", "ja"
    NO = "no", "nein"


class Source(TextChoices):
    ROUND = "round", "Zuteilung"
    APPLICATION = "application", "Bewerbung"
    MANUAL = "manual", "von der Koordination"


class AnswerReason(TextChoices):
    """Why a side says no or calls off; structured, so that it can be counted and explained."""

    FULL = "full", "Alle Plätze sind vergeben"
    DATES = "dates", "Der Zeitraum passt nicht"
    NO_SUPERVISOR = "no_supervisor", "Niemand kann betreuen"
    AGE = "age", "Das Mindestalter ist nicht erreicht"
    TOO_FAR = "too_far", "Der Weg ist zu weit"
    OTHER_PLACE = "other_place", "Ich habe einen anderen Platz"
    NOT_INTERESTED = "not_interested", "Das ist doch nichts für mich"
    NOT_SUITABLE = "not_suitable", "Der Platz ist nicht geeignet"
    ILLNESS = "illness", "Krankheit"
    ROUND_UNDONE = "round_undone", "Die Zuteilung wurde zurückgenommen"
    OTHER = "other", "Anderer Grund"


class Presence(TextChoices):
    PRESENT = "present", "da"
    LATE = "late", "zu spät"
    EXCUSED = "excused", "entschuldigt gefehlt"
    UNEXCUSED = "unexcused", "unentschuldigt gefehlt"
