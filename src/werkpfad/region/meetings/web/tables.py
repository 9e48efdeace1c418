"""Tables of networks and meetings."""

from typing import Any

from django.urls import reverse

from werkpfad.base.core import clock
from werkpfad.base.core.ui.parts import Action, Link
from werkpfad.base.core.ui.tables import Column, Empty, TableSpec
from werkpfad.region.meetings.entries import place_of
from werkpfad.region.meetings.enums import Answer
from werkpfad.region.meetings.models import CircleMember, Registration
from werkpfad.region.meetings.web.paper import answer_badge, state_badge

CIRCLES = TableSpec(
    caption="Netzwerke",
    default_sort="name",
    columns=(
        Column(
            "name",
            "Name",
            value=lambda row: Link(row.name, reverse("meetings:circle", args=[row.public_id])),
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


def _how(row: Registration) -> str:
    """How somebody takes part, once they said so."""
    if row.answer not in (Answer.COMING, Answer.WAITING):
        return ""
    how = str(row.get_attending_display())
    return f"{how}, {row.group.title}" if row.group else how


def _seats(row: Any) -> str:
    """How many come; where seats are counted, how many of them are taken; who waits."""
    parts = [str(row.coming)]
    if row.capacity:
        parts.append(f"{row.seated} von {row.capacity} Plätzen")
    if row.waiting:
        parts.append(f"{row.waiting} warten")
    return ", ".join(parts)


MEETINGS = TableSpec(
    caption="Kommende Treffen",
    default_sort="when",
    columns=(
        Column(
            "title",
            "Treffen",
            value=lambda row: Link(row.title, reverse("meetings:meeting", args=[row.public_id])),
            sort="title",
            main=True,
        ),
        Column("when", "Wann", value=lambda row: row.starts_at, sort="starts_at"),
        Column("place", "Wo", value=place_of),
        Column("coming", "Angemeldet", value=_seats),
        Column("state", "Stand", value=lambda row: state_badge(row, clock.now())),
    ),
    empty=Empty("Kein Treffen geplant", "Planen Sie das nächste: eine Seite, dann einladen."),
)

REGISTRATIONS = TableSpec(
    caption="Eingeladene",
    default_sort="name",
    per_page=100,
    columns=(
        Column(
            "name",
            "Name",
            value=lambda row: row.participant.name,
            sort="participant__name",
            main=True,
        ),
        Column("organisation", "Organisation", value=lambda row: row.participant.comes_from),
        Column("answer", "Antwort", value=answer_badge, sort="answer"),
        Column("how", "Wie", value=_how),
        Column("needs", "Braucht"),
    ),
    empty=Empty("Noch niemand eingeladen", "Laden Sie die Mitglieder mit zwei Klicks ein."),
)
