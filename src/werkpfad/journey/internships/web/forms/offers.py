"""Forms of an offer's three pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from werkpfad.base.core.days import on_a_tile
from werkpfad.base.core.ui.forms import choose_from
from werkpfad.base.core.ui.widgets import FieldPicker, TimeInput
from werkpfad.base.occupations.models import Field, Occupation
from werkpfad.base.occupations.queries import LEAF_LEVEL
from werkpfad.journey.internships.enums import Accessibility, ProgrammeKind
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.internships.queries import ProgrammeSeats
from werkpfad.journey.internships.rules import (
    MAX_OTHER_FIELDS,
    MAX_SEATS,
    OfferPlace,
    OfferText,
    OfferTimes,
    SeatFrame,
)
from werkpfad.journey.internships.rules.programmes import AGES
from werkpfad.journey.internships.web.forms.programmes import ProblemForm
from werkpfad.region.network.models import Site

TEXT_LABELS = {
    "main_field": "Berufsfeld",
    "title": "Titel",
    "description": "Worum geht es?",
    "activities": "Aufgaben",
    "other_fields": "Weitere Berufsfelder",
    "occupation": "Beruf",
}
TIME_LABELS = {
    "starts_at": "Beginn",
    "ends_at": "Ende",
    "min_age": "Mindestalter",
    "is_group": "Gruppe",
}
PLACE_LABELS = {
    "site": "Standort",
    "contact_name": "Ansprechperson",
    "contact_email": "E-Mail-Adresse",
    "contact_phone": "Telefon",
    "bring": "Mitbringen",
    "accessibility": "Barrierefreiheit",
    "languages": "Sprachen",
}


class OfferTextForm(ProblemForm):
    """Page one: what it is. `occupations` are those to choose from; any other may be typed by its exact title."""

    title = forms.CharField(
        label="Titel",
        max_length=120,
        help_text="Am besten so, dass man sieht, was man tut: „Bau dein eigenes Regal“ statt „Praktikum (m/w/d)“.",
    )
    description = forms.CharField(
        label="Worum geht es?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Zwei bis vier kurze Sätze, mit „du“. Was macht man? Was nimmt man mit? Fachwörter bitte erklären.",
    )
    activities = forms.CharField(
        label="Das kannst du bei uns tun",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Eine Aufgabe je Zeile.",
    )
    main_field = forms.ChoiceField(label="Berufsfeld")
    other_fields = forms.MultipleChoiceField(
        label="Passt auch zu",
        required=False,
        widget=FieldPicker(maximum=MAX_OTHER_FIELDS),
        help_text=f"Bis zu {MAX_OTHER_FIELDS} weitere Felder, unter denen man Ihr Angebot findet.",
    )
    occupation = forms.CharField(
        label="Ausbildungsberuf",
        required=False,
        max_length=250,
        widget=forms.TextInput(attrs={"list": "occupations", "autocomplete": "off"}),
        help_text="Wenn es einen gibt. Tippen Sie die ersten Buchstaben und wählen Sie aus.",
    )

    def __init__(
        self, *args: Any, fields: Iterable[Field], occupations: Iterable[Occupation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(field.code, field.title) for field in fields]
        for name in ("main_field", "other_fields"):
            choose_from(self, name, choices)
        self.occupations = {row.title.casefold(): row for row in occupations}
        if not self.occupations:
            del self.fields["occupation"]

    @property
    def shows_other_fields(self) -> bool:
        """Whether the fold with the other fields stands open: something is chosen or wrong in it."""
        return bool(self["other_fields"].value() or self.errors.get("other_fields"))

    def clean_occupation(self) -> str:
        """The code behind the title that was typed."""
        typed = " ".join(self.cleaned_data["occupation"].split())
        if not typed:
            return ""
        found = (
            self.occupations.get(typed.casefold())
            or Occupation.objects.filter(level=LEAF_LEVEL, title=typed).first()
        )
        if found is None:
            raise forms.ValidationError(
                "Diesen Beruf finden wir nicht. Wählen Sie einen aus der Liste, oder lassen Sie das Feld leer."
            )
        return found.code

    def text(self) -> OfferText:
        data = self.cleaned_data
        return OfferText(
            main_field=data["main_field"],
            title=data["title"],
            description=data["description"].replace("\r\n", "\n"),
            activities=data["activities"].replace("\r\n", "\n"),
            other_fields=tuple(c for c in data["other_fields"] if c != data["main_field"]),
            occupation=data.get("occupation", ""),
        )


@dataclass(frozen=True)
class SeatGroup:
    """One programme on the page of seats: its fields, and a note why nothing can be added (empty if it can)."""

    programme: Programme
    fields: list[forms.BoundField]
    note: str


class SeatField(forms.IntegerField):
    """Seats of one frame; left empty it means none."""

    def clean(self, value: Any) -> int:
        return super().clean(value) if value not in self.empty_values else 0


class OfferSeatsForm(ProblemForm):
    """Page two: seats of each programme (one number, or one for each day of a week), hours and age."""

    starts_at = forms.TimeField(label="Beginn", required=False, widget=TimeInput())
    ends_at = forms.TimeField(label="Ende", required=False, widget=TimeInput())
    min_age = forms.IntegerField(
        label="Mindestalter am ersten Tag",
        min_value=AGES.start,
        max_value=AGES.stop - 1,
        help_text="13 ist richtig, solange nichts dagegen spricht, zum Beispiel gefährliche Maschinen.",
    )
    is_group = forms.BooleanField(
        label="Mehrere Schüler:innen kommen gemeinsam",
        required=False,
        help_text="Für Gruppenprogramme. Sonst betreuen Sie jede:n einzeln.",
    )

    def __init__(
        self,
        *args: Any,
        programmes: Iterable[ProgrammeSeats],
        notes: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._programmes = list(programmes)
        self._notes = notes
        for row in self._programmes:
            for frame in row.frames:
                self.fields[frame.key] = _seat_field(row.programme, frame)

    @property
    def seat_groups(self) -> list[SeatGroup]:
        return [
            SeatGroup(
                row.programme,
                [self[frame.key] for frame in row.frames],
                self._notes.get(row.programme.pk, ""),
            )
            for row in self._programmes
        ]

    def times(self) -> OfferTimes:
        data = self.cleaned_data
        return OfferTimes(data["starts_at"], data["ends_at"], data["min_age"], data["is_group"])

    def seats(self) -> dict[str, int]:
        """Wanted seats by frame key; what the page did not show is left out and stays as it is."""
        keys = [frame.key for row in self._programmes for frame in row.frames]
        return {key: self.cleaned_data[key] for key in keys if key in self.data}


def _seat_field(programme: Programme, frame: SeatFrame) -> SeatField:
    label = "Plätze"
    if programme.kind == ProgrammeKind.WEEK:
        label = on_a_tile(frame.first_day)
    field = SeatField(
        label=label,
        min_value=0,
        max_value=MAX_SEATS,
        initial=frame.capacity,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    if frame.taken or frame.held:
        parts = [f"{frame.taken} vergeben"] if frame.taken else []
        parts += [f"{frame.held} vorgeschlagen"] if frame.held else []
        field.help_text = ", ".join(parts)
    return field


class OfferPlaceForm(ProblemForm):
    """Page three: where it is, who is there, what to bring."""

    site = forms.ChoiceField(label="Standort", widget=forms.RadioSelect)
    contact_name = forms.CharField(
        label="Ansprechperson",
        max_length=120,
        help_text="Sehen Schüler:innen erst, wenn der Platz vereinbart ist.",
    )
    contact_email = forms.EmailField(
        label="E-Mail-Adresse",
        required=False,
        help_text="Hierhin schicken wir Anfragen. Beantworten kann man sie ohne Konto.",
    )
    contact_phone = forms.CharField(
        label="Telefon", required=False, max_length=40, widget=forms.TextInput({"type": "tel"})
    )
    bring = forms.CharField(
        label="Mitbringen",
        required=False,
        max_length=300,
        help_text="Kleidung, feste Schuhe, Essen – und was vor dem ersten Tag erledigt sein muss.",
    )
    accessibility = forms.MultipleChoiceField(
        label="Barrierefreiheit",
        required=False,
        choices=Accessibility.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.CharField(
        label="Sprachen außer Deutsch",
        required=False,
        max_length=120,
        help_text="Zum Beispiel: Türkisch, Ukrainisch, Englisch.",
    )

    groups = (
        ("Wo?", ["site"]),
        ("Wer ist da?", ["contact_name", "contact_email", "contact_phone"]),
        ("Gut zu wissen", ["bring", "accessibility", "languages"]),
    )

    def __init__(self, *args: Any, sites: Iterable[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "site", [(s.public_id, site_label(s)) for s in sites])

    def place(self) -> OfferPlace:
        data = self.cleaned_data
        return OfferPlace(
            site=data["site"],
            contact_name=data["contact_name"],
            contact_email=data["contact_email"],
            contact_phone=data["contact_phone"],
            bring=data["bring"],
            accessibility=tuple(data["accessibility"]),
            languages=data["languages"],
        )


def site_label(site: Site) -> str:
    return f"{site.name}: {site}" if site.name else str(site) or "Hauptstandort"
