"""Coming in: a company registers itself, an invited person says who they are."""

from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password

from werkpfad.region.network.models import Region
from werkpfad.region.network.web.forms.organisations import (
    PostalCodeField,
    place_field,
    street_field,
)


class RegistrationForm(forms.Form):
    """With one region only, nobody is asked for it."""

    groups = (
        ("Der Betrieb", ["region", "name", "street", "postal_code", "place_name"]),
        ("Sie", ["contact_name", "email", "phone"]),
    )
    region = forms.ModelChoiceField(
        label="Region", queryset=Region.objects.order_by("name"), empty_label=None
    )
    name = forms.CharField(
        label="Name des Betriebs",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    street = street_field()
    postal_code = PostalCodeField()
    place_name = place_field()
    contact_name = forms.CharField(
        label="Ihr Name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="Ihre E-Mail", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label="Telefon",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = list(Region.objects.order_by("name")[:2])
        self.only_region = regions[0] if len(regions) == 1 else None
        if self.only_region is not None:
            del self.fields["region"]

    def chosen_region(self) -> Region:
        return self.only_region or cast(Region, self.cleaned_data["region"])


class AcceptForm(forms.Form):
    """Asked only of people who have no account yet."""

    given_name = forms.CharField(
        label="Vorname",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label="Nachname",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    new_password = forms.CharField(
        label="Passwort",
        required=False,
        strip=False,
        max_length=256,
        help_text="Freiwillig, mindestens 10 Zeichen. Ohne Passwort melden Sie sich mit einem Link per Mail an.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        if password:
            validate_password(password)
        return password
