"""Filters of the offers of a result."""

from collections.abc import Iterable
from typing import Any

from django import forms

from werkpfad.base.core.ui.forms import choose_from
from werkpfad.journey.matching.web.places import STATES, OfferLine


class PlacesForm(forms.Form):
    """All optional; a GET form."""

    field = forms.ChoiceField(label="Berufsfeld", required=False)
    town = forms.ChoiceField(label="Ort", required=False)
    state = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *STATES.items()]
    )
    use_required_attribute = False

    def __init__(self, *args: Any, lines: Iterable[OfferLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(lines)
        for name in ("field", "town"):
            values = sorted({getattr(row, name) for row in rows})
            choices = [("", "alle"), *((value, value or "ohne Angabe") for value in values)]
            choose_from(self, name, choices)

    def chosen(self, lines: Iterable[OfferLine]) -> list[OfferLine]:
        """The lines that match; a value that is no choice filters nothing."""
        self.is_valid()
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        return [
            line
            for line in lines
            if all(getattr(line, name) == value for name, value in wanted.items())
        ]

    @property
    def active(self) -> int:
        """How many filters are set; call after `chosen`."""
        return sum(bool(value) for value in self.cleaned_data.values())
