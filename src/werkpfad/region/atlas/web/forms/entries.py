"""Writing an entry: the introduction with its links, and single offers and needs."""

from typing import Any

from django import forms

from werkpfad.base.core.ui.forms import choose_from
from werkpfad.base.core.ui.widgets import FieldPicker
from werkpfad.base.occupations.queries import fields
from werkpfad.region.atlas.enums import Direction, ItemKind
from werkpfad.region.atlas.rules import GRADES, MOST_LINKS, Content, Item, WebLink
from werkpfad.region.schools.enums import SchoolForm

GRADE_CHOICES = [("", "egal"), *((str(grade), str(grade)) for grade in GRADES)]


def _grade(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=GRADE_CHOICES,
        coerce=int,
        empty_value=None,
        required=False,
    )


class IntroForm(forms.Form):
    """A few sentences and up to three links."""

    groups = (
        ("Wer wir sind", ["intro"]),
        *(
            (f"{number}. Link", [f"label{number}", f"url{number}"])
            for number in range(1, MOST_LINKS + 1)
        ),
    )
    intro = forms.CharField(
        label="Vorstellung",
        max_length=1200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Zwei bis fünf Sätze. Bitte keine Namen: Ansprechpersonen tragen Sie bei der Organisation ein.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_LINKS + 1):
            self.fields[f"label{number}"] = forms.CharField(
                label="Wohin führt er?", max_length=60, required=False
            )
            self.fields[f"url{number}"] = forms.URLField(
                label="Adresse", max_length=300, required=False, assume_scheme="https"
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(1, MOST_LINKS + 1):
            lonely = data.get(f"label{number}") and not data.get(f"url{number}")
            if lonely and f"url{number}" not in self.errors:
                self.add_error(f"url{number}", "Geben Sie die Adresse an, oder leeren Sie beides.")
        return data

    def links(self) -> tuple[WebLink, ...]:
        """The links that have an address; without a word for it, the address is the word."""
        data = self.cleaned_data
        pairs = [
            (data[f"label{number}"], data[f"url{number}"]) for number in range(1, MOST_LINKS + 1)
        ]
        return tuple(WebLink(label or url, url) for label, url in pairs if url)


def intro_initial(content: Content, version: int) -> dict[str, Any]:
    initial: dict[str, Any] = {"intro": content.intro, "version": version}
    for number, link in enumerate(content.links, start=1):
        initial |= {f"label{number}": link.label, f"url{number}": link.url}
    return initial


class ItemForm(forms.Form):
    """One offer or need."""

    groups = (
        ("Worum geht es?", ["direction", "kind", "text", "keywords"]),
        (
            "Für wen? Nichts angekreuzt heißt: für alle",
            ["school_forms", "first_grade", "last_grade"],
        ),
    )
    direction = forms.ChoiceField(
        label="Richtung", choices=Direction.choices, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label="Was?", choices=[("", "Bitte wählen"), *ItemKind.choices])
    text = forms.CharField(
        label="In ein bis drei Sätzen",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Was genau, wie oft, wie viele? Bitte keine Namen.",
    )
    keywords = forms.CharField(
        label="Stichwörter",
        max_length=200,
        required=False,
        help_text="Unter welchen Wörtern soll man Sie finden? Mit Komma getrennt.",
    )
    school_forms = forms.MultipleChoiceField(
        label="Schulformen",
        choices=SchoolForm.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    first_grade = _grade("Ab Klasse")
    last_grade = _grade("Bis Klasse")
    fields_of_work = forms.MultipleChoiceField(
        label="Berufsfelder", required=False, widget=FieldPicker()
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "fields_of_work", [(field.code, field.title) for field in fields()])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_grade"), data.get("last_grade")
        if first and last and last < first:
            self.add_error("last_grade", "Die letzte Klasse liegt vor der ersten.")
        return data

    def item(self, key: str) -> Item:
        data = self.cleaned_data
        return Item(
            key=key,
            direction=Direction(data["direction"]),
            kind=ItemKind(data["kind"]),
            text=data["text"],
            keywords=data["keywords"],
            fields=tuple(data["fields_of_work"]),
            forms=tuple(data["school_forms"]),
            first_grade=data["first_grade"],
            last_grade=data["last_grade"],
        )


def item_initial(item: Item, version: int) -> dict[str, Any]:
    return {
        "direction": item.direction.value,
        "kind": item.kind.value,
        "text": item.text,
        "keywords": item.keywords,
        "fields_of_work": list(item.fields),
        "school_forms": list(item.forms),
        "first_grade": item.first_grade,
        "last_grade": item.last_grade,
        "version": version,
    }
