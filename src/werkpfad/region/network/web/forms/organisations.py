"""Organisations, sites, contacts and people, as they are typed."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from werkpfad.base.accounts.roles import ROLES
from werkpfad.base.core.days import day_of, in_figures
from werkpfad.base.core.ui.forms import choose_from
from werkpfad.region.network.enums import OrganisationKind, OrganisationStatus
from werkpfad.region.network.models import Organisation

POSTAL_CODE = RegexValidator(r"^\d{5}$", "Eine Postleitzahl hat fünf Ziffern.")


class PostalCodeField(forms.CharField):
    """Five digits."""

    def __init__(self) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"})
        super().__init__(
            label="Postleitzahl", max_length=5, validators=[POSTAL_CODE], widget=widget
        )


def street_field() -> forms.CharField:
    return forms.CharField(
        label="Straße und Hausnummer",
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )


def place_field() -> forms.CharField:
    return forms.CharField(
        label="Ort",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )


class OrganisationFilter(forms.Form):
    use_required_attribute = False
    q = forms.CharField(label="Name", required=False, max_length=100)
    kind = forms.ChoiceField(
        label="Art", required=False, choices=[("", "alle"), *OrganisationKind.choices]
    )
    status = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *OrganisationStatus.choices]
    )


class ProfileForm(forms.Form):
    """What an organisation says about itself; `version` guards against overwriting each other."""

    name = forms.CharField(label="Name", max_length=200)
    description = forms.CharField(
        label="Wer Sie sind",
        required=False,
        max_length=3000,
        help_text="Zwei, drei Sätze für Menschen, die Sie noch nicht kennen.",
        widget=forms.Textarea,
    )
    website = forms.URLField(
        label="Internetseite", required=False, max_length=200, assume_scheme="https"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewOrganisationForm(forms.Form):
    """Schools come by import, the office with its region."""

    kind = forms.ChoiceField(
        label="Art",
        choices=[
            (kind.value, kind.label)
            for kind in OrganisationKind
            if kind not in (OrganisationKind.SCHOOL, OrganisationKind.OFFICE)
        ],
    )
    name = forms.CharField(label="Name", max_length=200)
    street = street_field()
    postal_code = PostalCodeField()
    place_name = place_field()


class SiteForm(forms.Form):
    name = forms.CharField(
        label="Name des Standorts",
        required=False,
        max_length=120,
        help_text="Zum Beispiel „Werkstatt Nord“. Nur nötig, wenn es mehrere gibt.",
    )
    street = street_field()
    postal_code = PostalCodeField()
    place_name = place_field()
    make_main = forms.BooleanField(label="Das ist unser Hauptstandort", required=False)


class ContactForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    function = forms.CharField(label="Aufgabe", required=False, max_length=120)
    email = forms.EmailField(label="E-Mail", required=False)
    phone = forms.CharField(label="Telefon", required=False, max_length=40)
    is_public = forms.BooleanField(
        label="Darf öffentlich gezeigt werden",
        required=False,
        help_text="Nur, wenn die Person einverstanden ist. Sonst sehen Schüler:innen die "
        "Ansprechperson erst, wenn der Platz bestätigt ist.",
    )


class InvitationForm(forms.Form):
    name = forms.CharField(label="Name", required=False, max_length=120)
    email = forms.EmailField(label="E-Mail")
    role = forms.ChoiceField(label="Rolle", widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(str(code), f"{ROLES[code].title}: {ROLES[code].description}") for code in roles]
        choose_from(self, "role", titles)
        if len(roles) == 1:
            self.initial.setdefault("role", str(roles[0]))


class SearchForm(forms.Form):
    use_required_attribute = False
    q = forms.CharField(label="Name des anderen Eintrags", required=False, max_length=100)


class MergeForm(forms.Form):
    """Which of two records stays; none is chosen beforehand, for it cannot be guessed."""

    stays = forms.ChoiceField(label="Welcher Eintrag bleibt?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, pair: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pair = {row.public_id: row for row in pair}
        choose_from(self, "stays", [(row.public_id, _told_apart(row)) for row in pair])

    def clean_stays(self) -> Organisation:
        return self._pair[self.cleaned_data["stays"]]


def _told_apart(row: Organisation) -> str:
    number = row.external_key or "ohne Nummer"
    return f"{row.name} ({number}, angelegt am {in_figures(day_of(row.created_at))})"


class BlockForm(forms.Form):
    reason = forms.CharField(
        label="Grund",
        max_length=200,
        help_text="Nur für die Koordination. Bitte sachlich, die Betroffenen dürfen ihn lesen.",
    )
