"""Forms around an offer: for which company, pausing, a new season, and the filters of the list."""

from collections.abc import Iterable
from typing import Any

from django import forms

from werkpfad.base.core.days import in_figures
from werkpfad.base.core.ui.forms import choose_from
from werkpfad.base.core.ui.widgets import DateInput
from werkpfad.base.occupations.models import Field
from werkpfad.journey.internships.enums import OfferStatus
from werkpfad.journey.internships.models import Programme
from werkpfad.region.network.models import Organisation


class PauseForm(forms.Form):
    until = forms.DateField(
        label="Pause bis einschließlich",
        required=False,
        widget=DateInput(),
        help_text="Leer: bis Sie selbst weitermachen.",
    )


class CloneForm(forms.Form):
    """Into which programme an offer is taken over."""

    programme = forms.ChoiceField(label="Programm", widget=forms.RadioSelect)

    def __init__(self, *args: Any, programmes: Iterable[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self,
            "programme",
            [
                (
                    row.public_id,
                    f"{row.title} ({in_figures(row.first_day)} – {in_figures(row.last_day)})",
                )
                for row in programmes
            ],
        )


class CompanyForm(forms.Form):
    """For which company the coordination puts up an offer; the address bar carries it."""

    use_required_attribute = False
    betrieb = forms.ChoiceField(label="Betrieb")

    def __init__(self, *args: Any, companies: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "betrieb", [(row.public_id, row.name) for row in companies])


class OfferFilterForm(forms.Form):
    """Filters of the coordination's list; unknown values count as not set."""

    use_required_attribute = False
    SEATS = (
        ("", "egal"),
        ("empty", "noch kein Platz vergeben"),
        ("free", "noch Plätze frei"),
        ("full", "alle vergeben"),
        ("none", "ohne Plätze"),
    )
    q = forms.CharField(label="Suchen", required=False, max_length=100)
    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *OfferStatus.choices]
    )
    plaetze = forms.ChoiceField(label="Plätze", required=False, choices=SEATS)
    programm = forms.ChoiceField(label="Programm", required=False)
    feld = forms.ChoiceField(label="Berufsfeld", required=False)

    def __init__(
        self,
        *args: Any,
        programmes: Iterable[Programme],
        fields: Iterable[Field],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self,
            "programm",
            [
                ("", "alle"),
                *((row.public_id, row.title) for row in programmes),
            ],
        )
        choose_from(
            self,
            "feld",
            [
                ("", "alle"),
                *((row.code, row.title) for row in fields),
            ],
        )

    def chosen(self) -> dict[str, str]:
        """The usable filters that are set."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
