from django.db.models import TextChoices


class ApplicationState(TextChoices):
    OPEN = "open", "wartet auf Antwort"
    ACCEPTED = "accepted", "zugesagt"
    DECLINED = "declined", "abgesagt"
    WITHDRAWN = "withdrawn", "zurückgezogen"
    EXPIRED = "expired", "Frist abgelaufen"
    SUPERSEDED = "superseded", "erledigt durch anderen Platz"


class DeclineReason(TextChoices):
    """Why a company declines; the pupil reads the sentence built from it."""

    FULL = "full", "Alle Plätze sind vergeben"
    DATES = "dates", "Der Zeitraum passt nicht"
    NO_SUPERVISOR = "no_supervisor", "Niemand kann betreuen"
    AGE = "age", "Das Mindestalter ist nicht erreicht"
    NOT_SUITABLE = "not_suitable", "Die Tätigkeit passt nicht zum Wunsch"
    OTHER = "other", "Anderer Grund"
