"""Tables of networks and meetings."""

from django.urls import reverse

from werkpfad.base.core.ui.parts import Action, Link
from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.region.meetings.models import CircleMember

CIRCLES = TableSpec(
    caption="Netzwerke",
    default_sort="name",
    columns=(
        Column(
            "name",
            "Name",
            value=lambda row: Link(row.name, reverse("meetings:members", args=[row.public_id])),
            sort=("name", "pk"),
            main=True,
        ),
        Column("people", "Mitglieder", numeric=True, sort="people"),
    ),
    empty=Empty(
        "Noch kein Netzwerk",
        "Ein Netzwerk hat Mitglieder, Treffen, Protokolle und einen Rundbrief.",
    ),
)


def _leave(row: CircleMember) -> Action:
    return Action(
        "Entfernen",
        reverse("meetings:member_remove", args=[row.public_id]),
        kind="tertiary",
    )


MEMBERS = TableSpec(
    caption="Mitglieder",
    default_sort="name",
    columns=(
        Column(
            "name",
            "Name",
            value=lambda row: Link(
                row.participant.name, reverse("meetings:participant", args=[row.public_id])
            ),
            sort="participant__name",
            main=True,
        ),
        Column("organisation", "Organisation", value=lambda row: row.participant.comes_from),
        Column("email", "Mail", value=lambda row: row.participant.email),
        Column("leave", "Aktion", value=_leave, hide_label=True),
    ),
    empty=Empty("Noch niemand", "Nehmen Sie oben die ersten Personen auf."),
)

CONTACTS = TableSpec(
    caption="Ansprechpersonen",
    default_sort="organisation",
    per_page=50,
    columns=(
        Column("name", "Name", sort="name", main=True),
        Column("function", "Aufgabe"),
        Column(
            "organisation",
            "Organisation",
            value=lambda row: row.organisation.name,
            sort=("organisation__name", "name"),
        ),
        Column("kind", "Art", value=lambda row: row.organisation.get_kind_display()),
    ),
    empty=Empty(
        "Niemand mehr zum Aufnehmen",
        "Nur Ansprechpersonen mit Mail-Adresse stehen hier.",
        picture="empty-search",
    ),
)
