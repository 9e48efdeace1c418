"""The 22 fields (Berufsfelder) a new instance starts with, and the KldB 2010 groups behind each.

Titles follow how orientation programmes speak to pupils; prefixes are groups of the KldB 2010, version 2020
(source: Statistik der Bundesagentur für Arbeit). A group may stand in two fields, as it does in life.
"""

from typing import NamedTuple


class StartField(NamedTuple):
    code: str
    title: str
    sentence: str
    kldb_prefixes: tuple[str, ...]


START_FIELDS: tuple[StartField, ...] = (
    StartField(
        "bau",
        "Bau",
        "Häuser, Straßen und Brücken bauen.",
        ("21", "31", "321", "322", "341"),
    ),
    StartField(
        "bueroverwaltung",
        "Büro und Verwaltung",
        "Organisieren, schreiben, rechnen und Menschen weiterhelfen.",
        ("71", "721", "722", "723", "732", "733"),
    ),
    StartField(
        "chemie-labor",
        "Chemie und Labor",
        "Stoffe untersuchen, mischen und messen.",
        ("221", "41", "421", "422", "812"),
    ),
    StartField(
        "elektro",
        "Elektro",
        "Strom, Licht und Geräte zum Laufen bringen.",
        ("261", "262", "263"),
    ),
    StartField(
        "farbe-raum",
        "Farbe und Raum",
        "Wände, Böden und Räume gestalten.",
        ("222", "331", "332", "932"),
    ),
    StartField(
        "fahrzeuge",
        "Fahrzeuge",
        "Autos, Räder, Schiffe und Maschinen reparieren.",
        ("252", "525"),
    ),
    StartField(
        "gastronomie",
        "Gastronomie und Hotel",
        "Kochen, backen und Gäste bewirten.",
        ("293", "632", "633"),
    ),
    StartField(
        "gesundheit",
        "Gesundheit",
        "Menschen und Tieren helfen, gesund zu werden.",
        ("811", "813", "814", "815", "816", "817", "818", "822", "825"),
    ),
    StartField("pflege", "Pflege", "Für alte und kranke Menschen da sein.", ("813", "821")),
    StartField(
        "gruene-berufe",
        "Grüne Berufe",
        "Mit Tieren, Pflanzen und draußen arbeiten.",
        ("11", "12"),
    ),
    StartField(
        "handel",
        "Handel und Verkauf",
        "Kundinnen und Kunden beraten und Waren verkaufen.",
        ("61", "62"),
    ),
    StartField("holz", "Holz", "Möbel, Treppen und Dachstühle aus Holz bauen.", ("223", "333")),
    StartField(
        "it",
        "IT und Computer",
        "Programmieren, Netze bauen, Technik erklären.",
        ("43",),
    ),
    StartField(
        "koerperpflege",
        "Körperpflege",
        "Haare schneiden, schminken, Menschen verschönern.",
        ("823",),
    ),
    StartField(
        "kunst-medien",
        "Kunst und Medien",
        "Bilder, Texte, Filme und Auftritte gestalten.",
        ("23", "92", "931", "933", "934", "935", "936", "94"),
    ),
    StartField(
        "lager-logistik",
        "Lager und Verkehr",
        "Dafür sorgen, dass alles rechtzeitig ankommt.",
        ("51", "521", "522"),
    ),
    StartField(
        "lebensmittel",
        "Lebensmittel",
        "Brot, Wurst, Käse und Süßes herstellen.",
        ("291", "292", "623"),
    ),
    StartField(
        "metall",
        "Metall und Maschinen",
        "Metall formen, Maschinen bauen und bedienen.",
        ("24", "251", "271", "272", "273", "342", "343"),
    ),
    StartField(
        "recht-sicherheit",
        "Recht und Sicherheit",
        "Menschen schützen und dafür sorgen, dass Regeln gelten.",
        ("53", "731"),
    ),
    StartField(
        "soziales-erziehung",
        "Soziales und Erziehung",
        "Kinder begleiten und Menschen unterstützen.",
        ("831", "832", "84"),
    ),
    StartField(
        "sport-tourismus",
        "Sport und Reisen",
        "Menschen bewegen und ihnen die Welt zeigen.",
        ("631", "634", "845"),
    ),
    StartField(
        "textil-mode",
        "Textil und Mode",
        "Nähen, entwerfen und Leder verarbeiten.",
        ("28",),
    ),
)
