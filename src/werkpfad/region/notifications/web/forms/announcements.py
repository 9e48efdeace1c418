"""Writing an announcement."""

from typing import Any

from django import forms

from werkpfad.base.core.ui.widgets import DateInput
from werkpfad.region.notifications.enums import Audience
from werkpfad.region.notifications.rules import AnnouncementPlan


class AnnouncementForm(forms.Form):
    audience = forms.ChoiceField(
        label="Für wen?", choices=Audience.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label="Überschrift", max_length=80)
    text = forms.CharField(
        label="Text",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Was ist los, und was ist zu tun? Bitte keine Namen von Schüler:innen.",
    )
    first_day = forms.DateField(label="Steht da ab", widget=DateInput())
    last_day = forms.DateField(label="bis einschließlich", widget=DateInput())
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Der letzte Tag liegt vor dem ersten.")
        return data

    def plan(self) -> AnnouncementPlan:
        values = {name: self.cleaned_data[name] for name in AnnouncementPlan.__slots__}
        return AnnouncementPlan(**values | {"audience": Audience(values["audience"])})
