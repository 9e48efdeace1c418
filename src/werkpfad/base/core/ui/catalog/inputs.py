"""What belongs to forms but is no field."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm

from werkpfad.base.core.ui.parts import Ranked
from werkpfad.base.core.ui.registry import component


@component("error_summary")
def error_summary(*, form: BaseForm) -> dict[str, Any]:
    """The list of all errors on top of a form, each a link to its field; draws nothing without errors."""
    return {
        "form": form,
        "general": list(form.non_field_errors()),
        "fields": [field for field in form if field.errors],
    }


@component("rank_list")
def rank_list(
    *,
    items: Sequence[Ranked],
    action: str,
    name: str = "move",
    label: str = "Reihenfolge",
    remove: bool = True,
) -> dict[str, Any]:
    """A ranked list with up, down and remove buttons that post ``<name>=up:<key>``, ``down:`` or ``remove:``.

    With scripts, rows can also be dragged; then ``<name>=order:<key>,<key>,...`` is posted.
    ``werkpfad.base.core.ui.ranking.reordered`` computes the new order from such a value.
    """
    return {
        "items": items,
        "action": action,
        "name": name,
        "label": label,
        "remove": remove,
    }
