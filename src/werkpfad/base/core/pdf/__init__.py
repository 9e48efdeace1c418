"""PDF documents: frozen dataclasses in, accessible and reproducible bytes out.

``render`` is the only way to a PDF. It needs no database, so a document is a pure function of its data and can be
tested, benched and printed anywhere; only the default renderer asks the settings where the fonts are.
"""

from werkpfad.base.core.pdf.data import Letterhead, PlainData, Svg, field_of, prose_of
from werkpfad.base.core.pdf.qr import NotEncodable, qr_svg, spoken_address
from werkpfad.base.core.pdf.renderer import Renderer, RenderFailed, default_renderer, render

__all__ = [
    "Letterhead",
    "NotEncodable",
    "PlainData",
    "RenderFailed",
    "Renderer",
    "Svg",
    "default_renderer",
    "field_of",
    "prose_of",
    "qr_svg",
    "render",
    "spoken_address",
]
