from django.db.models import TextChoices


class RoundPhase(TextChoices):
    PLANNED = "planned", "geplant"
    WISHES = "wishes", "Wunschabgabe"
    ALLOCATION = "allocation", "Zuteilung"
    PUBLISHED = "published", "Bestätigung"
    LEFTOVERS = "leftovers", "Restplatzbörse"
    CLOSED = "closed", "abgeschlossen"


class Equity(TextChoices):
    """How places go when there are too few; shown to everybody before the run."""

    NONE = "none", "Wünsche und Los allein"
    PARITY = "parity", "keine Schule bleibt zurück"
    STRICT = "strict", "Schulen mit hohem Sozialindex zuerst"


class RunKind(TextChoices):
    DRY = "dry", "Probelauf"
    FINAL = "final", "Zuteilung"
    FILL = "fill", "Nachvermittlung"


class RunStatus(TextChoices):
    QUEUED = "queued", "wartet"
    RUNNING = "running", "rechnet"
    DONE = "done", "fertig"
    FAILED = "failed", "fehlgeschlagen"
    PUBLISHED = "published", "veröffentlicht"
    WITHDRAWN = "withdrawn", "zurückgenommen"
    CANCELLED = "cancelled", "abgebrochen"
    DISCARDED = "discarded", "verworfen"
