"""Forms of the coordinator's programme pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from werkpfad.base.core.days import on_a_tile
from werkpfad.base.core.ui.forms import choose_from
from werkpfad.base.core.ui.widgets import DateInput, DayPicker
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.rules import ProgrammePlan
from werkpfad.journey.internships.rules.programmes import AGES, DISTANCES_KM, GRADES, DayChoice
from werkpfad.region.schools.models import School

ALL_SCHOOLS, SOME_SCHOOLS = "all", "some"
LABELS = {
    "title": "Name",
    "description": "Beschreibung",
    "first_day": "Erster Tag",
    "last_day": "Letzter Tag",
    "offers_until": "Angebote bis",
    "grades": "Jahrgänge",
    "school_ids": "Schulen",
    "min_age": "Mindestalter",
    "max_distance_km": "Entfernung in km",
    "max_days": "Tage je Schüler:in",
    "accepts_direct": "Direkte Bewerbungen",
    "is_school_event": "Schulveranstaltung",
}


class ProblemForm(forms.Form):
    """Shows the problems that rules found beside the fields they belong to."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def add_problems(self, problems: Iterable[Any]) -> None:
        for problem in problems:
            name = problem.field if problem.field in self.fields else None
            self.add_error(name, problem.message)


class ProgrammeForm(ProblemForm):
    """All that is decided about a programme; `kind` chooses the wording and leaves out what does not apply."""

    title = forms.CharField(label="Name", max_length=120)
    description = forms.CharField(
        label="Beschreibung",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Steht für Betriebe, Schulen und Schüler:innen oben auf der Seite.",
    )
    first_day = forms.DateField(label="Erster Tag", widget=DateInput())
    last_day = forms.DateField(label="Letzter Tag", widget=DateInput())
    offers_until = forms.DateField(
        label="Betriebe veröffentlichen Angebote bis",
        widget=DateInput(),
        help_text="Am besten einige Tage, bevor die Schüler:innen ihre Wünsche abgeben.",
    )
    grades = forms.TypedMultipleChoiceField(
        label="Jahrgänge",
        coerce=int,
        choices=[(grade, f"{grade}. Jahrgang") for grade in GRADES],
        widget=DayPicker,
    )
    which_schools = forms.ChoiceField(
        label="Welche Schulen machen mit?",
        choices=[
            (ALL_SCHOOLS, "Alle Schulen der Region"),
            (SOME_SCHOOLS, "Nur diese Schulen"),
        ],
        widget=forms.RadioSelect,
        initial=ALL_SCHOOLS,
    )
    schools = forms.MultipleChoiceField(
        label="Schulen auswählen", required=False, widget=forms.CheckboxSelectMultiple
    )
    min_age = forms.IntegerField(
        label="Mindestalter am ersten Tag",
        min_value=AGES.start,
        max_value=AGES.stop - 1,
        initial=13,
    )
    max_distance_km = forms.IntegerField(
        label="Weiteste Entfernung in km",
        min_value=DISTANCES_KM.start,
        max_value=DISTANCES_KM.stop - 1,
        help_text="Luftlinie. Wünsche darüber bleiben möglich, werden aber als weit gekennzeichnet.",
    )
    max_days = forms.IntegerField(
        label="So viele Tage kann jede:r höchstens bekommen",
        min_value=1,
        max_value=10,
        initial=3,
    )
    accepts_direct = forms.BooleanField(
        label="Schüler:innen dürfen sich auch direkt bei Betrieben bewerben",
        required=False,
        help_text="Ohne Haken läuft alles über die Zuteilung: Dann entscheiden Wünsche, nicht Tempo.",
    )
    is_school_event = forms.BooleanField(
        label="Die Schulen erklären das Praktikum zur Schulveranstaltung",
        required=False,
        initial=True,
        help_text="Davon hängen Versicherung und erlaubte Arbeitszeiten ab.",
    )

    groups = (
        ("Worum geht es?", ["title", "description"]),
        ("Wann?", ["first_day", "last_day", "offers_until"]),
        ("Wer macht mit?", ["grades", "which_schools", "schools", "min_age"]),
        (
            "Welche Regeln gelten?",
            ["max_days", "max_distance_km", "accepts_direct", "is_school_event"],
        ),
    )

    def __init__(self, *args: Any, kind: str, schools: Iterable[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = ProgrammeKind(kind)
        self._ids = {school.public_id: school.pk for school in schools}
        names = [(school.public_id, school.organisation.name) for school in schools]
        choose_from(self, "schools", names)
        if self.kind == ProgrammeKind.BLOCK:
            del self.fields["max_days"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("which_schools") == SOME_SCHOOLS and not cleaned.get("schools"):
            self.add_error("schools", "Wählen Sie mindestens eine Schule, oder „Alle Schulen“.")
        return cleaned

    def plan(self) -> ProgrammePlan:
        """The cleaned data as a plan; call on a valid form only."""
        data = self.cleaned_data
        some = data["which_schools"] == SOME_SCHOOLS
        return ProgrammePlan(
            kind=self.kind,
            title=data["title"],
            description=data["description"],
            first_day=data["first_day"],
            last_day=data["last_day"],
            offers_until=data["offers_until"],
            grades=tuple(data["grades"]),
            min_age=data["min_age"],
            max_distance_km=data["max_distance_km"],
            max_days=data.get("max_days", 1),
            accepts_direct=data["accepts_direct"],
            is_school_event=data["is_school_event"],
            school_ids=frozenset(self._ids[key] for key in data["schools"])
            if some
            else frozenset(),
        )


def initial_of(plan: ProgrammePlan, schools: Iterable[School], version: int) -> dict[str, Any]:
    """A stored plan as the form shows it."""
    return {
        "title": plan.title,
        "description": plan.description,
        "first_day": plan.first_day,
        "last_day": plan.last_day,
        "offers_until": plan.offers_until,
        "grades": list(plan.grades),
        "which_schools": SOME_SCHOOLS if plan.school_ids else ALL_SCHOOLS,
        "schools": [school.public_id for school in schools if school.pk in plan.school_ids],
        "min_age": plan.min_age,
        "max_distance_km": plan.max_distance_km,
        "max_days": plan.max_days,
        "accepts_direct": plan.accepts_direct,
        "is_school_event": plan.is_school_event,
        "version": version,
    }


class DaysForm(ProblemForm):
    """The days of a Praktikumswoche as tiles; holidays say so."""

    days = forms.TypedMultipleChoiceField(
        label="Tage",
        coerce=date.fromisoformat,
        required=False,
        widget=DayPicker,
        help_text="Feiertage und Schulferien sind gekennzeichnet und nie von selbst gewählt.",
    )

    def __init__(self, *args: Any, choices: Iterable[DayChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self, "days", [(choice.day.isoformat(), day_label(choice)) for choice in choices]
        )


def day_label(choice: DayChoice) -> str:
    """Two lines for a tile: weekday and date, then the note."""
    text = on_a_tile(choice.day)
    return f"{text}\n{choice.note}" if choice.note else text
