"""Starting a cooperation, its topics and its plan."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from werkpfad.base.core.school_year import school_year_label
from werkpfad.base.core.ui.widgets import DateInput
from werkpfad.region.atlas.enums import CooperationKind, Party
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation


class StartForm(forms.Form):
    school = forms.ModelChoiceField(
        label="Schule", queryset=Organisation.objects.none(), to_field_name="public_id"
    )
    partner = forms.ModelChoiceField(
        label="Betrieb oder Partner",
        queryset=Organisation.objects.none(),
        to_field_name="public_id",
    )
    kind = forms.ChoiceField(label="Art", choices=CooperationKind.choices)
    about = forms.CharField(
        label="Was haben beide vor?",
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Steht später auf der Urkunde.",
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = organisations.order_by("name_key", "pk")
        self.fields["school"].queryset = rows.filter(kind=OrganisationKind.SCHOOL)  # type: ignore[attr-defined]
        self.fields["partner"].queryset = rows.exclude(  # type: ignore[attr-defined]
            kind__in=(OrganisationKind.SCHOOL, OrganisationKind.OFFICE)
        )


class TopicForm(forms.Form):
    school_year = forms.TypedChoiceField(label="Schuljahr", coerce=int)
    subject = forms.CharField(label="Fach", max_length=80)
    grade = forms.IntegerField(label="Klasse", min_value=1, max_value=13)
    text = forms.CharField(
        label="Thema",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Was lernt die Klasse beim Partner oder mit ihm?",
    )

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_year"].choices = [  # type: ignore[attr-defined]
            (str(year), school_year_label(year)) for year in (this_year, this_year + 1)
        ]


class PlanForm(forms.Form):
    text = forms.CharField(label="Was ist zu tun?", max_length=200)
    party = forms.ChoiceField(label="Wer?", choices=Party.choices, widget=forms.RadioSelect)
    due_on = forms.DateField(label="Bis wann?", widget=DateInput())


class StepForm(forms.Form):
    """Until when an agreement holds; ending needs no day."""

    until = forms.DateField(label="Gilt bis", widget=DateInput(), required=False)
