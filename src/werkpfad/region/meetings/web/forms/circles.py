"""Founding a circle and naming its people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from werkpfad.region.meetings.rules import MOST_LINES, ReadPeople, people_from


class CircleForm(forms.Form):
    name = forms.CharField(
        label="Name", max_length=120, help_text="Zum Beispiel: Netzwerk Buxtehude."
    )
    description = forms.CharField(
        label="Worum geht es?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)


class PeopleForm(forms.Form):
    people = forms.CharField(
        label="Wen aufnehmen?",
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="Eine Person je Zeile: Name; Mail; Organisation. "
        "Auch „Name <Mail>“ aus dem Mailprogramm geht.",
    )

    def clean_people(self) -> ReadPeople:
        read = people_from(self.cleaned_data["people"])
        if read.wrong_lines:
            lines = ", ".join(str(number) for number in read.wrong_lines[:10])
            raise ValidationError(
                f"In diesen Zeilen steht keine Mail-Adresse: {lines}. Ergänzen oder löschen Sie sie."
            )
        if not read.people:
            raise ValidationError("Schreiben Sie mindestens eine Person auf.")
        if len(read.people) > MOST_LINES:
            raise ValidationError(
                f"Höchstens {MOST_LINES} auf einmal. Teilen Sie die Liste bitte auf."
            )
        return read


class ParticipantForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    organisation_name = forms.CharField(label="Organisation", max_length=160, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)


class WordsForm(forms.Form):
    """Looking for somebody by name or organisation."""

    use_required_attribute = False
    q = forms.CharField(label="Name oder Organisation", required=False, max_length=80)

    def words(self) -> str:
        data: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        return str(data.get("q", ""))
