"""The two doors of the sign-in page: a code from paper, or an e-mail address."""

from typing import Any

from django import forms

from werkpfad.base.accounts.web.birthday import BirthdayField
from werkpfad.base.core.ui.widgets import CodeField


class CodeForm(forms.Form):
    """`ask_birthday` adds the question that replaces locking anybody out."""

    code = CodeField(
        label="Dein Code",
        help_text="8 Zeichen. Er steht auf dem Zettel von der Schule.",
    )
    birthday = BirthdayField(
        label="Dein Geburtstag (Tag und Monat)",
        help_text="Eltern: der Geburtstag Ihres Kindes. Wir fragen nur gerade danach, weil "
        "jemand viele falsche Codes ausprobiert.",
    )

    def __init__(self, *args: Any, ask_birthday: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ask_birthday:
            del self.fields["birthday"]


class LinkForm(forms.Form):
    email = forms.EmailField(
        label="E-Mail",
        help_text="Wir schicken Ihnen einen Link. Ein Passwort brauchen Sie nicht.",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


class PasswordForm(forms.Form):
    email = forms.EmailField(
        label="E-Mail", widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label="Passwort",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class SecondFactorForm(forms.Form):
    code = forms.CharField(
        label="Code aus Ihrer App oder ein Notfallcode",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class PasskeyForm(forms.Form):
    """What the browser answered to the passkey question; filled in by a script."""

    credential = forms.JSONField(widget=forms.HiddenInput)
