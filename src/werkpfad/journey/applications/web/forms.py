"""Applying: a short message, and for teachers the pupil."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from werkpfad.region.schools.models import Pupil


class ApplyForm(forms.Form):
    """What a pupil wants to tell the company; may stay empty."""

    message = forms.CharField(
        label="Warum möchtest du dorthin?",
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 4}),
        help_text="Zwei Sätze reichen. Schreib keinen Nachnamen und keine Adresse hinein.",
    )


def _label(obj: Any) -> str:
    return f"{obj.full_name} ({obj.school_class.name})"


class ApplyForPupilForm(ApplyForm):
    """The same for a pupil of one's classes."""

    pupil = forms.ModelChoiceField(
        Pupil.objects.none(),
        label="Für wen?",
        to_field_name="public_id",
        empty_label="Bitte wählen",
    )
    field_order = ["pupil", "message"]

    def __init__(self, *args: Any, pupils: QuerySet[Pupil], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pupil"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = pupils
            field.label_from_instance = _label  # type: ignore[method-assign]
        self.fields["message"].label = "Ein Satz an den Betrieb"
