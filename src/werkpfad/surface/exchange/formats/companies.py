"""Companies of a region, from chambers, from the previous portal or from the county's own list.

An own number of the source tells companies apart; without one the postal code and the normalised name together,
never the name alone.
"""

import re

from werkpfad.base.core.text import same_name_key
from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.formats import cells
from werkpfad.surface.exchange.formats.address import (
    LAT,
    LON,
    PLACE,
    STREET,
    WEBSITE,
    check_coordinates,
    postal_code,
)
from werkpfad.surface.exchange.formats.spec import (
    BadValue,
    Column,
    Draft,
    Keys,
    Lookup,
    Spec,
    Values,
)

_KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z ._:/-]{0,59}")


def company_number(raw: str) -> str:
    value = " ".join(raw.removesuffix(".0").split())
    if not _KEY.fullmatch(value):
        raise BadValue(
            f"‚{raw[:40]}‘ ist keine Nummer. Erlaubt sind Ziffern, Buchstaben, Punkt und Strich."
        )
    return value


def weak_key(postal_code: str, name: str) -> str:
    return f"{postal_code} {same_name_key(name)}"


def _check(draft: Draft, _lookup: Lookup) -> None:
    values = draft.values
    check_coordinates(draft)
    if "name" in values and not same_name_key(values["name"]):
        draft.problem("Name", "enthält keinen Buchstaben. Bitte korrigieren.")
    if "contact_name" not in values and ("email" in values or "phone" in values):
        values["contact_name"] = "Ansprechperson"
        draft.notes.append(
            "Ohne Namen der Ansprechperson; E-Mail und Telefon werden trotzdem übernommen."
        )


def _keys(values: Values) -> Keys:
    number = values.get("number", "")
    return Keys(f"nr {number}" if number else "", weak_key(values["postal_code"], values["name"]))


SPEC = Spec(
    kind=Kind.COMPANIES,
    columns=(
        Column(
            "name",
            "Name",
            cells.text(200),
            ("firma", "betrieb", "unternehmen", "firmenname", "name des betriebs", "company"),
            True,
            "Tischlerei Beispiel GmbH",
        ),
        postal_code(required=True),
        PLACE,
        STREET,
        Column(
            "number",
            "Nummer",
            company_number,
            (
                "id",
                "betriebsnummer",
                "mitgliedsnummer",
                "kammernummer",
                "ihk-nummer",
                "externe id",
                "external id",
            ),
            example="IHK-10421",
        ),
        WEBSITE,
        Column(
            "description",
            "Beschreibung",
            cells.lines(2000),
            ("über uns", "kurzbeschreibung", "description"),
            example="Wir bauen Küchen und Treppen.",
        ),
        Column(
            "contact_name",
            "Ansprechperson",
            cells.text(120),
            (
                "ansprechpartner",
                "ansprechpartnerin",
                "ansprechpartner/in",
                "kontakt",
                "kontaktperson",
                "contact",
            ),
            example="Kim Beispiel",
        ),
        Column(
            "contact_function",
            "Funktion",
            cells.text(120),
            ("position", "rolle", "abteilung"),
            example="Ausbildung",
        ),
        Column(
            "email",
            "E-Mail",
            cells.email,
            ("mail", "email", "e-mail-adresse", "emailadresse"),
            example="kim@example.org",
        ),
        Column(
            "phone",
            "Telefon",
            cells.phone,
            ("tel", "telefonnummer", "festnetz", "phone"),
            example="04141 000000",
        ),
        LAT,
        LON,
    ),
    check=_check,
    keys=_keys,
    label=lambda values: str(values.get("name", "")),
    compared=(
        "name",
        "number",
        "street",
        "postal_code",
        "place",
        "website",
        "description",
        "contact_name",
        "contact_function",
        "email",
        "phone",
        "lat",
        "lon",
    ),
)
