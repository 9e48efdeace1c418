"""Places of a season: one row is what one company offers under one title in one programme."""

from datetime import date
from typing import Any

from werkpfad.base.core.text import same_name_key
from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.formats import cells
from werkpfad.surface.exchange.formats.companies import company_number, weak_key
from werkpfad.surface.exchange.formats.spec import (
    BadValue,
    Column,
    Draft,
    Keys,
    Lookup,
    ProgrammeFacts,
    Spec,
    Values,
)

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
_one_day = cells.day(EARLIEST, LATEST)


def _days(raw: str) -> list[str]:
    days = []
    for word in cells.words(raw):
        parsed = _one_day(word)
        days.append(parsed if isinstance(parsed, str) else parsed.value)
    return sorted(set(days))


def _occupation(raw: str) -> str:
    code = raw.upper().removeprefix("B").strip().removesuffix(".0").replace(" ", "")
    if not (code.isascii() and code.isdigit() and 1 <= len(code) <= 5):
        raise BadValue(
            f"‚{raw[:20]}‘ ist kein Schlüssel der KldB 2010 (bis zu 5 Ziffern). Bitte prüfen oder leer lassen."
        )
    return code


def _check(draft: Draft, lookup: Lookup) -> None:
    _check_company(draft, lookup)
    _check_field(draft, lookup)
    values = draft.values
    if title := values.get("programme"):
        programme = lookup.programmes.get(same_name_key(title))
        if programme is None:
            known = ", ".join(f"‚{p.title}‘" for p in lookup.programmes.values()) or "keines"
            draft.problem("Programm", f"‚{title}‘ gibt es nicht (vorhanden: {known}).")
        else:
            values["programme"] = programme.key
            _check_days(draft, programme)
    if values.get("starts_at", "") >= values.get("ends_at", "99") and "starts_at" in values:
        draft.problem("Ende", "liegt nicht nach dem Beginn. Bitte prüfen.")


def _check_company(draft: Draft, lookup: Lookup) -> None:
    values = draft.values
    number, name = values.get("company_number", ""), values.get("company_name", "")
    code = values.get("company_postal_code", "")
    key = f"nr {number}" if number else weak_key(code, name) if code and name else ""
    if not key:
        draft.problem(
            "Betrieb", "Bitte entweder die Nummer oder Name und Postleitzahl des Betriebs angeben."
        )
    elif key not in lookup.companies:
        who = number or f"{name}, {code}"
        draft.problem(
            "Betrieb", f"‚{who}‘ ist nicht bekannt. Bitte zuerst die Betriebe importieren."
        )
    values["company"] = key


def _check_field(draft: Draft, lookup: Lookup) -> None:
    values = draft.values
    code = values.get("occupation", "")
    if code and lookup.occupations and code not in lookup.occupations:
        draft.problem(
            "KldB", f"{code} steht nicht in der KldB 2010. Bitte prüfen oder leer lassen."
        )
    if stated := values.get("field"):
        found = lookup.fields.get(same_name_key(stated))
        if found is None:
            draft.problem(
                "Berufsfeld",
                f"‚{stated}‘ gibt es nicht. Möglich sind: {', '.join(lookup.field_titles)}.",
            )
        else:
            values["field"] = found
        return
    fitting = (lookup.field_prefixes.get(code[:length]) for length in range(len(code), 0, -1))
    found = next(filter(None, fitting), None)
    if found is None:
        draft.problem("Berufsfeld", "fehlt und ist aus der KldB nicht abzuleiten. Bitte ergänzen.")
    else:
        values["field"] = found
        draft.notes.append("Berufsfeld aus der KldB abgeleitet.")


def _check_days(draft: Draft, programme: ProgrammeFacts) -> None:
    values = draft.values
    stated = [date.fromisoformat(day) for day in values.get("days", ())]
    if not programme.days:
        if stated and any(not programme.first_day <= day <= programme.last_day for day in stated):
            draft.problem("Tage", f"liegen nicht im Zeitraum von ‚{programme.title}‘.")
        values.pop("days", None)
        return
    wrong = [f"{day:%d.%m.%Y}" for day in stated if day not in programme.days]
    if wrong:
        draft.problem(
            "Tage", f"{', '.join(wrong)} gehört nicht zu ‚{programme.title}‘. Bitte prüfen."
        )
    values["days"] = [day.isoformat() for day in stated or programme.days]


