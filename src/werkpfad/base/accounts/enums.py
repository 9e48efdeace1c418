from django.db.models import TextChoices


class UserKind(TextChoices):
    """What sort of person signs in; decides doors, session length and second factor."""

    STAFF = "staff", "Fachkraft"
    PUPIL = "pupil", "Schüler:in"
    GUARDIAN = "guardian", "Erziehungsberechtigte:r"


class LinkPurpose(TextChoices):
    """What a mail link may do, and nothing else."""

    SIGN_IN = "sign_in", "Anmelden"
    INVITATION = "invitation", "Einladung annehmen"
    COMPANY_ANSWER = "company_answer", "Als Betrieb antworten"
    COMPANY_ATTENDANCE = "company_attendance", "Anwesenheit bestätigen"
    COMPANY_FEEDBACK = "company_feedback", "Rückmeldung geben"
    CONFIRM_EMAIL = "confirm_email", "Adresse bestätigen"
    ENTRY_CHECK = "entry_check", "Eintrag im Netzwerk bestätigen"
    MEETING = "meeting", "Auf eine Einladung antworten"
    CALENDAR = "calendar", "Kalender abonnieren"
    TASK = "task", "Aufgabe aus einem Protokoll"
    NEWS = "news", "Rundbrief bestellen oder abbestellen"


class LinkState(TextChoices):
    VALID = "valid", "gültig"
    USED = "used", "schon benutzt"
    EXPIRED = "expired", "abgelaufen"
    REVOKED = "revoked", "zurückgezogen"
    UNKNOWN = "unknown", "unbekannt"
