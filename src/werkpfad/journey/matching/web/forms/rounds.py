"""Forms of the coordinator's pages about rounds."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms

from werkpfad.base.core.ui.forms import choose_from
from werkpfad.base.core.ui.widgets import DateInput
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.matching.enums import Equity
from werkpfad.journey.matching.rules import Problem, RoundPlan

EQUITY_WORDS = {
    Equity.NONE: "Wünsche und Los allein: Alle zählen gleich. Bei Gleichstand entscheidet das Los.",
    Equity.PARITY: "Keine Schule bleibt zurück: Fehlen Plätze, gehen aus jeder Schule anteilig gleich viele leer aus.",
    Equity.STRICT: "Schulen mit hohem Sozialindex zuerst: Fehlen Plätze, bekommen ihre Schüler:innen vor anderen einen.",
}
EQUITY_HINT = (
    "Keine dieser Regeln kostet insgesamt einen Platz. Sie entscheidet nur, wer leer ausgeht, "
    "wenn es nicht für alle reicht. Schulen und Schüler:innen sehen die Regel vorher."
)
LABELS = {
    "wishes_from": "Wünsche ab",
    "wishes_until": "Wünsche bis",
    "publish_on": "Ergebnis am",
    "confirm_until": "Bestätigen bis",
    "leftovers_until": "Restplatzbörse bis",
    "fills_nightly": "Nachts von selbst vorschlagen",
    "min_wishes": "Mindestens",
    "max_wishes": "Höchstens",
    "equity": "Ausgleich",
}


def equity_choices(kind: str) -> list[tuple[str, str]]:
    """A week knows no parity (see `rules.rounds`)."""
    return [
        (value.value, text)
        for value, text in EQUITY_WORDS.items()
        if not (kind == ProgrammeKind.WEEK and value == Equity.PARITY)
    ]


class RoundForm(forms.Form):
    """Dates and rules of a round."""

    wishes_from = forms.DateField(label="Wunschabgabe ab", widget=DateInput())
    wishes_until = forms.DateField(label="Wunschabgabe bis einschließlich", widget=DateInput())
    publish_on = forms.DateField(
        label="Ergebnis veröffentlichen am",
        widget=DateInput(),
        help_text="Davor rechnen Sie Probeläufe. Veröffentlicht wird von Ihnen, nie von selbst.",
    )
    confirm_until = forms.DateField(label="Alle bestätigen bis", widget=DateInput())
    leftovers_until = forms.DateField(
        label="Restplatzbörse bis",
        widget=DateInput(),
        required=False,
        help_text="Nach der Bestätigung gehen freie Plätze an alle, die noch suchen. Ohne Datum gibt es keine.",
    )
    fills_nightly = forms.BooleanField(
        label="Vorschläge der nächtlichen Nachvermittlung gehen von selbst hinaus",
        required=False,
        help_text="Sonst wartet jede Nachvermittlung auf Ihren Klick. Bestätigte und vorgeschlagene Plätze bleiben immer.",
    )
    min_wishes = forms.IntegerField(
        label="So viele Wünsche sind mindestens nötig", min_value=1, max_value=30, initial=3
    )
    max_wishes = forms.IntegerField(
        label="So viele sind höchstens möglich", min_value=1, max_value=30, initial=10
    )
    equity = forms.ChoiceField(
        label="Wer bekommt einen Platz, wenn es zu wenige gibt?",
        widget=forms.RadioSelect,
        initial=Equity.NONE,
        help_text=EQUITY_HINT,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    groups: tuple[tuple[str, list[str]], ...] = (
        ("Wann?", ["wishes_from", "wishes_until", "publish_on", "confirm_until"]),
        ("Was geschieht mit freien Plätzen?", ["leftovers_until", "fills_nightly"]),
        ("Wie viele Wünsche?", ["min_wishes", "max_wishes"]),
        ("Welcher Ausgleich?", ["equity"]),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_week = kind == ProgrammeKind.WEEK
        choose_from(self, "equity", equity_choices(kind))
        if self.is_week:
            del self.fields["min_wishes"], self.fields["max_wishes"]
            self.groups = (self.groups[0], self.groups[1], self.groups[3])

    def plan(self) -> RoundPlan:
        """The cleaned data as a plan; call on a valid form only."""
        data = self.cleaned_data
        return RoundPlan(
            wishes_from=data["wishes_from"],
            wishes_until=data["wishes_until"],
            publish_on=data["publish_on"],
            confirm_until=data["confirm_until"],
            min_wishes=data.get("min_wishes", 1),
            max_wishes=data.get("max_wishes", 10),
            equity=Equity(data["equity"]),
            leftovers_until=data["leftovers_until"],
            fills_nightly=data["fills_nightly"],
        )

    def add_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)


class LeftoversForm(forms.Form):
    """End of the leftover market, and whether the night's proposals go out by themselves."""

    leftovers_until = forms.DateField(
        label="Restplatzbörse bis",
        widget=DateInput(),
        required=False,
        help_text="Ohne Datum endet die Runde mit der Bestätigung.",
    )
    fills_nightly = forms.BooleanField(
        label="Vorschläge der nächtlichen Nachvermittlung gehen von selbst hinaus",
        required=False,
        help_text="Sonst bekommen Sie am Morgen eine Mail und geben sie mit einem Klick hinaus.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def add_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)


class WithdrawForm(forms.Form):
    """Why a publication is taken back."""

    reason = forms.CharField(
        label="Warum?",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="Ein Satz ohne Namen. Ihn liest nur die Servicestelle.",
        error_messages={"required": "Bitte nennen Sie den Grund. Er steht im Verlauf der Runde."},
    )


def proposed(programme: Programme, *, today: date) -> dict[str, Any]:
    """Dates to start from: three weeks of wishes, a few days to allocate, two weeks to confirm, two for leftovers."""
    confirm = max(programme.first_day - timedelta(days=21), today + timedelta(days=4))
    publish = max(confirm - timedelta(days=14), today + timedelta(days=2))
    until = max(publish - timedelta(days=4), today + timedelta(days=1))
    leftovers = programme.first_day - timedelta(days=7)
    return {
        "leftovers_until": leftovers if leftovers > confirm else None,
        "wishes_from": max(until - timedelta(days=21), today),
        "wishes_until": until,
        "publish_on": publish,
        "confirm_until": confirm,
    }


def initial_of(plan: RoundPlan, version: int) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in LABELS} | {"version": version}
