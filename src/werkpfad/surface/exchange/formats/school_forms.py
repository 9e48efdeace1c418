"""School forms out of the words of the registers, e.g. "Hauptschule Realschule Ganztagsschule (o. ZB) Oberschule".

A Kooperative Gesamtschule lists its branches ("KGS - Hauptschule -"), an Oberschule too: the whole counts, not the
branch. "IGS/FWS" stands for Integrierte Gesamtschule and Freie Waldorfschule alike; the name tells which.
"""

import re

from werkpfad.region.schools.enums import SchoolForm as F
from werkpfad.region.schools.rules import by_weight

# Read away first, so that what is left speaks for itself. Order matters.
_WHOLES = (
    (
        re.compile(r"KGS\s*-\s*(?:Hauptschule|Realschule|Gymnasium SEK I+)\s*-?", re.IGNORECASE),
        F.GESAMTSCHULE,
    ),
    (re.compile(r"Waldorf\w*", re.IGNORECASE), F.WALDORFSCHULE),
    (
        re.compile(
            r"IGS/FWS[^,;]*?(?=$| (?!-)(?!SEK)[A-ZÄÖÜ])|IGS-Schulkindergarten|\bIGS\b|\bKGS\b",
            re.IGNORECASE,
        ),
        F.GESAMTSCHULE,
    ),
    (re.compile(r"\w*gesamtschule\w*|GS oder IHR mit Gy", re.IGNORECASE), F.GESAMTSCHULE),
    (
        re.compile(
            r"Abendgymnasium|Abendschule\S*|Abendrealschule|\bKolleg\b|Erwachsenen\S*",
            re.IGNORECASE,
        ),
        F.ANDERE,
    ),
    (re.compile(r"OBS Gymnasialzweig|Oberschule\w*|\bOBS\b", re.IGNORECASE), F.OBERSCHULE),
    (
        re.compile(
            r"berufsb\w*|Berufsschule\w*|Berufskolleg|Berufsfach\w*|Fachschule\w*|\bBBS\b|Gesundheitsfach\w*|Verwaltungsschule",
            re.IGNORECASE,
        ),
        F.BERUFSSCHULE,
    ),
    (
        re.compile(
            r"F[öo]S\b|Förder(?:schul|zentr)\w*|Sonderschule\w*|Sonderpädagog\w*", re.IGNORECASE
        ),
        F.FOERDERSCHULE,
    ),
    (re.compile(r"\w*Gymnasi\w*|Sekundarbereich(?:s)? II", re.IGNORECASE), F.GYMNASIUM),
    (
        re.compile(r"Haupt-?\s*und\s*Realschule\w*|Haupt- u\.? ?Realschule", re.IGNORECASE),
        (F.HAUPTSCHULE, F.REALSCHULE),
    ),
    (re.compile(r"(?<!Abend)Realschule\w*", re.IGNORECASE), F.REALSCHULE),
    (re.compile(r"Hauptschule\w*", re.IGNORECASE), F.HAUPTSCHULE),
    (
        re.compile(
            r"Sekundarschule|Gemeinschaftsschule|Stadtteilschule|Regelschule|Mittelschule",
            re.IGNORECASE,
        ),
        F.ANDERE,
    ),
    (re.compile(r"Grundschule\w*|Primarschule|Schulkindergarten", re.IGNORECASE), F.GRUNDSCHULE),
)


def forms_of(stated: str, name: str) -> list[str]:
    """All forms of a school, heaviest first; [] if neither the stated words nor the name tell."""
    forms = _read(stated) or _read(name)
    if (
        F.GESAMTSCHULE in forms
        and "IGS/FWS" in stated
        and re.search("Waldorf", name, re.IGNORECASE)
    ):
        forms = (forms - {F.GESAMTSCHULE}) | {F.WALDORFSCHULE}
    return by_weight(forms)


def _read(words: str) -> set[F]:
    found: set[F] = set()
    rest = words
    for pattern, form in _WHOLES:
        rest, hits = pattern.subn(" ", rest)
        if hits:
            found |= set(form) if isinstance(form, tuple) else {form}
    return found
