"""A letter per pupil to the guardians: code and QR for the phone, a slip to return on paper with the same effect."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from werkpfad.base.core.pdf import (
    Letterhead,
    Renderer,
    Svg,
    field_of,
    prose_of,
    qr_svg,
    render,
    spoken_address,
)
from werkpfad.region.schools.documents.codes import grouped, link_with_code

_TEMPLATE = Path(__file__).with_name("guardian_letters.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianLetter:
    """The guardians of one pupil. ``code`` has eight characters without hyphen."""

    pupil: str = field_of(120)
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianLetters:
    """The letters of a class about one programme, for example a Schülerbetriebspraktikum.

    ``address`` is the guardians' sign-in page. ``teacher`` signs; ``contact`` says how to reach the teacher or
    school. ``remarks`` is the school's own paragraph.
    """

    letterhead: Letterhead
    school: str = field_of(120)
    class_name: str = field_of(20)
    programme: str = field_of(80)
    first_day: date
    last_day: date
    reply_by: date
    teacher: str = field_of(80)
    contact: str = field_of(120, default="")
    remarks: str = prose_of(600, default="")
    address: str
    letters: tuple[GuardianLetter, ...]
    dated: date


def guardian_letters(sheet: GuardianLetters, *, renderer: Renderer | None = None) -> bytes:
    """One page per pupil. Raises ValueError without letters, NoPersonalCode, NotEncodable, RenderFailed."""
    if not sheet.letters:
        raise ValueError("there is no letter to print")
    view = _View(
        sheet=sheet,
        spoken=spoken_address(sheet.address),
        codes=tuple(grouped(letter.code) for letter in sheet.letters),
        pictures=tuple(
            qr_svg(link_with_code(sheet.address, letter.code)) for letter in sheet.letters
        ),
    )
    return render(_TEMPLATE, view, dated=sheet.dated, renderer=renderer)


@dataclass(frozen=True, slots=True)
class _View:
    sheet: GuardianLetters
    spoken: str
    codes: tuple[str, ...]
    pictures: tuple[Svg, ...]
