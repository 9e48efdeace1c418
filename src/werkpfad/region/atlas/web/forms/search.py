"""The filters of the network. Names are German because they stand in the address bar."""

from typing import Any

from django import forms
from django.http import QueryDict

from werkpfad.base.core.ui.forms import choose_from, or_default
from werkpfad.base.occupations.queries import fields
from werkpfad.region.atlas.enums import Direction, ItemKind
from werkpfad.region.atlas.rules import DEFAULT_RADIUS_KM, Sort
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.schools.enums import SchoolForm

RADII = (5, 10, 25, 50, 100)
SORTS = ((Sort.NEAREST, "Nähe"), (Sort.NAME, "Name"))


class NetworkForm(forms.Form):
    """A GET form: anything unknown or broken in the address is ignored, never an error page."""

    use_required_attribute = False

    q = forms.CharField(label="Stichwort", max_length=100, required=False)
    ort = forms.CharField(
        label="Ort, Postleitzahl oder Schule",
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
    richtung = forms.ChoiceField(
        label="Angebot oder Bedarf",
        choices=[
            ("", "beides"),
            (Direction.OFFER, "Wer bietet etwas?"),
            (Direction.NEED, "Wer sucht etwas?"),
        ],
        required=False,
    )
    was = forms.ChoiceField(
        label="Was?", choices=[("", "alles"), *ItemKind.choices], required=False
    )
    feld = forms.ChoiceField(label="Berufsfeld", required=False)
    art = forms.ChoiceField(
        label="Wer?", choices=[("", "alle"), *OrganisationKind.choices], required=False
    )
    form = forms.ChoiceField(
        label="Schulform", choices=[("", "alle"), *SchoolForm.choices], required=False
    )
    frei = forms.BooleanField(label="Nur mit freien Praktikumsplätzen", required=False)
    sortierung = forms.ChoiceField(label="Sortierung", choices=SORTS, required=False)

    region = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(or_default(data, "umkreis", RADII, DEFAULT_RADIUS_KM))
        choose_from(
            self, "feld", [("", "alle")] + [(field.code, field.title) for field in fields()]
        )

    def value(self, name: str) -> Any:
        """The cleaned value, or None where it was empty or broken."""
        self.is_valid()
        return self.cleaned_data.get(name) or None
