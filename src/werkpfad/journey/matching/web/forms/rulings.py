"""The form of a decision by hand."""

from collections.abc import Iterable
from typing import Any

from django import forms

from werkpfad.base.core.days import on_a_tile
from werkpfad.base.core.ui.forms import choose_from
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.enums import RulingKind
from werkpfad.region.schools.models import Pupil

SHORTEST_CODE = 5


class RulingForm(forms.Form):
    """The office knows pupils by their code only, which the teacher names."""

    code = forms.CharField(
        label="Kennung",
        max_length=16,
        help_text="Fünf Zeichen. Die Lehrkraft sieht sie auf der Wunschliste der Schüler:in.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    kind = forms.ChoiceField(
        label="Was legen Sie fest?",
        widget=forms.RadioSelect,
        choices=[
            (RulingKind.PIN.value, "Diesen Platz bekommt die Schüler:in auf jeden Fall"),
            (RulingKind.BAN.value, "Dieses Angebot bekommt die Schüler:in an keinem Tag"),
        ],
        initial=RulingKind.PIN,
    )
    slot = forms.ChoiceField(label="Angebot")
    reason = forms.CharField(
        label="Grund",
        max_length=300,
        help_text="Nur für die Koordination. Bitte keine Diagnosen und keine Namen.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, slots: Iterable[Slot], is_week: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self,
            "slot",
            [
                ("", "Bitte wählen"),
                *((slot.public_id, _label(slot, is_week)) for slot in slots),
            ],
        )

    def choose(self, pupils: Iterable[Pupil]) -> Pupil | None:
        """The one pupil whose code was typed; otherwise an error at the field. Call on a valid form."""
        typed = self.cleaned_data["code"].replace(" ", "").lower()
        found = [row for row in pupils if row.public_id.lower().startswith(typed)]
        if len(typed) < SHORTEST_CODE or not found:
            self.add_error("code", "Diese Kennung gibt es in diesem Programm nicht.")
        elif len(found) > 1:
            self.add_error("code", "Diese Kennung ist nicht eindeutig. Tippen Sie mehr Zeichen.")
        else:
            return found[0]
        return None


def _label(slot: Slot, is_week: bool) -> str:
    day = f", {on_a_tile(slot.first_day)}" if is_week else ""
    free = slot.capacity - slot.taken
    seats = "1 Platz frei" if free == 1 else f"{free} Plätze frei"
    return f"{slot.offer.organisation.name}: {slot.offer.title}{day} ({seats})"
