"""Lists: tables, paging, filters."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm

from werkpfad.base.core.ui.pagination import Pages
from werkpfad.base.core.ui.parts import Link
from werkpfad.base.core.ui.registry import component
from werkpfad.base.core.ui.tables import NOTHING, Table


@component("table", slots=("bulk",), content=True)
def table(
    *, table: Table, id: str = "", show_caption: bool = False, bulk_action: str = ""
) -> dict[str, Any]:
    """A bound table with head links, cards on phones and paging.

    With ``table.selectable`` every row has a checkbox named ``selected``; the buttons in slot ``bulk`` post them
    to ``bulk_action``.
    """
    return {
        "table": table,
        "id": id,
        "show_caption": show_caption,
        "bulk_action": bulk_action,
        "nothing": NOTHING,
        "rows": table.rows,
        "headers": table.headers,
    }


@component("pagination")
def pagination(*, pages: Pages, label: str = "Seiten") -> dict[str, Any]:
    """Links to the other pages; draws nothing when there is only one."""
    return {"pages": pages, "label": label}


@component("chips")
def chips(
    *, items: Sequence[Link], clear_url: str = "", label: str = "Gesetzte Filter"
) -> dict[str, Any]:
    """The active filters; each link takes one away, ``clear_url`` all."""
    return {"items": items, "clear_url": clear_url, "label": label}


@component("filter_form")
def filter_form(
    *,
    form: BaseForm,
    label: str = "Filtern",
    action: str = "",
    target: str = "",
    active: int = 0,
) -> dict[str, Any]:
    """A GET form with the given fields; unfolds on phones. ``target`` (a CSS selector) lets htmx swap the results."""
    return {
        "form": form,
        "label": label,
        "action": action,
        "target": target,
        "active": active,
    }
