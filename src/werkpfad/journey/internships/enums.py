from django.db.models import TextChoices


class ProgrammeKind(TextChoices):
    BLOCK = "block", "Schülerbetriebspraktikum"
    WEEK = "week", "Praktikumswoche"


class ProgrammeStatus(TextChoices):
    DRAFT = "draft", "Entwurf"
    OPEN = "open", "offen"
    CLOSED = "closed", "abgeschlossen"


class OfferStatus(TextChoices):
    DRAFT = "draft", "Entwurf"
    PUBLISHED = "published", "veröffentlicht"
    PAUSED = "paused", "pausiert"
    CLOSED = "closed", "beendet"


class Accessibility(TextChoices):
    """What a place offers to people with a disability; facts, no promise beyond them."""

    STEP_FREE = "step_free", "stufenlos erreichbar"
    TOILET = "toilet", "rollstuhlgerechtes WC"
    QUIET = "quiet", "ruhiger Arbeitsplatz"
    SIGN_LANGUAGE = "sign_language", "jemand kann Gebärdensprache"
    PLAIN_LANGUAGE = "plain_language", "Erklärungen in Leichter Sprache"
