"""Where something is, as schools, companies and places write it: the columns they share, and both coordinates or none."""

from werkpfad.surface.exchange.formats import cells
from werkpfad.surface.exchange.formats.spec import Column, Draft

LAT = Column(
    "lat",
    "Breite",
    cells.degrees(90),
    ("latitude", "breitengrad", "geogr breite"),
    example="53.5979",
)
LON = Column(
    "lon",
    "Länge",
    cells.degrees(180),
    ("lng", "longitude", "längengrad", "geogr länge"),
    example="9.4757",
)
STREET = Column(
    "street",
    "Straße",
    cells.text(160),
    ("strasse", "straße und hausnummer", "str", "anschrift", "adresse", "street"),
    example="Werkstraße 1",
)
PLACE = Column(
    "place", "Ort", cells.text(120), ("stadt", "gemeinde", "city", "place"), example="Stade"
)
WEBSITE = Column(
    "website",
    "Internet",
    cells.website,
    ("homepage", "webseite", "website", "url", "internetadresse"),
    example="https://www.example.org",
)


def postal_code(*synonyms: str, required: bool = False, example: str = "21682") -> Column:
    """`synonyms` come on top of those every file may use."""
    return Column(
        "postal_code",
        "Postleitzahl",
        cells.postal_code,
        ("plz", "zip", "postcode", *synonyms),
        required,
        example,
    )


def check_coordinates(draft: Draft) -> None:
    """One of the two alone is a slip of the pen, and would put the site nowhere."""
    if ("lat" in draft.values) != ("lon" in draft.values):
        draft.problem(
            "Breite, Länge",
            "Es fehlt eine der beiden Koordinaten. Bitte ergänzen oder beide leer lassen.",
        )
