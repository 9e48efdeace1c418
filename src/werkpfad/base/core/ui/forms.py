"""Forms drawn as KERN markup: set ``FORM_RENDERER = "werkpfad.base.core.ui.forms.FormRenderer"``.

``{{ form }}`` then draws the error summary and every field with label, hint and error; optional fields say
"(optional)". A form may name its parts: ``groups = [("Zeitraum", ["first_day", "last_day"]), ...]``; fields named
in no group follow at the end.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.forms.boundfield import BoundWidget
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.safestring import SafeString

from werkpfad.base.core.ui.widgets import CodeInput, DayPicker, FieldPicker

ERROR_SUFFIX = "_error"
HINT_SUFFIX = "_hint"


class FormRenderer(TemplatesSetting):
    """Uses the project's template engine and our templates for forms, fields and formsets."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"
    formset_template_name = "core/forms/formset.html"


@dataclass(frozen=True)
class Group:
    """Fields that belong together under a heading; the heading is empty for the rest."""

    title: str
    fields: list[BoundField]


def groups(form: BaseForm) -> Iterator[Group]:
    """The form's visible fields by its ``groups``; each field exactly once."""
    left = {field.name: field for field in form.visible_fields()}
    for title, names in getattr(form, "groups", ()):
        yield Group(title, [left.pop(name) for name in names if name in left])
    if left:
        yield Group("", list(left.values()))


def choose_from(form: BaseForm, name: str, choices: Iterable[tuple[object, object]]) -> None:
    """What this form's field offers, known only once somebody asks: to be called in `__init__`."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField), name
    field.choices = list(choices)


def kind(field: BoundField) -> str:
    """How the field template draws this field."""
    widget = field.field.widget
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (FieldPicker, "field-picker"),
        (DayPicker, "day-picker"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.SelectMultiple, "select-multiple"),
        (forms.Select, "select"),
        (forms.CheckboxInput, "checkbox"),
        (forms.ClearableFileInput, "file"),
        (forms.FileInput, "file"),
        (forms.Textarea, "textarea"),
        (forms.MultiWidget, "several"),
        (forms.SelectDateWidget, "several"),
        (CodeInput, "code"),
    )
    return next((name for type_, name in kinds if isinstance(widget, type_)), "input")


def is_set(field: BoundField) -> bool:
    """Whether the field is a set of controls and needs a fieldset with a legend."""
    return kind(field) in {
        "radios",
        "checkboxes",
        "day-picker",
        "field-picker",
        "several",
    }


def described_by(field: BoundField) -> str:
    """Ids of the hint and error shown with the field, for aria-describedby."""
    ids = [field.field.widget.attrs.get("aria-describedby", "")]
    if field.help_text:
        ids.append(f"{field.auto_id}{HINT_SUFFIX}")
    if field.errors:
        ids.append(f"{field.auto_id}{ERROR_SUFFIX}")
    return " ".join(id_ for id_ in ids if id_)


_CLASSES = {
    "select": "kern-form-input__select",
    "checkbox": "kern-form-check__checkbox",
}


def control(field: BoundField) -> str:
    """The control's own markup with KERN classes and its description; for fields that are one control."""
    base = _CLASSES.get(kind(field), "kern-form-input__input")
    classes = [
        field.field.widget.attrs.get("class", ""),
        base,
        f"{base}--error" if field.errors else "",
    ]
    attrs: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    if described := described_by(field):
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


def option_attributes(option: BoundWidget) -> SafeString:
    """Attributes of one radio button or checkbox of a set."""
    attrs = option.data["attrs"]
    return flatatt(
        {
            "type": option.data["type"],
            "name": option.data["name"],
            "value": str(option.data["value"]),
            "id": option.id_for_label,
            "checked": bool(option.data["selected"]),
            "disabled": bool(attrs.get("disabled")),
            "required": bool(attrs.get("required")),
        }
    )


def focus_id(field: BoundField) -> str:
    """Id of the element an error summary should jump to: the control, or a set's first one."""
    if is_set(field):
        first = next(iter(field), None)
        return str(first.id_for_label) if first is not None else str(field.auto_id)
    return str(field.id_for_label)


_REQUIRED_TEXTS = {
    "checkbox": "Bitte bestätigen.",
    "file": "Bitte eine Datei auswählen.",
    "select": "Bitte auswählen.",
}


def error_texts(field: BoundField) -> list[str]:
    """The field's errors; Django's stiff "required" is said in a friendlier way, a form's own words are kept."""
    stiff = str(forms.Field.default_error_messages["required"])
    chosen = (
        "Bitte auswählen."
        if is_set(field)
        else _REQUIRED_TEXTS.get(kind(field), "Bitte ausfüllen.")
    )
    return [chosen if text == stiff else text for text in map(str, field.errors)]


def or_default(data: QueryDict, name: str, choices: Iterable[object], default: object) -> QueryDict:
    """The address's data, with `default` where `name` holds none of `choices`: a filter shows what is searched with."""
    shown = data.copy()
    if shown.get(name) not in {str(choice) for choice in choices}:
        shown[name] = str(default)
    return shown
