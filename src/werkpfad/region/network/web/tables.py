"""Tables of the network pages."""

from django.urls import reverse

from werkpfad.base.core.ui.parts import Badge, Link, Tone
from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.region.network.enums import OrganisationStatus
from werkpfad.region.network.models import Organisation

TONES: dict[str, Tone] = {
    OrganisationStatus.REQUESTED: "warning",
    OrganisationStatus.ACTIVE: "success",
    OrganisationStatus.PAUSED: "neutral",
    OrganisationStatus.BLOCKED: "danger",
    OrganisationStatus.MERGED: "neutral",
}


def status_badge(organisation: Organisation) -> Badge:
    status = OrganisationStatus(organisation.status)
    return Badge(str(status.label), TONES[status])


def _place(organisation: Organisation) -> str:
    main = next((site for site in organisation.sites.all() if site.is_main), None)
    return f"{main.postal_code} {main.place_name}".strip() if main else ""


ORGANISATIONS = TableSpec(
    caption="Organisationen",
    default_sort="name",
    columns=(
        Column(
            "name",
            "Name",
            value=lambda row: Link(row.name, reverse("network:organisation", args=[row.public_id])),
            sort=("name", "pk"),
            main=True,
        ),
        Column("kind", "Art", value=lambda row: row.get_kind_display(), sort="kind"),
        Column("place", "Ort", value=_place),
        Column("status", "Stand", value=status_badge, sort="status"),
    ),
    empty=Empty(
        "Keine Organisation passt dazu",
        "Weniger Filter zeigen mehr.",
        picture="empty-search",
    ),
)
