"""The one form of an import: a file, and what cannot be read from it."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from werkpfad.base.core.school_year import school_year_label, school_year_of
from werkpfad.region.network.models import Place, Region
from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.tabular import FileRejected, Limits, check_size
from werkpfad.surface.exchange.tabular.limits import MEGABYTE


def limits() -> Limits:
    return Limits(max_bytes=settings.UPLOAD_LIMIT)


class ImportForm(forms.Form):
    """`school_year` is asked for class lists, `district` for schools as soon as places are loaded."""

    file = forms.FileField(
        label="Datei",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={"required": "Bitte wählen Sie eine Datei aus."},
    )

    def __init__(
        self, *args: Any, kind: Kind, region: Region | None, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        allowed = limits().max_bytes // MEGABYTE
        self.fields[
            "file"
        ].help_text = f"Excel (.xlsx) oder CSV, höchstens {allowed} MB. Zeichensatz und Trennzeichen werden erkannt."
        if kind == Kind.PUPILS:
            self._ask_school_year(today)
        if kind == Kind.SCHOOLS and region is not None:
            self._ask_district(region)

    def _ask_school_year(self, today: date) -> None:
        current = school_year_of(today)
        self.fields["school_year"] = forms.TypedChoiceField(
            label="Schuljahr",
            coerce=int,
            choices=[(year, school_year_label(year)) for year in (current, current + 1)],
        )

    def _ask_district(self, region: Region) -> None:
        found = (
            Place.objects.filter(state=region.state)
            .exclude(district_code="")
            .values_list("district_code", "district")
            .distinct()
        )
        districts = sorted(dict(found).items(), key=lambda item: item[1])
        if districts:
            self.fields["district"] = forms.ChoiceField(
                label="Nur Schulen aus",
                required=False,
                choices=[("", "allen Kreisen der Datei"), *districts],
                help_text="Register der Länder enthalten alle Schulen des Landes.",
            )

    def clean_file(self) -> Any:
        """Refused by size before anything is read."""
        file: Any = self.cleaned_data["file"]
        try:
            check_size(file.size or 0, limits())
        except FileRejected as error:
            raise ValidationError(str(error)) from error
        return file
