"""The short steps of a profile, one form each, in the words of a 13-year-old."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from werkpfad.base.occupations.models import Field
from werkpfad.region.network.models import Place
from werkpfad.region.schools import queries
from werkpfad.region.schools.enums import ProfileStep, TravelMode
from werkpfad.region.schools.rules import MAX_INTERESTS

DISTANCES = (
    (2, "bis 2 km: gut zu Fuß, etwa 30 Minuten"),
    (5, "bis 5 km: gut mit dem Rad, etwa 20 Minuten"),
    (10, "bis 10 km: ein paar Orte weiter, etwa 20 Minuten mit dem Bus"),
    (15, "bis 15 km: die nächste Stadt, etwa 30 Minuten mit Bus oder Bahn"),
    (25, "bis 25 km: im Landkreis, bis zu einer Stunde mit Bus oder Bahn"),
    (40, "bis 40 km: auch weiter weg, wenn es passt"),
)
TRAVEL = (
    (TravelMode.FOOT, "Zu Fuß"),
    (TravelMode.BIKE, "Mit dem Fahrrad"),
    (TravelMode.TRANSIT, "Mit Bus und Bahn"),
    (TravelMode.CAR, "Jemand fährt mich"),
)


class TravelForm(forms.Form):
    mode = forms.ChoiceField(
        label="Wie kommst du meistens hin?", choices=TRAVEL, widget=forms.RadioSelect
    )
    distance = forms.TypedChoiceField(
        label="Wie weit darf es sein?", coerce=int, choices=DISTANCES, widget=forms.RadioSelect
    )


class HomeForm(forms.Form):
    """Postal code first; when it has several places, the place is chosen in a second go."""

    postal_code = forms.CharField(
        label="Deine Postleitzahl",
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
        help_text="Fünf Ziffern. Deine Straße brauchen wir nicht.",
    )
    place = forms.ChoiceField(label="Welcher Ort ist es?", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = str(self["postal_code"].value() or "").strip()
        self.places: list[Place] = list(queries.places_at(typed)) if len(typed) == 5 else []
        if len(self.places) > 1:
            place = self.fields["place"]
            assert isinstance(place, forms.ChoiceField)
            place.choices = [(p.name, p.name) for p in self.places]
        else:
            del self.fields["place"]

    def clean_postal_code(self) -> str:
        code = str(self.cleaned_data["postal_code"]).strip()
        if not (len(code) == 5 and code.isdecimal()):
            raise ValidationError("Eine Postleitzahl hat 5 Ziffern, zum Beispiel 21680.")
        if not self.places:
            raise ValidationError("Diese Postleitzahl kennen wir nicht. Schau noch einmal nach.")
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if len(self.places) > 1 and not data.get("place") and "place" not in self.errors:
            self.add_error("place", "Zu dieser Postleitzahl gehören mehrere Orte. Such deinen aus.")
        return data

    @property
    def place_name(self) -> str:
        return str(self.cleaned_data.get("place") or self.places[0].name)


@dataclass(frozen=True, slots=True)
class Question:
    """One of the three short questions with examples."""

    label: str
    examples: str


QUESTIONS: Mapping[ProfileStep, Question] = {
    ProfileStep.LIKES: Question(
        "Was machst du gern?",
        "Zum Beispiel: „Ich schraube an meinem Fahrrad.“ „Ich passe auf meinen kleinen Bruder auf.“ „Ich zeichne.“",
    ),
    ProfileStep.STRENGTHS: Question(
        "Was kannst du gut?",
        "Zum Beispiel: „Ich kann gut erklären.“ „Ich spreche Türkisch und Deutsch.“ „Ich gebe nicht so schnell auf.“",
    ),
    ProfileStep.WANTS_TO_TRY: Question(
        "Was willst du einmal ausprobieren?",
        "Zum Beispiel: „Etwas mit Tieren.“ „Sehen, wie ein Haus entsteht.“ „Ich weiß es noch nicht, überrascht mich.“",
    ),
}


class AnswerForm(forms.Form):
    text = forms.CharField(
        label="", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = question.label
        self.fields["text"].help_text = question.examples


@dataclass(frozen=True, slots=True)
class Tile:
    """One field as a picture to tap; `rank` counts from 1 when it is chosen."""

    field: Field
    rank: int | None


def tapped(order: Sequence[str], code: str) -> list[str]:
    """The order after a tap: a new code goes to the end while there is room, a chosen one comes off."""
    if code in order:
        return [c for c in order if c != code]
    return [*order, code] if len(order) < MAX_INTERESTS else list(order)


def tiles(fields: Sequence[Field], order: Sequence[str]) -> list[Tile]:
    ranks = {code: rank for rank, code in enumerate(order, start=1)}
    return [Tile(field, ranks.get(field.code)) for field in fields]


def known_order(text: str, fields: Sequence[Field]) -> list[str]:
    """The codes of a hidden field that exist, each once, no more than allowed."""
    known = {field.code for field in fields}
    codes = [code for code in dict.fromkeys(text.split(",")) if code in known]
    return codes[:MAX_INTERESTS]
