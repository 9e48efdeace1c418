"""Class lists from school administration.

A pupil is known by the number the school gives; without one by school, class, name and day of birth together,
never by name alone.
"""

import re
from datetime import date

from werkpfad.base.core.school_year import age_on
from werkpfad.base.core.text import same_name_key
from werkpfad.region.schools.rules import school_key
from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.formats import cells
from werkpfad.surface.exchange.formats.schools import school_number
from werkpfad.surface.exchange.formats.spec import (
    BadValue,
    Column,
    Draft,
    Keys,
    Lookup,
    Spec,
    Values,
)

AGES = range(9, 28)
UPPER_GRADES = {"E": 11, "EF": 11, "Q1": 12, "Q2": 13}
_KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/-]{0,58}")


def _key(raw: str) -> str:
    value = raw.removesuffix(".0")
    if not _KEY.fullmatch(value) or value.startswith("neu-"):
        raise BadValue(
            f"‚{raw[:40]}‘ ist keine Schülernummer. Erlaubt sind Ziffern, Buchstaben, Punkt und Strich."
        )
    return value


def _class_name(raw: str) -> str:
    """ "9 b", "09B" and "9B" are the class 9b; names without a number stay as they are."""
    value = " ".join(raw.removesuffix(".0").split())
    if len(value) > 20:
        raise BadValue(f"‚{value[:40]}‘ ist als Name einer Klasse zu lang (höchstens 20 Zeichen).")
    if match := re.fullmatch(r"0?([0-9]{1,2})\s?([A-Za-z]?)", value):
        return match[1] + match[2].lower()
    return value


def grade_of(class_name: str) -> int | None:
    """The grade a class name begins with; None if it says nothing ("Eulen")."""
    if (known := UPPER_GRADES.get(class_name.upper())) is not None:
        return known
    match = re.match(r"[0-9]{1,2}(?![0-9])", class_name)
    return int(match[0]) if match and 1 <= int(match[0]) <= 13 else None


def _check(draft: Draft, lookup: Lookup) -> None:
    values = draft.values
    _check_school(draft, lookup)
    if name := values.get("class_name"):
        if "grade" not in values:
            grade = grade_of(name)
            if grade is None:
                draft.problem(
                    "Jahrgang",
                    f"ist aus dem Klassennamen ‚{name}‘ nicht zu erkennen. Bitte die Spalte „Jahrgang“ ergänzen.",
                )
            else:
                values["grade"] = grade
        if lookup.classes is not None and name not in lookup.classes:
            draft.problem(
                "Klasse",
                f"‚{name}‘ gehört nicht zu Ihren Klassen. Bitte die Schulkoordination, sie Ihnen zuzuordnen.",
            )
    if born := values.get("birth_date"):
        age = age_on(date.fromisoformat(born), lookup.today)
        if age not in AGES:
            draft.problem("Geburtsdatum", f"ergibt ein Alter von {age} Jahren. Bitte prüfen.")
    _check_elsewhere(draft, lookup)


def _check_school(draft: Draft, lookup: Lookup) -> None:
    values = draft.values
    stated = values.get("school_number", "")
    key = school_key(stated, lookup.state) if stated else lookup.school_key
    if not key:
        draft.problem(
            "Schulnummer",
            "fehlt. Bitte ergänzen, damit klar ist, zu welcher Schule die Klasse gehört.",
        )
    elif lookup.school_key and key != lookup.school_key:
        draft.problem(
            "Schulnummer",
            f"{key} ist eine andere Schule als die, für die importiert wird ({lookup.school_key}).",
        )
    elif key not in lookup.schools:
        draft.problem(
            "Schulnummer",
            f"{key} ist in dieser Region nicht bekannt. Bitte zuerst die Schulen importieren.",
        )
    values["school_number"] = key


def person_key(school: str, family_name: str, given_name: str, born: str) -> str:
    return "|".join((school, same_name_key(family_name), same_name_key(given_name), born))


