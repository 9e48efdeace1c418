"""Schools from the registers of the states, told apart by their Schulnummer alone.

Two schools may share name, address and building (a Grundschule and an Oberschule of one campus): the number
decides. One number in several rows is one school with several school forms.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from werkpfad.base.core.text import same_name_key
from werkpfad.region.schools.enums import SchoolForm
from werkpfad.region.schools.rules import is_school_number, school_key
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
from werkpfad.surface.exchange.formats.postal_codes import state_code
from werkpfad.surface.exchange.formats.school_forms import forms_of
from werkpfad.surface.exchange.formats.spec import (
    BadValue,
    Column,
    Draft,
    Keys,
    Lookup,
    Spec,
    Values,
)

NO_SCHOOL = (
    (
        re.compile(r"Studienseminar", re.IGNORECASE),
        "Studienseminar bildet Lehrkräfte aus, keine Schule mit Klassen.",
    ),
    (
        re.compile(r"^ehem\.|^ehemalige", re.IGNORECASE),
        "Ehemalige Schule ohne Schulform, nicht übernommen.",
    ),
)
CLOSING = re.compile(r"auslaufend|Aufhebung", re.IGNORECASE)


def school_number(raw: str) -> str:
    value = raw.upper().removesuffix(".0").strip()
    if not is_school_number(value):
        raise BadValue(
            f"‚{raw[:40]}‘ ist keine Schulnummer. Erlaubt sind Ziffern, Buchstaben, Punkt und Strich."
        )
    return value


def _check(draft: Draft, lookup: Lookup) -> None:
    values = draft.values
    name = values.get("name", "")
    land = values.pop("state", "") or lookup.state
    if number := values.get("number"):
        values["number"] = school_key(number, land)
    stated = values.pop("forms", "")
    forms = forms_of(stated, name)
    if not stated:
        for pattern, reason in NO_SCHOOL:
            if pattern.search(name):
                draft.skip = reason
                return
        draft.notes.append(
            "Ohne Schulform in der Datei; aus dem Namen gelesen." if forms else "Ohne Schulform."
        )
    values["forms"] = forms or [SchoolForm.ANDERE.value]
    _check_place(draft, lookup)
    if CLOSING.search(name):
        draft.notes.append("Die Schule ist als auslaufend bezeichnet.")
    if _address(name, values.get("street", ""), values.get("postal_code", "")) in lookup.twins:
        draft.notes.append(
            "Gleicher Name und gleiche Anschrift unter anderer Schulnummer: bleibt eine eigene Schule."
        )


def _address(name: str, street: str, postal_code: str) -> str:
    return "|".join(map(same_name_key, (name, street, postal_code)))


def _find_twins(rows: Sequence[Mapping[str, str]], lookup: Lookup) -> Lookup:
    """Name and address that stand under more than one Schulnummer."""
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.get("street"):
            address = _address(row.get("name", ""), row["street"], row.get("postal_code", ""))
            numbers[address].add(row.get("number", ""))
    return replace(lookup, twins=frozenset(a for a, found in numbers.items() if len(found) > 1))


def _check_place(draft: Draft, lookup: Lookup) -> None:
    values = draft.values
    check_coordinates(draft)
    code = values.get("postal_code", "")
    if not code and "lat" not in values:
        draft.notes.append(
            "Ohne Postleitzahl und Koordinaten; die Schule steht nicht auf der Karte."
        )
    if lookup.districts:
        district = lookup.district_of.get(code, "")
        if district not in lookup.districts:
            draft.skip = f"Liegt nicht im gewählten Kreis ({code or 'ohne Postleitzahl'})."


def _merge(first: Values, second: Values) -> Values | None:
    """The same school in a second row: forms add up, gaps fill, anything else contradicts."""
    alike = ("name", "postal_code")
    if any(
        first.get(name) != second.get(name) for name in alike if name in first and name in second
    ):
        return None
    forms = first["forms"] + [form for form in second["forms"] if form not in first["forms"]]
    return {**second, **first, "forms": forms}


def _keys(values: Values) -> Keys:
    return Keys(values["number"])


SPEC = Spec(
    kind=Kind.SCHOOLS,
    columns=(
        Column(
            "number",
            "Schulnummer",
            school_number,
            (
                "id",
                "schul-id",
                "schulnr",
                "schul-nr",
                "snr",
                "amtliche schulnummer",
                "dienststellenschlüssel",
                "school number",
            ),
            True,
            "NI-66886",
        ),
        Column(
            "name",
            "Name",
            cells.text(200),
            ("schulname", "schule", "name der schule", "bezeichnung", "school"),
            True,
            "Gymnasium Otterndorf",
        ),
        Column(
            "forms",
            "Schulform",
            cells.text(400),
            ("schulart", "schulformen", "schultyp", "school type", "bildungsgang"),
            example="Gymnasium",
        ),
        Column("state", "Land", state_code, ("bundesland", "state"), example="Niedersachsen"),
        replace(STREET, example="Schulstr. 2"),
        postal_code(example="21762"),
        replace(PLACE, example="Otterndorf"),
        WEBSITE,
        replace(LAT, example="53.8099"),
        replace(LON, example="8.9001"),
    ),
    check=_check,
    keys=_keys,
    label=lambda values: str(values.get("name") or values.get("number") or ""),
    merge=_merge,
    prepare=_find_twins,
    compared=("name", "forms", "street", "postal_code", "place", "website", "lat", "lon"),
)
