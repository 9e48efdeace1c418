"""Changing what protects an account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from werkpfad.base.accounts.models import User


class AppForm(forms.Form):
    code = forms.CharField(
        label="Code aus der App",
        help_text="6 Ziffern, die sich alle 30 Sekunden ändern.",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasskeyNameForm(forms.Form):
    name = forms.CharField(
        label="Name des Geräts",
        help_text="Damit Sie ihn später wiedererkennen, zum Beispiel „Diensthandy“.",
        max_length=60,
    )


class PasskeyAddForm(PasskeyNameForm):
    credential = forms.JSONField(widget=forms.HiddenInput)


class NewPasswordForm(forms.Form):
    """At least ten characters, nothing anybody would guess; no rules about digits and signs."""

    new_password = forms.CharField(
        label="Neues Passwort",
        help_text="Mindestens 10 Zeichen. Am besten drei oder vier Wörter, die nur Ihnen einfallen.",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="Noch einmal",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "new_password" in data and data["new_password"] != data.get("repeated"):
            self.add_error("repeated", "Die beiden Passwörter sind nicht gleich.")
        return data


class NewEmailForm(forms.Form):
    email = forms.EmailField(
        label="Neue E-Mail",
        help_text="Dorthin schicken wir einen Link. Erst wenn Sie ihn öffnen, gilt die neue Adresse.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NameForm(forms.Form):
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


class ReauthenticateForm(forms.Form):
    """Whatever the person has: a password, or a code of the second factor."""

    password = forms.CharField(
        label="Passwort",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
