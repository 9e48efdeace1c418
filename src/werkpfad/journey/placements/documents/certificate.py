"""Certificates a pupil can put into an application, checkable by anybody who holds the paper."""

from collections.abc import Sequence
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

_CERTIFICATE = Path(__file__).with_name("certificate.typ")
_DAYS = Path(__file__).with_name("days_certificate.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """``page`` is the public check page, ``link`` the same page with the code in it (into the QR code)."""

    code: str = field_of(30)
    page: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateDocument:
    """A Bescheinigung or Zertifikat (``title``) for one placement.

    ``conduct`` is printed only on request of the pupil. ``signer`` is empty when nobody signs by hand: the
    verification code then stands for the company's confirmation.
    """

    letterhead: Letterhead
    title: str = field_of(40, default="Bescheinigung")
    programme: str = field_of(80)
    pupil: str = field_of(120)
    born_on: date | None = None
    school: str = field_of(120)
    company: str = field_of(160)
    company_place: str = field_of(80)
    first_day: date
    last_day: date
    days_present: int
    days_planned: int
    field: str = field_of(80)
    tasks: tuple[str, ...] = prose_of(160, default=())
    conduct: str = prose_of(900, default="")
    signer: str = field_of(120, default="")
    verification: Verification
    dated: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEntry:
    """One day in one company; ``hours`` counts full hours, None where the company has not said."""

    day: date
    company: str = field_of(160)
    place: str = field_of(80)
    field: str = field_of(80)
    hours: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysDocument:
    """The sum sheet of several single days, such as a Praktikumswoche; only days attended belong in it."""

    letterhead: Letterhead
    title: str = field_of(40, default="Teilnahmebescheinigung")
    programme: str = field_of(80)
    pupil: str = field_of(120)
    born_on: date | None = None
    school: str = field_of(120)
    days: tuple[DayEntry, ...]
    verification: Verification
    dated: date


def certificates(
    documents: Sequence[CertificateDocument], *, renderer: Renderer | None = None
) -> bytes:
    """One file, one certificate after the other, dated by the first. Raises ValueError, NotEncodable, RenderFailed."""
    return _rendered(_CERTIFICATE, documents, renderer)


def days_certificates(
    documents: Sequence[DaysDocument], *, renderer: Renderer | None = None
) -> bytes:
    """One file, one sum sheet after the other. Raises ValueError (also for no days), NotEncodable, RenderFailed."""
    if any(not document.days for document in documents):
        raise ValueError("a sum sheet needs at least one day")
    return _rendered(_DAYS, documents, renderer)


def _rendered(
    template: Path,
    documents: Sequence[CertificateDocument] | Sequence[DaysDocument],
    renderer: Renderer | None,
) -> bytes:
    if not documents:
        raise ValueError("there is no certificate to print")
    view = _View(
        documents=tuple(documents),
        pictures=tuple(qr_svg(document.verification.link) for document in documents),
        pages=tuple(spoken_address(document.verification.page) for document in documents),
    )
    return render(template, view, dated=documents[0].dated, renderer=renderer)


@dataclass(frozen=True, slots=True)
class _View:
    documents: tuple[CertificateDocument | DaysDocument, ...]
    pictures: tuple[Svg, ...]
    pages: tuple[str, ...]
