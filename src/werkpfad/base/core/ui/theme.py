"""Light, dark or as the system says; and how the drawings are cut."""

from collections.abc import Mapping

COOKIE = "wp_theme"
THEMES = ("light", "dark")

# Each folder of drawings has one format, so a tag can reserve the right space before the file arrives.
VIEW_BOX = {"fields": "0 0 96 96", "pictures": "0 0 240 160", "landing": "0 0 960 400"}


def chosen(cookies: Mapping[str, str]) -> str:
    """The theme named by the visitor's cookie; empty when none or an unknown one is named."""
    value = cookies.get(COOKIE, "")
    return value if value in THEMES else ""
