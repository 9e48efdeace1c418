"""One choice for each kind of notice at each of one's organisations."""

from typing import Any

from django import forms

from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation
from werkpfad.region.notifications.enums import Delivery, NoticeKind
from werkpfad.region.notifications.web.kinds import KINDS_AT

Choices = dict[tuple[NoticeKind, Organisation], Delivery]


class PreferencesForm(forms.Form):
    """`stored` holds what was chosen before; without a choice mails come at once."""

    def __init__(
        self,
        *args: Any,
        organisations: list[Organisation],
        stored: dict[tuple[str, int], str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[NoticeKind, Organisation]] = {}
        self.groups = []
        for organisation in organisations:
            names = []
            for kind in KINDS_AT[OrganisationKind(organisation.kind)]:
                name = f"{kind.value}-{organisation.public_id}"
                self.fields[name] = forms.ChoiceField(
                    label=str(kind.label),
                    choices=Delivery.choices,
                    initial=stored.get((kind.value, organisation.pk), Delivery.NOW),
                )
                self.places[name] = (kind, organisation)
                names.append(name)
            self.groups.append((organisation.name, names))

    def choices(self) -> Choices:
        return {self.places[name]: Delivery(value) for name, value in self.cleaned_data.items()}
