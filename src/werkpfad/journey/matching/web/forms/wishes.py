"""Forms of the wish list."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from werkpfad.base.core.days import on_a_tile
from werkpfad.base.core.ui.forms import choose_from
from werkpfad.base.core.ui.widgets import DayPicker
from werkpfad.base.occupations.models import Field
from werkpfad.journey.matching.rules import Problem, field_chance

MOST_FIELDS = 5


class SubmitForm(forms.Form):
    """Handing in a list of places."""

    takes_other = forms.BooleanField(
        label="Wenn keiner meiner Wünsche klappt, nehme ich auch einen anderen Platz",
        required=False,
        help_text="Aus den Berufsfeldern in deinem Profil und in deiner Nähe. Du kannst dann immer noch Nein sagen.",
    )


class WeekForm(forms.Form):
    """Fields in order, days that suit, and how many of them are wanted."""

    days = forms.TypedMultipleChoiceField(
        label="An welchen Tagen kannst du?", coerce=date.fromisoformat, widget=DayPicker
    )
    wanted_days = forms.TypedChoiceField(label="Wie viele Tage möchtest du?", coerce=int)

    groups = (
        ("Was interessiert dich?", [f"field_{place}" for place in range(1, MOST_FIELDS + 1)]),
        ("Wann?", ["days", "wanted_days"]),
    )

    def __init__(
        self,
        *args: Any,
        fields: Sequence[Field],
        days: Sequence[date],
        max_days: int,
        for_pupil: bool = True,
        demand: Mapping[str, tuple[int, int]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._by_code = {field.code: field for field in fields}
        known = demand or {}
        options = [("", "–"), *((field.code, _option(field, known)) for field in fields)]
        for place in range(1, MOST_FIELDS + 1):
            label = f"{place}. Berufsfeld"
            self.fields[f"field_{place}"] = forms.ChoiceField(
                label=label, choices=options, required=place == 1
            )
        choose_from(self, "days", [(day.isoformat(), _label(day)) for day in days])
        choose_from(
            self,
            "wanted_days",
            [(n, "1 Tag" if n == 1 else f"{n} Tage") for n in range(1, max_days + 1)],
        )
        if not for_pupil:
            self.fields["days"].label = "An welchen Tagen passt es?"
            self.fields["wanted_days"].label = "Wie viele Tage sind gewünscht?"

    def chosen_fields(self) -> list[Field]:
        """The fields in order, each once; call on a valid form only."""
        codes = [self.cleaned_data[f"field_{place}"] for place in range(1, MOST_FIELDS + 1)]
        return [self._by_code[code] for code in dict.fromkeys(codes) if code]

    def add_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            name = "field_1" if problem.field == "fields" else problem.field
            self.add_error(name if name in self.fields else None, problem.message)


def _option(field: Field, demand: Mapping[str, tuple[int, int]]) -> str:
    """A field with how many want it and how many places there are."""
    if field.code not in demand:
        return f"{field.title} (zurzeit kein Platz)" if demand else field.title
    return f"{field.title} ({field_chance(*demand[field.code])})"


def _label(day: date) -> str:
    return on_a_tile(day).replace(" ", "\n")
