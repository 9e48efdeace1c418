"""The KldB 2010 (version 2020) as the Bundesagentur für Arbeit publishes it: one row per position, five levels.

The file was through a spreadsheet: positions of the armed forces lost their leading zeros ("1" is 01 on level 2),
so the level is needed to read the code.
"""

import re

from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.formats import cells
from werkpfad.surface.exchange.formats.spec import (
    BadValue,
    Column,
    Draft,
    Keys,
    Lookup,
    Spec,
    Values,
)

EDITION = "KldB 2010, V. 2020"


def _code(raw: str) -> str:
    code = re.sub(r"^B\s?", "", raw.removesuffix(".0").replace(" ", ""))
    if not re.fullmatch(r"[0-9]{1,5}", code):
        raise BadValue(f"‚{raw[:20]}‘ ist kein Schlüssel der KldB 2010 (1 bis 5 Ziffern).")
    return code


def _check(draft: Draft, _lookup: Lookup) -> None:
    values = draft.values
    code = values.get("code")
    if not code:
        return
    level = values.setdefault("level", len(code))
    if len(code) > level:
        draft.problem(
            "Ebene",
            f"{level} passt nicht zum Schlüssel {code} mit {len(code)} Ziffern. Bitte prüfen.",
        )
        return
    if len(code) < level:
        values["code"] = code.zfill(level)
        draft.notes.append(
            f"Schlüssel ‚{code}‘ als {values['code']} gelesen (führende Null ergänzt)."
        )


def _keys(values: Values) -> Keys:
    return Keys(values["code"])


SPEC = Spec(
    kind=Kind.OCCUPATIONS,
    columns=(
        Column(
            "code",
            "Schlüssel",
            _code,
            (
                "schlüssel kldb 2010, v. 2020",
                "schlüssel kldb 2010",
                "kldb",
                "kldb 2010",
                "code",
                "systematiknummer",
            ),
            True,
            "43412",
        ),
        Column(
            "level",
            "Ebene",
            cells.whole_number(1, 5),
            ("level", "gliederungsebene", "stufe"),
            example="5",
        ),
        Column(
            "title",
            "Titel",
            cells.text(250),
            ("bezeichnung", "title", "name", "berufsbenennung"),
            True,
            "Berufe in der Softwareentwicklung – fachlich ausgerichtete Tätigkeiten",
        ),
        Column(
            "short_title",
            "Kurztitel",
            cells.text(250),
            ("kurzbezeichnung", "short title"),
            example="Softwareentwicklung - Fachkraft",
        ),
    ),
    check=_check,
    keys=_keys,
    label=lambda values: f"{values.get('code', '')} {values.get('title', '')}".strip(),
    compared=("level", "title", "short_title"),
)
