"""QR codes as SVG, sharp at any size."""

import io
from urllib.parse import urlsplit

import segno

from werkpfad.base.core.pdf.data import Svg

_LONGEST_ADDRESS = 300


class NotEncodable(ValueError):
    """The address is no http(s) address, or too long for a code that phones read from paper."""


def qr_svg(address: str) -> Svg:
    """The QR code of a web address, black on white, error correction M, quiet zone of two modules.

    The page around a code must give the rest of the quiet zone. Raises NotEncodable.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(address) > _LONGEST_ADDRESS:
        raise NotEncodable(f"{address[:80]!r} is no address for a printed code")
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, nl=False, omitsize=True, light="#fff"
    )
    return Svg(out.getvalue().decode())


def spoken_address(address: str) -> str:
    """The address as a person types it: without scheme, query, fragment and closing slash."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")
