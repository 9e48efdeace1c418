"""Planning a meeting, and calling it off."""

from datetime import datetime
from typing import Any

from django import forms

from werkpfad.base.core.days import BERLIN
from werkpfad.base.core.ui.widgets import DateInput, TimeInput
from werkpfad.region.meetings.enums import PlaceKind, Rhythm
from werkpfad.region.meetings.models import Meeting
from werkpfad.region.meetings.rules import (
    MOST_IN_SERIES,
    MOST_ITEMS,
    AgendaLine,
    GroupLine,
    MeetingPlan,
    agenda_from,
    agenda_text,
    groups_from,
    groups_text,
    moment,
)


class MeetingForm(forms.Form):
    """Agenda and groups are written as lines: quick to type, quick to paste."""

    title = forms.CharField(label="Titel", max_length=120)
    day = forms.DateField(label="Tag", widget=DateInput())
    begins = forms.TimeField(label="Beginn", widget=TimeInput())
    ends = forms.TimeField(label="Ende", widget=TimeInput())
    place_kind = forms.ChoiceField(
        label="Wo?", choices=PlaceKind.choices, widget=forms.RadioSelect, initial=PlaceKind.ROOM
    )
    room = forms.CharField(label="Raum oder Betrieb", max_length=120, required=False)
    address = forms.CharField(label="Anschrift", max_length=200, required=False)
    access_note = forms.CharField(
        label="Barrierefreiheit",
        max_length=300,
        required=False,
        help_text="Zum Beispiel: stufenlos, Aufzug, Hörschleife.",
    )
    video_link = forms.URLField(
        label="Link zur Videokonferenz",
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text="Sehen nur Angemeldete, ab einer Stunde vorher. Schalten Sie die Aufzeichnung im Raum ab.",
    )
    capacity = forms.IntegerField(
        label="Plätze im Raum",
        min_value=1,
        max_value=2000,
        required=False,
        help_text="Leer: keine Grenze. Ist der Raum voll, entsteht eine Warteliste, die von selbst aufrückt.",
    )
    description = forms.CharField(
        label="Worum geht es?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    agenda = forms.CharField(
        label="Tagesordnung",
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ein Punkt je Zeile: Titel; Minuten; wer. Beispiel: Betriebsrundgang; 30 min; Frau Sommer.",
    )
    groups = forms.CharField(
        label="Arbeitsgruppen zur Wahl",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Eine je Zeile: Titel; Plätze.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def clean_agenda(self) -> tuple[AgendaLine, ...]:
        lines = agenda_from(self.cleaned_data["agenda"])
        titles = [line.title for line in lines]
        if len(lines) > MOST_ITEMS:
            raise forms.ValidationError(f"Höchstens {MOST_ITEMS} Punkte.")
        if len(set(titles)) < len(titles):
            raise forms.ValidationError("Zwei Punkte heißen gleich. Geben Sie jedem einen Namen.")
        return lines

    def clean_groups(self) -> tuple[GroupLine, ...]:
        lines = groups_from(self.cleaned_data["groups"])
        titles = [line.title for line in lines]
        if len(set(titles)) < len(titles):
            raise forms.ValidationError("Zwei Gruppen heißen gleich. Geben Sie jeder einen Namen.")
        return lines

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", "Das Ende liegt nicht nach dem Beginn.")
        kind = data.get("place_kind")
        if kind == PlaceKind.ROOM and not (data.get("room") or data.get("address")):
            self.add_error("room", "Schreiben Sie, wo man sich trifft.")
        return data

    def plan(self) -> MeetingPlan:
        """Day and times become moments of the clock on the wall."""
        data = self.cleaned_data
        plain = ("title", "description", "room", "address", "access_note", "video_link")
        return MeetingPlan(
            **{name: data[name] for name in plain},
            starts_at=self._moment("begins"),
            ends_at=self._moment("ends"),
            place_kind=PlaceKind(data["place_kind"]),
            capacity=data["capacity"],
            agenda=data["agenda"],
            groups=data["groups"],
        )

    def _moment(self, name: str) -> datetime:
        return moment(self.cleaned_data["day"], self.cleaned_data[name])


class NewMeetingForm(MeetingForm):
    rhythm = forms.ChoiceField(
        label="Wiederholen?",
        choices=[("", "einmal"), *Rhythm.choices],
        required=False,
        help_text="Immer zur selben Uhrzeit. Jedes Treffen lässt sich danach einzeln ändern.",
    )
    count = forms.IntegerField(
        label="Wie viele Treffen?",
        min_value=1,
        max_value=MOST_IN_SERIES,
        required=False,
        initial=1,
        help_text="Nur für Reihen.",
    )

    def rhythm_and_count(self) -> tuple[Rhythm | None, int]:
        data = self.cleaned_data
        if not data["rhythm"]:
            return None, 1
        return Rhythm(data["rhythm"]), data["count"] or 1


def values_of(meeting: Meeting) -> dict[str, Any]:
    """What the form shows for a stored meeting."""
    starts, ends = meeting.starts_at.astimezone(BERLIN), meeting.ends_at.astimezone(BERLIN)
    agenda = tuple(
        AgendaLine(item.title, item.minutes, item.owner)
        for item in meeting.agenda.order_by("position")
    )
    groups = tuple(
        GroupLine(group.title, group.capacity) for group in meeting.groups.order_by("position")
    )
    plain = (
        "title",
        "description",
        "place_kind",
        "room",
        "address",
        "access_note",
        "video_link",
        "capacity",
        "version",
    )
    return {name: getattr(meeting, name) for name in plain} | {
        "day": starts.date(),
        "begins": starts.time(),
        "ends": ends.time(),
        "agenda": agenda_text(agenda),
        "groups": groups_text(groups),
    }


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Was sollen die Eingeladenen wissen?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Steht in der Mail und auf der Seite des Treffens.",
    )
