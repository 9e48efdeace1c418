from django.db.models import TextChoices


class Kind(TextChoices):
    """What a file holds; the value is the word of the command line."""

    SCHOOLS = "schools", "Schulen"
    POSTAL_CODES = "postal-codes", "Postleitzahlen"
    OCCUPATIONS = "occupations", "Berufe (KldB 2010)"
    PUPILS = "pupils", "Schüler:innen"
    COMPANIES = "companies", "Betriebe"
    OFFERS = "offers", "Angebote"


class Outcome(TextChoices):
    """What happens to one row; each row has exactly one."""

    CREATED = "created", "neu"
    UPDATED = "updated", "geändert"
    SKIPPED = "skipped", "übersprungen"
    ERROR = "error", "Fehler"


class BatchState(TextChoices):
    CHECKING = "checking", "wird geprüft"
    STAGED = "staged", "geprüft, noch nicht übernommen"
    QUEUED = "queued", "wartet auf die Übernahme"
    RUNNING = "running", "wird übernommen"
    FAILED = "failed", "fehlgeschlagen"
    COMMITTED = "committed", "übernommen"
    UNDONE = "undone", "rückgängig gemacht"
    DISCARDED = "discarded", "verworfen"
