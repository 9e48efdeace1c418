"""The filters of the offer search. Names are German because they stand in the address bar."""

from typing import Any

from django import forms
from django.http import QueryDict

from werkpfad.base.core.ui.forms import choose_from, or_default
from werkpfad.base.core.ui.widgets import DateInput
from werkpfad.base.occupations.queries import fields
from werkpfad.journey.internships.enums import Accessibility
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.internships.rules.search import DEFAULT_RADIUS_KM, Sort

RADII = (5, 10, 15, 25, 50, 100)
SORTS = ((Sort.NEAREST, "Nähe"), (Sort.NEWEST, "Neueste zuerst"), (Sort.TITLE, "Name"))


class SearchForm(forms.Form):
    """A GET form: anything unknown or broken in the address is ignored, never an error page."""

    use_required_attribute = False

    q = forms.CharField(label="Stichwort", max_length=100, required=False)
    ort = forms.CharField(
        label="Ort oder Postleitzahl",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    umkreis = forms.TypedChoiceField(
        label="Umkreis",
        choices=[(km, f"{km} km") for km in RADII],
        coerce=int,
        empty_value=DEFAULT_RADIUS_KM,  # type: ignore[arg-type]  # the stubs expect text
        required=False,
    )
    feld = forms.ChoiceField(label="Berufsfeld", required=False)
    programm = forms.ChoiceField(label="Praktikum", required=False)
    tag = forms.DateField(label="An diesem Tag", required=False, widget=DateInput())
    alter = forms.IntegerField(label="Mein Alter", min_value=10, max_value=25, required=False)
    frei = forms.BooleanField(label="Nur mit freien Plätzen", required=False)
    zugang = forms.MultipleChoiceField(
        label="Barrierefreiheit",
        choices=Accessibility.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sortierung = forms.ChoiceField(label="Sortierung", choices=SORTS, required=False)

    def __init__(self, data: QueryDict, *, programmes: list[Programme]) -> None:
        super().__init__(or_default(data, "umkreis", RADII, DEFAULT_RADIUS_KM))
        choose_from(
            self,
            "feld",
            [("", "Alle Berufsfelder")] + [(field.code, field.title) for field in fields()],
        )
        choose_from(
            self,
            "programm",
            [("", "Alle")] + [(programme.public_id, programme.title) for programme in programmes],
        )

    def value(self, name: str) -> Any:
        """The cleaned value, or None where it was empty or broken."""
        self.is_valid()
        return self.cleaned_data.get(name) or None
