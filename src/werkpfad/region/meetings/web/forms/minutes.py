"""Writing minutes, finding them, finishing a task."""

from django import forms


class NotesForm(forms.Form):
    notes = forms.CharField(
        label="Was wurde besprochen?",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class MinutesSearchForm(forms.Form):
    use_required_attribute = False
    q = forms.CharField(label="Wörter", required=False, max_length=120)


class DoneForm(forms.Form):
    answer = forms.CharField(
        label="Wie ist es ausgegangen?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Sehen die Mitglieder des Netzwerks.",
    )