def _check_elsewhere(draft: Draft, lookup: Lookup) -> None:
    """Somebody of the same name and birthday in another class is shown, never joined: a person decides."""
    values = draft.values
    needed = ("school_number", "family_name", "given_name", "birth_date", "class_name")
    if "school_key" in values or not all(values.get(name) for name in needed):
        return
    other = lookup.pupils_elsewhere.get(person_key(*(values[name] for name in needed[:4])))
    if other and other != values["class_name"]:
        draft.notes.append(
            f"In der {other} gibt es schon eine Person mit gleichem Namen und Geburtsdatum. "
            "Ist es dieselbe, bitte dort die Klasse ändern statt hier neu anlegen."
        )


def _keys(values: Values) -> Keys:
    return keys_of(
        values["school_number"],
        values.get("school_key", ""),
        values["class_name"],
        person_key(
            values["school_number"],
            values["family_name"],
            values["given_name"],
            values["birth_date"],
        ),
    )


def keys_of(school: str, number: str, class_name: str, person: str) -> Keys:
    """`number` is the Schülernummer, empty if the school gives none."""
    return Keys(f"{school}|nr {number}" if number else "", f"{class_name}|{person}")


def _conflict(_values: Values, existing: Values) -> str:
    if existing.get("left_on"):
        return "Ist als abgegangen eingetragen. Bitte zuerst in der Klassenliste zurückholen."
    if existing.get("out_of_reach"):
        return "Diese Schülernummer gehört zu einer anderen Klasse. Bitte die Schulkoordination um den Wechsel."
    return ""


SPEC = Spec(
    kind=Kind.PUPILS,
    columns=(
        Column(
            "family_name",
            "Nachname",
            cells.text(100),
            ("name", "familienname", "zuname", "last name", "family name"),
            True,
            "Muster",
        ),
        Column(
            "given_name",
            "Vorname",
            cells.text(100),
            ("rufname", "vornamen", "first name", "given name"),
            True,
            "Mika",
        ),
        Column(
            "birth_date",
            "Geburtsdatum",
            cells.day(date(1980, 1, 1), date(2100, 1, 1)),
            ("geb", "geb datum", "geburtstag", "geboren", "geboren am", "gebdat", "date of birth"),
            True,
            "14.03.2012",
        ),
        Column(
            "class_name",
            "Klasse",
            _class_name,
            ("kl", "klassenname", "klassenbezeichnung", "lerngruppe", "class"),
            True,
            "9b",
        ),
        Column(
            "grade",
            "Jahrgang",
            cells.whole_number(1, 13),
            ("jahrgangsstufe", "klassenstufe", "stufe", "jg", "grade"),
            example="9",
        ),
        Column(
            "school_key",
            "Schülernummer",
            _key,
            (
                "schüler-id",
                "schülerid",
                "schueler-nr",
                "schülernr",
                "id",
                "nr",
                "interne id",
                "pupil id",
            ),
            example="2026-0417",
        ),
        Column(
            "school_number",
            "Schulnummer",
            school_number,
            ("schulnr", "snr", "school number"),
            example="NI-66886",
        ),
        Column(
            "home_postal_code",
            "Postleitzahl",
            cells.postal_code,
            ("plz", "wohnort plz", "zip"),
            example="21762",
        ),
        Column(
            "home_place",
            "Wohnort",
            cells.text(120),
            ("ort", "stadt", "place", "city"),
            example="Otterndorf",
        ),
    ),
    check=_check,
    keys=_keys,
    conflict=_conflict,
    label=lambda values: " ".join(
        filter(None, (values.get("given_name", ""), values.get("family_name", "")))
    ),
    compared=(
        "family_name",
        "given_name",
        "birth_date",
        "class_name",
        "school_key",
        "home_postal_code",
        "home_place",
    ),
    personal=True,
)
