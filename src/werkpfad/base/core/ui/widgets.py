"""Form controls of our own: days, fields with pictures, sign-in codes, dates."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

CODE_LENGTH = 8
_NOT_CODE = re.compile(r"[^0-9A-Z]")


class DateInput(forms.DateInput):
    """The browser's date picker (value in ISO notation)."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "wp-input--date", **(attrs or {})}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's time picker, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "wp-input--date", **(attrs or {})}, format="%H:%M")


class DayPicker(forms.CheckboxSelectMultiple):
    """Days (or weeks) as tiles; choices are (value, label), a second line after a line break in the label."""


class FieldPicker(forms.CheckboxSelectMultiple):
    """Occupational fields as tiles with pictures; a choice's value is the field's code.

    ``pictures`` maps values to picture names where they differ; ``maximum`` is shown by a script, the form checks it.
    """

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        pictures: dict[str, str] | None = None,
        maximum: int | None = None,
    ) -> None:
        super().__init__(attrs)
        self.pictures = pictures or {}
        self.maximum = maximum

    def picture(self, value: object) -> str:
        """Name of the drawing for a choice's value."""
        return self.pictures.get(str(value), str(value))


class CodeInput(forms.TextInput):
    """Eight characters as XXXX-XXXX, big and in capitals."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        code = {
            "class": "wp-input--code",
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "placeholder": "XXXX-XXXX",
            "maxlength": 20,
            "data-wp-code": "",
        }
        super().__init__(attrs={**code, **(attrs or {})})


class CodeField(forms.CharField):
    """A sign-in code; accepts small letters, blanks and any separator, gives ``XXXX-XXXX``."""

    widget = CodeInput

    def to_python(self, value: Any) -> str:
        """The code in its written form; raises ValidationError unless it has eight characters."""
        code = _NOT_CODE.sub("", str(value or "").upper())
        if code and len(code) != CODE_LENGTH:
            raise ValidationError("Der Code hat 8 Zeichen, zum Beispiel ABCD-2345.", code="length")
        return f"{code[:4]}-{code[4:]}" if code else ""
