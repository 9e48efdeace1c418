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
    TRIAL = "trial", "Was wäre, wenn"
    RULES = "rules", "Verfahren im Vergleich"


class RunStage(TextChoices):
    """Where a computation is; what its page says while somebody waits."""

    PREPARE = "prepare", "Eingabe wird vorbereitet"
    SOLVE = "solve", "Plätze werden verteilt"
    PROVE = "prove", "Ergebnis wird bewiesen"
    EXPLAIN = "explain", "Begründungen werden berechnet"
    STORE = "store", "Ergebnis wird gespeichert"


class RunStatus(TextChoices):
    QUEUED = "queued", "wartet"
    RUNNING = "running", "rechnet"
    DONE = "done", "fertig"
    FAILED = "failed", "fehlgeschlagen"
    PUBLISHED = "published", "veröffentlicht"
    WITHDRAWN = "withdrawn", "zurückgenommen"
    CANCELLED = "cancelled", "abgebrochen"
    DISCARDED = "discarded", "verworfen"


class RulingKind(TextChoices):
    """What the office decides by hand before the run."""

    PIN = "pin", "Platz festgelegt"
    BAN = "ban", "Platz ausgeschlossen"
