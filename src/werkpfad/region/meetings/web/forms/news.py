"""Writing an issue, asking for the newsletter."""

from django import forms


class IssueForm(forms.Form):
    title = forms.CharField(label="Betreff", max_length=120)
    text = forms.CharField(
        label="Text",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Reiner Text, Adressen im Netz ausgeschrieben. Jede Ausgabe steht danach öffentlich im Archiv.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)


class AskForm(forms.Form):
    email = forms.EmailField(
        label="Ihre Mail-Adresse", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
