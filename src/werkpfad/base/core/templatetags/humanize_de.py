"""Numbers and data as German readers and search engines expect them: `{% load humanize_de %}`."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from werkpfad.base.core.geo import spoken_km

register = template.Library()
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


register.filter("km", spoken_km)


@register.filter
def thousands(number: int) -> str:
    """1000 -> 1.000"""
    return f"{number:,}".replace(",", ".")


@register.filter
def ld_json(value: dict[str, Any]) -> SafeString:
    """A JSON-LD data block; escaped like Django's `json_script`, so that no text can end the element."""
    text = json.dumps(value, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308
