"""Buttons and what looks like one."""

from typing import Any

from werkpfad.base.core.ui.parts import ButtonKind
from werkpfad.base.core.ui.registry import component

_KINDS = {
    "primary": "kern-btn--primary",
    "secondary": "kern-btn--secondary",
    "tertiary": "kern-btn--tertiary",
    "danger": "kern-btn--primary wp-btn--danger",
}


def button_classes(kind: ButtonKind, *, block: bool, small: bool) -> str:
    """CSS classes of a button of ``kind``."""
    extra = (" kern-btn--block" if block else "") + (" wp-btn--small" if small else "")
    return f"kern-btn {_KINDS[kind]}{extra}"


@component("button")
def button(
    *,
    label: str,
    kind: ButtonKind = "primary",
    icon: str = "",
    type: str = "submit",
    name: str = "",
    value: str = "",
    form: str = "",
    hint: str = "",
    block: bool = False,
    small: bool = False,
) -> dict[str, Any]:
    """A form's button; ``hint`` is read out after the label (which row it belongs to, for example)."""
    return {
        "label": label,
        "icon": icon,
        "type": type,
        "name": name,
        "value": value,
        "form": form,
        "hint": hint,
        "classes": button_classes(kind, block=block, small=small),
    }


@component("link_button")
def link_button(
    *,
    label: str,
    href: str,
    kind: ButtonKind = "primary",
    icon: str = "",
    hint: str = "",
    block: bool = False,
    small: bool = False,
    download: bool = False,
) -> dict[str, Any]:
    """A link that looks like a button: leads somewhere, changes nothing."""
    return {
        "label": label,
        "href": href,
        "icon": icon,
        "hint": hint,
        "download": download,
        "classes": button_classes(kind, block=block, small=small),
    }


@component("post_button")
def post_button(
    *,
    label: str,
    action: str,
    kind: ButtonKind = "secondary",
    icon: str = "",
    hint: str = "",
    fields: dict[str, str] | None = None,
    block: bool = False,
    small: bool = False,
) -> dict[str, Any]:
    """A whole one-button form: posts ``fields`` to ``action`` with the CSRF token."""
    return {
        "label": label,
        "action": action,
        "icon": icon,
        "hint": hint,
        "fields": fields or {},
        "classes": button_classes(kind, block=block, small=small),
    }


@component("copy_button")
def copy_button(*, text: str, label: str = "Kopieren") -> dict[str, Any]:
    """Copies ``text``; only shown when the browser can (the text itself must stand beside it)."""
    return {"text": text, "label": label}


@component("print_button")
def print_button(*, label: str = "Drucken") -> dict[str, Any]:
    """Opens the print dialogue; only shown when scripts run."""
    return {"label": label}


@component("form_actions", content=True)
def form_actions(
    *,
    label: str,
    cancel_url: str = "",
    kind: ButtonKind = "primary",
    icon: str = "",
    cancel_label: str = "Abbrechen",
) -> dict[str, Any]:
    """The row at the end of a form: the one main button, further ones as content, the way back."""
    return {
        "label": label,
        "cancel_url": cancel_url,
        "cancel_label": cancel_label,
        "icon": icon,
        "classes": button_classes(kind, block=False, small=False),
    }
