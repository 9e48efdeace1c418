"""The form of a school's master data."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from werkpfad.region.network.models import Site
from werkpfad.region.schools import enums
from werkpfad.region.schools.actions import SchoolDetails
from werkpfad.region.schools.models import School
from werkpfad.region.schools.rules import is_school_number
from werkpfad.region.schools.web.forms import LineField

LABELS = {
    "number": "Schulnummer",
    "name": "Name",
    "forms": "Schulformen",
    "social_index": "Schulsozialindex",
    "street": "Straße und Hausnummer",
    "postal_code": "Postleitzahl",
    "place_name": "Ort",
    "website": "Internetseite",
}


class SchoolForm(django_forms.Form):
    """`version` is what `versions_of` said when the form was opened; empty for a new school."""

    number = LineField(
        label=LABELS["number"],
        max_length=40,
        help_text="Die amtliche Nummer, zum Beispiel 05903. An ihr erkennt ein Import die Schule wieder.",
    )
    name = LineField(label=LABELS["name"], max_length=200)
    forms = django_forms.MultipleChoiceField(
        label=LABELS["forms"],
        choices=enums.SchoolForm.choices,
        widget=django_forms.CheckboxSelectMultiple,
        error_messages={"required": "Bitte wählen Sie mindestens eine Schulform."},
    )
    street = LineField(label=LABELS["street"], max_length=160)
    postal_code = django_forms.CharField(
        label=LABELS["postal_code"],
        max_length=5,
        validators=[RegexValidator(r"^\d{5}$", "Eine Postleitzahl hat fünf Ziffern.")],
        widget=django_forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    place_name = LineField(label=LABELS["place_name"], max_length=120)
    social_index = django_forms.TypedChoiceField(
        label=LABELS["social_index"],
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "nicht bekannt"), *((n, str(n)) for n in range(1, 10))],
        help_text="1 bis 9, wie ihn das Land für die Schule nennt; 9 heißt besonders viele Kinder mit schweren Bedingungen. "
        "Er wirkt nur, wenn eine Runde Plätze ausgleicht.",
    )
    website = django_forms.URLField(
        label=LABELS["website"], required=False, max_length=200, assume_scheme="https"
    )
    version = django_forms.CharField(widget=django_forms.HiddenInput, required=False)
    groups = [
        ("Schule", ["number", "name", "forms", "social_index"]),
        ("Adresse", ["street", "postal_code", "place_name", "website"]),
    ]

    @staticmethod
    def initial_of(stored: SchoolDetails) -> dict[str, Any]:
        return {name: getattr(stored, name) for name in LABELS} | {"forms": list(stored.forms)}

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).upper()
        if not is_school_number(number):
            raise ValidationError("Erlaubt sind Ziffern, Buchstaben, Punkt und Strich.")
        return number

    def details(self) -> SchoolDetails:
        """What was typed; the form must be valid."""
        values = {name: self.cleaned_data[name] for name in LABELS}
        return SchoolDetails(**values | {"forms": tuple(values["forms"])})


def school_details(school: School, site: Site | None) -> SchoolDetails:
    """What is stored."""
    organisation = school.organisation
    return SchoolDetails(
        number=organisation.external_key or "",
        name=organisation.name,
        forms=tuple(school.forms or [school.main_form]),
        street=site.street if site else "",
        postal_code=site.postal_code if site else "",
        place_name=site.place_name if site else "",
        website=organisation.website,
        social_index=school.social_index,
    )
