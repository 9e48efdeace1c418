"""What an invited person answers, and how it was."""

from typing import Any

from django import forms

from werkpfad.region.meetings.enums import Answer, Attending, PlaceKind
from werkpfad.region.meetings.models import Meeting, Registration, WorkingGroup


class AcceptForm(forms.Form):
    """Only what there is to choose: the way of taking part where both are possible, a group where there are groups."""

    attending = forms.ChoiceField(
        label="Wie nehmen Sie teil?", choices=Attending.choices, widget=forms.RadioSelect
    )
    group = forms.ChoiceField(label="Arbeitsgruppe", required=False)
    needs = forms.CharField(
        label="Brauchen Sie etwas, um gut teilnehmen zu können?",
        max_length=300,
        required=False,
        help_text="Zum Beispiel Gebärdensprache, einen Platz vorn, vegetarisches Essen.",
    )

    def __init__(self, data: Any, *, registration: Registration) -> None:
        super().__init__(data, initial=_initial(registration))
        meeting = registration.meeting
        if meeting.place_kind != PlaceKind.HYBRID:
            del self.fields["attending"]
        self.by_id = {group.public_id: group for group in meeting.groups.order_by("position")}
        if self.by_id:
            field = self.fields["group"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "noch offen"), *_with_seats(self.by_id, registration)]
        else:
            del self.fields["group"]

    def attending_as(self, meeting: Meeting) -> Attending:
        chosen = self.cleaned_data.get("attending")
        if chosen:
            return Attending(chosen)
        is_remote = meeting.place_kind == PlaceKind.REMOTE
        return Attending.REMOTE if is_remote else Attending.ROOM

    def chosen_group(self) -> WorkingGroup | None:
        return self.by_id.get(self.cleaned_data.get("group", ""))


def _initial(registration: Registration) -> dict[str, Any]:
    return {
        "attending": registration.attending,
        "group": registration.group.public_id if registration.group else "",
        "needs": registration.needs,
    }


def _with_seats(
    groups: dict[str, WorkingGroup], registration: Registration
) -> list[tuple[str, str]]:
    """Groups with what is left in them; a full one is offered only to who is in it."""
    choices = []
    for key, group in groups.items():
        others = group.registrations.filter(answer__in=[Answer.COMING, Answer.WAITING])
        taken = others.exclude(pk=registration.pk).count()
        if group.capacity is None:
            choices.append((key, group.title))
        elif taken < group.capacity:
            left = group.capacity - taken
            choices.append((key, f"{group.title} (noch {left} frei)"))
    return choices


class FeedbackForm(forms.Form):
    rating = forms.TypedChoiceField(
        label="Hat sich das Treffen für Sie gelohnt?",
        choices=[(4, "ja, sehr"), (3, "eher ja"), (2, "eher nein"), (1, "nein")],
        coerce=int,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label="Was sollten wir wissen?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
