from django.db.models import TextChoices


class Direction(TextChoices):
    """Which way something goes: members say what they give and what they look for."""

    OFFER = "offer", "Wir bieten"
    NEED = "need", "Wir suchen"


class ItemKind(TextChoices):
    """What members of a network do for each other; an offer and a need of one kind fit together."""

    INTERNSHIP = "internship", "Praktikumsplätze"
    DAY = "day", "Praktikumstage und Zukunftstag"
    VISIT = "visit", "Betriebserkundung"
    CLASS_VISIT = "class_visit", "Besuch im Unterricht"
    PROJECT = "project", "Projekt oder Aufgabe aus der Praxis"
    WORKSHOP = "workshop", "Workshop oder Werkstatttag"
    APPLYING = "applying", "Bewerbungstraining"
    AMBASSADOR = "ambassador", "Ausbildungsbotschafter:innen"
    TEACHERS = "teachers", "Praktikum für Lehrkräfte"
    EVENT = "event", "Messe oder Infotag"
    ROOM = "room", "Räume und Ausstattung"
    ADVICE = "advice", "Beratung"
    PARTNERSHIP = "partnership", "Lernpartnerschaft"
    OTHER = "other", "Anderes"


class EntryStatus(TextChoices):
    """Whether everybody sees an entry."""

    DRAFT = "draft", "in Arbeit"
    PUBLIC = "public", "öffentlich"
    WITHDRAWN = "withdrawn", "zurückgezogen"


class EntryStand(TextChoices):
    """What an owner and the office read about an entry: status, and what waits."""

    DRAFT = "draft", "noch nicht veröffentlicht"
    WAITING = "waiting", "wartet auf Freigabe"
    CHANGED = "changed", "Änderungen noch nicht veröffentlicht"
    PUBLIC = "public", "öffentlich"
    WITHDRAWN = "withdrawn", "zurückgezogen"


class CooperationKind(TextChoices):
    PARTNERSHIP = "partnership", "Lernpartnerschaft"
    KURS = "kurs", "KURSZukunft"
    OTHER = "other", "Andere Kooperation"


class CooperationStatus(TextChoices):
    BUILDING = "building", "im Aufbau"
    AGREED = "agreed", "vereinbart"
    ENDED = "ended", "beendet"


class Party(TextChoices):
    """Who does a step of a project plan."""

    SCHOOL = "school", "Schule"
    PARTNER = "partner", "Partner"
    OFFICE = "office", "Servicestelle"
