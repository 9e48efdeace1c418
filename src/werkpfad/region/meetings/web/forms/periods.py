"""Which meetings, and what becomes of them."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from werkpfad.base.core.ui.widgets import DateInput
from werkpfad.region.meetings.actions.periods import PeriodPlan
from werkpfad.region.meetings.enums import PeriodDeed
from werkpfad.region.meetings.models import Circle

LONGEST_MOVE = 366


class PeriodForm(forms.Form):
    deed = forms.ChoiceField(
        label="Was soll geschehen?", choices=PeriodDeed.choices, widget=forms.RadioSelect
    )
    first_day = forms.DateField(label="Alle Treffen von", widget=DateInput())
    last_day = forms.DateField(label="bis einschließlich", widget=DateInput())
    circle = forms.ChoiceField(label="Netzwerk", required=False)
    days = forms.IntegerField(
        label="Um wie viele Tage verschieben?",
        required=False,
        min_value=-LONGEST_MOVE,
        max_value=LONGEST_MOVE,
        help_text="Nur beim Verschieben. 14 heißt zwei Wochen später; die Uhrzeit bleibt.",
    )
    text = forms.CharField(
        label="Was sollen die Eingeladenen wissen?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Beim Absagen steht das in jeder Mail.",
    )

    def __init__(self, data: Any, *, circles: QuerySet[Circle]) -> None:
        super().__init__(data, initial={"deed": PeriodDeed.CALL_OFF})
        field = self.fields["circle"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "alle"), *((c.public_id, c.name) for c in circles.order_by("name"))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Der letzte Tag liegt vor dem ersten.")
        if data.get("deed") == PeriodDeed.MOVE and not data.get("days"):
            self.add_error("days", "Schreiben Sie, um wie viele Tage; 0 geht nicht.")
        return data

    def plan(self) -> PeriodPlan:
        data = self.cleaned_data
        deed = PeriodDeed(data["deed"])
        days = data["days"] if deed is PeriodDeed.MOVE else 0
        return PeriodPlan(deed, data["first_day"], data["last_day"], days, data["text"])
