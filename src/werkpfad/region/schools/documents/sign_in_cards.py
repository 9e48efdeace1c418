"""Cards to cut out, eight on a page, with which pupils without e-mail sign in."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from werkpfad.base.core.pdf import (
    Letterhead,
    Renderer,
    Svg,
    field_of,
    qr_svg,
    render,
    spoken_address,
)
from werkpfad.region.schools.documents.codes import grouped, link_with_code

_TEMPLATE = Path(__file__).with_name("sign_in_cards.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInCard:
    """One pupil. ``code`` has eight characters without hyphen."""

    name: str = field_of(46)
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInCards:
    """The cards of a class. ``address`` is the sign-in page (https://...), ``valid_until`` the codes' last day."""

    letterhead: Letterhead
    school: str = field_of(52)
    class_name: str = field_of(12)
    address: str
    cards: tuple[SignInCard, ...]
    valid_until: date | None = None
    dated: date


def sign_in_cards(sheet: SignInCards, *, renderer: Renderer | None = None) -> bytes:
    """Raises ValueError without cards, NoPersonalCode, NotEncodable, RenderFailed."""
    if not sheet.cards:
        raise ValueError("a sheet needs at least one card")
    view = _View(
        sheet=sheet,
        spoken=spoken_address(sheet.address),
        codes=tuple(grouped(card.code) for card in sheet.cards),
        pictures=tuple(qr_svg(link_with_code(sheet.address, card.code)) for card in sheet.cards),
    )
    return render(_TEMPLATE, view, dated=sheet.dated, renderer=renderer)


@dataclass(frozen=True, slots=True)
class _View:
    sheet: SignInCards
    spoken: str
    codes: tuple[str, ...]
    pictures: tuple[Svg, ...]
