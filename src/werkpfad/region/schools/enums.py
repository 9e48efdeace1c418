from django.db.models import TextChoices


class SchoolForm(TextChoices):
    GRUNDSCHULE = "grundschule", "Grundschule"
    HAUPTSCHULE = "hauptschule", "Hauptschule"
    REALSCHULE = "realschule", "Realschule"
    OBERSCHULE = "oberschule", "Oberschule"
    GESAMTSCHULE = "gesamtschule", "Gesamtschule"
    GYMNASIUM = "gymnasium", "Gymnasium"
    FOERDERSCHULE = "foerderschule", "Förderschule"
    WALDORFSCHULE = "waldorfschule", "Freie Waldorfschule"
    BERUFSSCHULE = "berufsschule", "Berufsbildende Schule"
    ANDERE = "andere", "Andere Schule"


class TravelMode(TextChoices):
    FOOT = "foot", "zu Fuß"
    BIKE = "bike", "mit dem Fahrrad"
    TRANSIT = "transit", "mit Bus und Bahn"
    CAR = "car", "jemand fährt mich"


class ProfileStep(TextChoices):
    """The short steps of a profile, in the order in which they are asked."""

    INTERESTS = "interests", "Berufsfelder"
    HOME = "home", "Wohnort"
    TRAVEL = "travel", "Weg"
    LIKES = "likes", "Das mache ich gern"
    STRENGTHS = "strengths", "Das kann ich gut"
    WANTS_TO_TRY = "wants_to_try", "Das will ich ausprobieren"
