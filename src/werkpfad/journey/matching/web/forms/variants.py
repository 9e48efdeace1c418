"""Forms of what-if and of asking a company for one more seat."""

from collections.abc import Iterable
from typing import Any

from django import forms

from werkpfad.base.core.ui.forms import choose_from
from werkpfad.base.occupations.models import Field
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.enums import Equity
from werkpfad.journey.matching.rules import MOST_SEATS, NewPlace, Variation
from werkpfad.journey.matching.web.forms.rounds import equity_choices
from werkpfad.region.network.places import find_place
from werkpfad.region.schools.models import School

FARTHEST_KM = 200
LONGEST_MAIL = 1500


class TrialForm(forms.Form):
    """What to change; everything is optional, and several changes count together."""

    offer = forms.ChoiceField(label="Angebot", required=False)
    offer_seats = forms.IntegerField(
        label="So viele Plätze mehr", min_value=1, max_value=MOST_SEATS, required=False
    )
    field = forms.ChoiceField(label="Berufsfeld", required=False)
    town = forms.CharField(
        label="Um welchen Ort?", max_length=80, required=False, help_text="Postleitzahl oder Ort"
    )
    new_seats = forms.IntegerField(
        label="So viele neue Plätze", min_value=1, max_value=MOST_SEATS, required=False
    )
    max_km = forms.IntegerField(
        label="Wege bis so viele Kilometer",
        min_value=1,
        max_value=FARTHEST_KM,
        required=False,
        help_text="Zum Beispiel, weil ein Bus fährt. Luftlinie.",
    )
    school = forms.ChoiceField(label="Für welche Schule?", required=False)
    equity = forms.ChoiceField(label="Ausgleich", required=False)

    groups = (
        ("Mehr Plätze bei einem Angebot", ["offer", "offer_seats"]),
        ("Neue Plätze in einem Berufsfeld", ["field", "town", "new_seats"]),
        ("Längere Wege", ["max_km", "school"]),
        ("Eine andere Regel", ["equity"]),
    )
    use_required_attribute = False

    def __init__(
        self, *args: Any, slots: Iterable[Slot], schools: Iterable[School], kind: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._slots: dict[str, list[Slot]] = {}
        labels: dict[str, str] = {}
        for slot in slots:
            key = slot.offer.public_id
            self._slots.setdefault(key, []).append(slot)
            labels[key] = f"{slot.offer.organisation.name}: {slot.offer.title}"
        fields = Field.objects.order_by("title").values_list("code", "title")
        choose_from(self, "offer", [("", "Keine Änderung"), *labels.items()])
        choose_from(self, "field", [("", "Keine Änderung"), *fields])
        rows = [(school.public_id, school.organisation.name) for school in schools]
        choose_from(self, "school", [("", "Für alle"), *rows])
        rules = [(value, str(Equity(value).label)) for value, _ in equity_choices(kind)]
        choose_from(self, "equity", [("", "Wie im Grundlauf"), *rules])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._together(data, "offer", "offer_seats", "Wie viele Plätze mehr?")
        self._together(data, "offer_seats", "offer", "Bei welchem Angebot?")
        self._together(data, "field", "new_seats", "Wie viele neue Plätze?")
        self._together(data, "new_seats", "field", "In welchem Berufsfeld?")
        self._together(data, "field", "town", "Um welchen Ort?")
        answer = find_place(data.get("town") or "")
        if data.get("field") and data.get("town") and answer.place is None:
            self.add_error(
                "town", "Diesen Ort finden wir nicht eindeutig. Geben Sie die Postleitzahl ein."
            )
        data["place"] = answer.place
        return data

    def _together(self, data: dict[str, Any], given: str, needed: str, question: str) -> None:
        if data.get(given) and not data.get(needed) and needed not in self.errors:
            self.add_error(needed, question)

    def variation(self) -> Variation:
        """The cleaned data; call on a valid form only. Seats of a week are more on each day."""
        data = self.cleaned_data
        slots = self._slots.get(data["offer"], [])
        place = data["place"] if data["field"] else None
        new = (
            (NewPlace(data["field"], place.name, place.lat, place.lon, data["new_seats"]),)
            if place is not None
            else ()
        )
        return Variation(
            seats=tuple((slot.public_id, data["offer_seats"]) for slot in slots),
            new=new,
            max_km=data["max_km"],
            school=data["school"] if data["max_km"] else "",
            equity=data["equity"],
        )


class AskForm(forms.Form):
    """The mail that asks for one more seat; the office may change every word."""

    subject = forms.CharField(label="Betreff", max_length=120)
    body = forms.CharField(
        label="Text", max_length=LONGEST_MAIL, widget=forms.Textarea(attrs={"rows": 12})
    )
