"""Answers, reasons, attendance and feedback as forms."""

from typing import Any, ClassVar

from django import forms

from werkpfad.journey.placements.enums import AnswerReason, Presence, Side
from werkpfad.journey.placements.questions import QUESTIONS, SCALE

R = AnswerReason
REASONS: dict[Side, tuple[AnswerReason, ...]] = {
    Side.COMPANY: (R.FULL, R.DATES, R.NO_SUPERVISOR, R.AGE, R.NOT_SUITABLE, R.OTHER),
    Side.PUPIL: (R.NOT_INTERESTED, R.TOO_FAR, R.OTHER_PLACE, R.DATES, R.OTHER),
    Side.SCHOOL: (R.NOT_SUITABLE, R.TOO_FAR, R.DATES, R.AGE, R.OTHER),
}
CANCEL_REASONS: dict[Side | None, tuple[AnswerReason, ...]] = {
    Side.COMPANY: (R.NO_SUPERVISOR, R.DATES, R.ILLNESS, R.NOT_SUITABLE, R.OTHER),
    Side.SCHOOL: (R.ILLNESS, R.NOT_SUITABLE, R.DATES, R.OTHER_PLACE, R.OTHER),
    None: (R.NO_SUPERVISOR, R.NOT_SUITABLE, R.DATES, R.OTHER_PLACE, R.OTHER),
}


class ReasonForm(forms.Form):
    """Why not: a reason to choose, and a sentence where the reason alone says too little."""

    reason = forms.ChoiceField(label="Grund")
    text = forms.CharField(
        label="Ein Satz dazu", max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        reasons: tuple[AnswerReason, ...],
        informal: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.informal = informal
        choices = [("", "Bitte wählen"), *((r.value, r.label) for r in reasons)]
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        field.error_messages["required"] = (
            "Wähle einen Grund aus." if informal else "Bitte wählen Sie einen Grund aus."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reason") == AnswerReason.OTHER and not data.get("text", "").strip():
            self.add_error(
                "text",
                "Schreib bitte einen Satz dazu."
                if self.informal
                else "Bitte schreiben Sie einen Satz dazu.",
            )
        return data


class SupervisorForm(forms.Form):
    """Who looks after the pupil."""

    supervisor = forms.CharField(
        label="Wer betreut im Betrieb?",
        max_length=120,
        required=False,
        help_text="Vor- und Nachname. Steht auf der Vereinbarung und, sobald alle zugesagt haben, bei der Schülerin oder dem Schüler.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class AttendanceForm(forms.Form):
    """The paper sheet of one pupil: one choice per day."""

    def __init__(
        self, *args: Any, days: dict[str, str], known: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for iso, label in days.items():
            self.fields[iso] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", "nicht eingetragen"), *Presence.choices],
                initial=known.get(iso, ""),
            )


class FeedbackForm(forms.Form):
    """Four questions on a scale of four and a free sentence."""

    TEXTS: ClassVar[dict[Side, str]] = {
        Side.COMPANY: "Was möchten Sie der Schülerin oder dem Schüler mitgeben?",
        Side.PUPIL: "Was sollen andere über dieses Praktikum wissen?",
    }

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side = side
        for question in QUESTIONS[side]:
            self.fields[question.code] = forms.TypedChoiceField(
                label=question.text,
                coerce=int,
                choices=list(SCALE.items()),
                widget=forms.RadioSelect,
                error_messages={"required": "Diese Antwort fehlt noch."},
            )
        self.fields["text"] = forms.CharField(
            label=self.TEXTS[side],
            required=False,
            max_length=600,
            widget=forms.Textarea({"rows": 3}),
            help_text=""
            if side is Side.COMPANY
            else "Die Schule und die Servicestelle lesen das, der Betrieb nur Durchschnitte von mehreren.",
        )

    @property
    def scores(self) -> dict[str, int]:
        return {q.code: self.cleaned_data[q.code] for q in QUESTIONS[self.side]}


class CheckForm(forms.Form):
    """The code printed on a certificate."""

    code = forms.CharField(
        label="Prüfcode",
        max_length=30,
        help_text="Steht unten auf der Bescheinigung, zum Beispiel abcd-efgh-jkmn.",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return "".join(c for c in self.cleaned_data["code"].lower() if c.isalnum())
