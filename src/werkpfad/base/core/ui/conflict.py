"""Two people, one form: what differs between what is stored now and what somebody else wants to store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from django.forms import Form
from django.http import QueryDict

from werkpfad.base.core.models import Record


@dataclass(frozen=True, slots=True)
class Difference:
    """One field with both texts."""

    label: str
    stored: str
    mine: str


def differences(labels: Mapping[str, str], stored: Any, mine: Any) -> list[Difference]:
    """Fields of two plans that differ, with both values in words."""
    return [
        Difference(label, words(getattr(stored, name)), words(getattr(mine, name)))
        for name, label in labels.items()
        if getattr(stored, name) != getattr(mine, name)
    ]


def typed_over(form: Form, stored: Record, names: Sequence[str]) -> dict[str, Any]:
    """Context of a page whose valid form met an `EditConflict`: what differs from `stored`, and the form again."""
    labels = {name: str(form.fields[name].label) for name in names}
    mine = SimpleNamespace(**form.cleaned_data)
    return {
        "differences": differences(labels, stored, mine),
        "form": type(form)(with_version(form, stored.version)),
    }


def words(value: Any) -> str:
    """A value as a person would write it."""
    if value is None:
        return "(leer)"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, frozenset):
        return f"{len(value)} ausgewählte" if value else "alle"
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return str(value) or "(leer)"


def with_version(form: Form, version: int) -> QueryDict:
    """The typed data again, but ready to be saved over `version`: nothing has to be typed twice."""
    data = cast(QueryDict, form.data).copy()
    data["version"] = str(version)
    return data
