"""Forms of the teachers' pages."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from werkpfad.base.accounts.models import User
from werkpfad.base.core.school_year import age_on
from werkpfad.base.core.ui.widgets import DateInput
from werkpfad.journey.internships.models import Programme
from werkpfad.region.schools.models import Pupil, School, SchoolClass
from werkpfad.region.schools.rules import HIGHEST_GRADE, shown_key

YOUNGEST, OLDEST = 9, 30


class LineField(forms.CharField):
    """One line of text, with single spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())


class VersionedForm(forms.Form):
    """Carries the version the person saw, so that two editors cannot overwrite each other."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ClassForm(VersionedForm):
    name = LineField(
        label="Name der Klasse", max_length=20, help_text="Zum Beispiel 9b oder Eulen."
    )
    grade = forms.TypedChoiceField(
        label="Jahrgang",
        coerce=int,
        choices=[(n, f"{n}. Jahrgang") for n in range(5, HIGHEST_GRADE + 1)],
        initial=9,
    )


class NewClassForm(ClassForm):
    school = forms.ModelChoiceField(
        label="Schule", queryset=School.objects.none(), to_field_name="public_id", empty_label=None
    )
    school_year = forms.TypedChoiceField(label="Schuljahr", coerce=int)
    field_order = ("school", "school_year", "name", "grade")

    def __init__(
        self, *args: Any, schools: Any, school_years: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        school, year = self.fields["school"], self.fields["school_year"]
        assert isinstance(school, forms.ModelChoiceField)
        assert isinstance(year, forms.ChoiceField)
        school.queryset = schools
        school.label_from_instance = lambda obj: obj.organisation.name  # type: ignore[method-assign]
        year.choices = school_years
        if len(schools) == 1:
            school.widget = forms.HiddenInput()
            school.initial = schools[0].public_id


class PupilForm(VersionedForm):
    given_name = LineField(
        label="Vorname", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    family_name = LineField(
        label="Nachname", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    birth_date = forms.DateField(
        label="Geburtsdatum",
        widget=DateInput,
        help_text="Nötig für Mindestalter und Jugendarbeitsschutz.",
    )
    school_key = LineField(
        label="Schülernummer",
        max_length=60,
        required=False,
        help_text="Die Nummer aus Ihrem Schulverwaltungsprogramm. Damit erkennt ein späterer Import dieselbe Person wieder.",
    )
    is_full_time_compulsory = forms.BooleanField(
        label="Vollzeitschulpflichtig",
        required=False,
        initial=True,
        help_text="Im Praktikum gelten dann höchstens 7 Stunden am Tag und 35 in der Woche (§ 7 JArbSchG).",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_birth_date(self) -> date:
        born: date = self.cleaned_data["birth_date"]
        if not YOUNGEST <= age_on(born, self.today) <= OLDEST:
            raise ValidationError(
                f"Bitte prüfen: Schüler:innen sind zwischen {YOUNGEST} und {OLDEST} Jahre alt."
            )
        return born


class ClassChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, obj: SchoolClass) -> str:
        return f"{obj.name} ({obj.grade}. Jahrgang)"


class MoveForm(forms.Form):
    to_class = ClassChoice(
        label="Neue Klasse", queryset=SchoolClass.objects.none(), to_field_name="public_id"
    )

    def __init__(self, *args: Any, classes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_class"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = classes


class LeaveForm(forms.Form):
    last_day = forms.DateField(
        label="Letzter Tag an der Schule",
        widget=DateInput,
        help_text="Bis zu diesem Tag funktioniert der Zugang.",
    )


class TeacherChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, obj: User) -> str:
        return obj.display_name


class TeacherForm(forms.Form):
    user = TeacherChoice(label="Lehrkraft", queryset=User.objects.none(), to_field_name="public_id")

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = staff


class ProgrammeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, obj: Programme) -> str:
        return f"{obj.title} ({obj.first_day:%d.%m.%Y} bis {obj.last_day:%d.%m.%Y})"


class LettersForm(forms.Form):
    """What stands in the letters to guardians; a GET form, so that the PDF has an address."""

    use_required_attribute = False

    programm = ProgrammeChoice(
        label="Programm", queryset=Programme.objects.none(), to_field_name="public_id"
    )
    antwort_bis = forms.DateField(label="Rückgabe bis", widget=DateInput)
    hinweis = forms.CharField(
        label="Hinweis der Schule",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Steht als eigener Absatz im Brief, zum Beispiel zum Elternabend.",
    )

    def __init__(self, *args: Any, programmes: list[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programm"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Programme.objects.filter(pk__in=[p.pk for p in programmes])


def pupil_initial(pupil: Pupil) -> dict[str, Any]:
    return {
        "given_name": pupil.given_name,
        "family_name": pupil.family_name,
        "birth_date": pupil.birth_date,
        "school_key": shown_key(pupil.school_key),
        "is_full_time_compulsory": pupil.is_full_time_compulsory,
        "version": pupil.version,
    }
