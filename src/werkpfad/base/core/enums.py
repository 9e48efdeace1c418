"""Names that every room shares: who acted, and through which door."""

from django.db.models import TextChoices


class ActorKind(TextChoices):
    PERSON = "person", "Person"
    LINK = "link", "Person mit Mail-Link"
    SYSTEM = "system", "Werkpfad"
    COMMAND = "command", "Betrieb"


class Channel(TextChoices):
    PORTAL = "portal", "im Portal"
    MAIL_LINK = "mail_link", "über Mail-Link"
    PAPER = "paper", "auf Papier"
    IMPORT = "import", "per Import"
    SYSTEM = "system", "automatisch"
