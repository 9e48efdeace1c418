"""Cards, alerts, status and the other blocks a page is put together from."""

from collections.abc import Sequence
from typing import Any, Literal

from werkpfad.base.core.ui.parts import Fact, Light, Link, Tone
from werkpfad.base.core.ui.registry import component

TONE_ICONS: dict[str, str] = {
    "neutral": "",
    "info": "info",
    "success": "success",
    "warning": "warning",
    "danger": "danger",
}
LIGHT_TONES: dict[str, str] = {
    "red": "danger",
    "amber": "warning",
    "green": "success",
    "grey": "neutral",
}
LIGHT_WORDS: dict[str, str] = {
    "red": "Rot",
    "amber": "Gelb",
    "green": "Grün",
    "grey": "Grau",
}
_LIGHT_ICONS = {
    "red": "danger",
    "amber": "hourglass",
    "green": "success",
    "grey": "pause",
}

Level = Literal[2, 3, 4]


@component("page_header", slots=("actions", "badges"), content=True)
def page_header(
    *,
    title: str,
    kicker: str = "",
    picture: str = "",
    back_url: str = "",
    back_label: str = "Zurück",
) -> dict[str, Any]:
    """The page's only h1, with an optional line above, picture (field code), lead (content), badges and actions."""
    return {
        "title": title,
        "picture": picture,
        "kicker": kicker,
        "back_url": back_url,
        "back_label": back_label,
    }


@component("card", slots=("aside", "footer"), content=True)
def card(
    *,
    title: str = "",
    href: str = "",
    kicker: str = "",
    icon: str = "",
    picture: str = "",
    level: Level = 2,
    tone: Tone = "neutral",
    id: str = "",
) -> dict[str, Any]:
    """A block on the page; with ``href`` its title is a link that covers the whole card."""
    return {
        "title": title,
        "href": href,
        "kicker": kicker,
        "icon": icon,
        "picture": picture,
        "level": level,
        "tone": tone,
        "id": id,
    }


@component("stat")
def stat(
    *,
    label: str,
    value: object,
    note: str = "",
    href: str = "",
    icon: str = "",
    tone: Tone = "neutral",
) -> dict[str, Any]:
    """One figure with what it counts; a link when there is a list behind it."""
    return {
        "label": label,
        "value": value,
        "note": note,
        "href": href,
        "icon": icon,
        "tone": tone,
    }


@component("badge")
def badge(*, label: str, tone: Tone = "neutral", icon: str = "") -> dict[str, Any]:
    """A status word; tones other than neutral always carry an icon."""
    return {"label": label, "tone": tone, "icon": icon or TONE_ICONS[tone]}


@component("light")
def light(*, light: Light, label: str, note: str = "") -> dict[str, Any]:
    """A traffic light: shape, colour word (read out) and label."""
    return {
        "light": light,
        "label": label,
        "note": note,
        "icon": _LIGHT_ICONS[light],
        "word": LIGHT_WORDS[light],
    }


LIGHT_ROW_WORDS: dict[str, str] = {
    "red": "noch ohne Platz",
    "amber": "in Arbeit",
    "green": "alles klar",
    "grey": "nicht dabei",
}


@component("light_row")
def light_row(
    *,
    red: int,
    amber: int,
    green: int,
    grey: int = 0,
    links: dict[str, str] | None = None,
    words: dict[str, str] | None = None,
) -> dict[str, Any]:
    """How many are red, amber, green (and grey); ``links`` and ``words`` map a light to its list and its words."""
    counts = {"red": red, "amber": amber, "green": green, "grey": grey}
    targets, said = links or {}, LIGHT_ROW_WORDS | (words or {})
    return {
        "items": [
            {
                "light": key,
                "count": count,
                "word": said[key],
                "icon": _LIGHT_ICONS[key],
                "url": targets.get(key, ""),
            }
            for key, count in counts.items()
            if key != "grey" or count
        ]
    }


@component("alert", slots=("actions",), content=True)
def alert(
    *,
    title: str,
    tone: Literal["info", "success", "warning", "danger"] = "info",
    live: bool = False,
) -> dict[str, Any]:
    """A notice with title and text; ``live`` when it appears as the answer to what somebody just did."""
    return {"title": title, "tone": tone, "live": live}


@component("empty", slots=("actions",), content=True)
def empty(
    *,
    title: str,
    picture: str = "empty-path",
    action_label: str = "",
    action_url: str = "",
    level: Level = 2,
) -> dict[str, Any]:
    """What stands where nothing is yet: a drawing, one sentence (content), one thing to do."""
    return {
        "title": title,
        "picture": picture,
        "action_label": action_label,
        "action_url": action_url,
        "level": level,
    }


@component("facts")
def facts(*, items: Sequence[Fact], wide: bool = False) -> dict[str, Any]:
    """A description list; ``wide`` puts each value under its label."""
    return {"items": items, "wide": wide}


@component("disclosure", content=True)
def disclosure(*, summary: str, open: bool = False, quiet: bool = False) -> dict[str, Any]:
    """Text that unfolds; ``quiet`` draws no frame."""
    return {"summary": summary, "open": open, "quiet": quiet}


@component("tabs")
def tabs(*, items: Sequence[Link], label: str) -> dict[str, Any]:
    """Views of one thing as links; ``label`` names the navigation for assistive technology."""
    return {"items": items, "label": label}


@component("breadcrumbs")
def breadcrumbs(*, items: Sequence[Link]) -> dict[str, Any]:
    """The way here, the present page last and without a link."""
    return {"items": items}


@component("undo")
def undo(
    *,
    text: str,
    action: str,
    label: str = "Rückgängig machen",
    fields: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Says what was just done and offers to take it back with one POST."""
    return {"text": text, "action": action, "label": label, "fields": fields or {}}
