from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    OFFICE = "office", "Servicestelle"
    SCHOOL = "school", "Schule"
    COMPANY = "company", "Betrieb"
    CHAMBER = "chamber", "Kammer"
    INTERMEDIARY = "intermediary", "Vermittelnde Institution"
    YOUTH_PLACE = "youth_place", "Jugendeinrichtung"


class OrganisationStatus(TextChoices):
    REQUESTED = "requested", "wartet auf Freigabe"
    ACTIVE = "active", "aktiv"
    PAUSED = "paused", "pausiert"
    BLOCKED = "blocked", "gesperrt"
    MERGED = "merged", "zusammengeführt"


class LocatedBy(TextChoices):
    """How a site's coordinates came about; decides whether a later import may replace them."""

    NOTHING = "nothing", "nicht verortet"
    POSTAL_CODE = "postal_code", "Mitte der Postleitzahl"
    GIVEN = "given", "Koordinaten angegeben"
