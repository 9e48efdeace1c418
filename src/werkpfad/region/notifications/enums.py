from django.db.models import TextChoices


class MailStatus(TextChoices):
    QUEUED = "queued", "wartet"
    SENT = "sent", "verschickt"
    FAILED = "failed", "nicht zustellbar"
    BUNDLED = "bundled", "in einer Sammelmail"


class Delivery(TextChoices):
    NOW = "now", "sofort"
    DAILY = "daily", "einmal am Tag gesammelt"
    NEVER = "never", "gar nicht"


class NoticeKind(TextChoices):
    """Every occasion on which Werkpfad writes to somebody. Account mails cannot be switched off."""

    SIGN_IN = "sign_in", "Anmeldung"
    INVITATION = "invitation", "Einladung"
    ACCOUNT = "account", "Sicherheit des Kontos"
    REQUEST = "request", "Neue Anfrage an den Betrieb"
    ANSWER = "answer", "Antwort eines Beteiligten"
    CONFIRMED = "confirmed", "Praktikum bestätigt"
    CANCELLED = "cancelled", "Praktikum abgesagt"
    REMINDER = "reminder", "Erinnerung an eine Frist"
    ROUND = "round", "Zuteilungsrunde"
    ATTENDANCE = "attendance", "Anwesenheit"
    FEEDBACK = "feedback", "Rückmeldung"
    REGION = "region", "Neues für die Koordination"
    NETWORK = "network", "Netzwerk: Eintrag und Kontakte"
    MEETING = "meeting", "Treffen"
    TASK = "task", "Aufgaben aus Protokollen"
    NEWS = "news", "Rundbrief"


ALWAYS_SENT = (NoticeKind.SIGN_IN, NoticeKind.INVITATION, NoticeKind.ACCOUNT)


class Audience(TextChoices):
    """Whom an announcement of the office is for."""

    EVERYBODY = "everybody", "alle"
    PUPILS = "pupils", "Schüler:innen und Eltern"
    SCHOOLS = "schools", "Schulen"
    COMPANIES = "companies", "Betriebe"