def _conflict(values: Values, existing: Values) -> str:
    taken = existing.get("taken", 0)
    if values["capacity"] < taken:
        return f"Es sind schon {taken} Plätze vergeben; {values['capacity']} sind zu wenig."
    return ""


def _unchanged(name: str, old: Any, new: Any) -> bool:
    """Days are only added: a company may offer more of them than the file names."""
    if name == "days":
        return set(new) <= set(old or ())
    return bool(old == new)


def _keys(values: Values) -> Keys:
    return Keys(f"{values['company']}|{same_name_key(values['title'])}|{values['programme']}")


SPEC = Spec(
    kind=Kind.OFFERS,
    columns=(
        Column(
            "company_number",
            "Betriebsnummer",
            company_number,
            ("nummer", "betrieb id", "betriebs-id", "company id"),
            example="IHK-10421",
        ),
        Column(
            "company_name",
            "Betrieb",
            cells.text(200),
            ("firma", "unternehmen", "name des betriebs", "company"),
            example="Tischlerei Beispiel GmbH",
        ),
        Column(
            "company_postal_code",
            "Postleitzahl",
            cells.postal_code,
            ("plz", "plz des betriebs", "zip"),
            example="21682",
        ),
        Column(
            "programme",
            "Programm",
            cells.text(120),
            ("praktikum", "zeitraum", "programme"),
            True,
            "Schülerbetriebspraktikum 2027",
        ),
        Column(
            "title",
            "Titel",
            cells.text(120),
            ("angebot", "bezeichnung", "title"),
            True,
            "Praktikum in der Tischlerei",
        ),
        Column(
            "field",
            "Berufsfeld",
            cells.text(80),
            ("feld", "branche", "field"),
            example="Bau, Architektur, Vermessung",
        ),
        Column(
            "occupation",
            "KldB",
            _occupation,
            ("kldb 2010", "beruf kldb", "occupation"),
            example="22302",
        ),
        Column(
            "description",
            "Beschreibung",
            cells.lines(2000),
            ("was erwartet mich", "description"),
            True,
            "Du baust mit uns ein Regal.",
        ),
        Column(
            "activities",
            "Tätigkeiten",
            cells.lines(1000),
            ("aufgaben", "activities"),
            example="Messen, sägen, schleifen",
        ),
        Column(
            "capacity",
            "Plätze",
            cells.whole_number(1, 500),
            ("anzahl", "anzahl plätze", "kapazität", "seats", "capacity"),
            True,
            "2",
        ),
        Column("days", "Tage", _days, ("termine", "tage der praktikumswoche", "days"), example=""),
        Column(
            "starts_at",
            "Beginn",
            cells.time_of_day,
            ("uhrzeit von", "arbeitsbeginn", "start"),
            example="08:00",
        ),
        Column(
            "ends_at",
            "Ende",
            cells.time_of_day,
            ("uhrzeit bis", "arbeitsende", "end"),
            example="15:00",
        ),
        Column(
            "min_age",
            "Mindestalter",
            cells.whole_number(12, 21),
            ("alter", "minimum age"),
            example="14",
        ),
        Column(
            "bring",
            "Mitbringen",
            cells.text(300),
            ("bitte mitbringen", "ausrüstung"),
            example="Feste Schuhe",
        ),
        Column(
            "languages", "Sprachen", cells.text(120), ("languages",), example="Deutsch, Türkisch"
        ),
        Column(
            "contact_name",
            "Ansprechperson",
            cells.text(120),
            ("ansprechpartner", "kontakt", "contact"),
            True,
            "Kim Beispiel",
        ),
        Column(
            "contact_email", "E-Mail", cells.email, ("mail", "email"), example="kim@example.org"
        ),
        Column(
            "contact_phone",
            "Telefon",
            cells.phone,
            ("tel", "telefonnummer", "phone"),
            example="04141 000000",
        ),
    ),
    check=_check,
    keys=_keys,
    label=lambda values: str(values.get("title", "")),
    conflict=_conflict,
    unchanged=_unchanged,
    compared=(
        "field",
        "occupation",
        "description",
        "activities",
        "capacity",
        "days",
        "starts_at",
        "ends_at",
        "min_age",
        "bring",
        "languages",
        "contact_name",
        "contact_email",
        "contact_phone",
    ),
)
