"""Networks: the list, one network, and who belongs to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.ui.conflict import typed_over
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.meetings.actions import (
    NameTaken,
    add_members,
    change_circle,
    change_participant,
    found_circle,
    remove_member,
)
from werkpfad.region.meetings.models import Circle, CircleMember
from werkpfad.region.meetings.permissions import can_found_circles, can_steer
from werkpfad.region.meetings.queries import (
    contacts_to_add,
    members_of,
    steered_circles,
    steered_members,
    with_counts,
)
from werkpfad.region.meetings.rules import PersonLine
from werkpfad.region.meetings.web.forms.circles import (
    CircleForm,
    ParticipantForm,
    PeopleForm,
    WordsForm,
)
from werkpfad.region.meetings.web.tables import CIRCLES, CONTACTS, MEMBERS
from werkpfad.region.meetings.web.tabs import tabs_of
from werkpfad.region.network.request import region_with

READ_AND_WRITE = ["GET", "HEAD", "POST"]
TAKEN = "Ein Netzwerk mit diesem Namen gibt es schon. Wählen Sie einen anderen."


def steered(request: HttpRequest, public_id: str) -> Circle:
    """A circle one sees (else 404) and steers (else 403)."""
    require(grants_of(request).has(Permission.MANAGE_REGION))
    circle = load(steered_circles(grants_of(request)), public_id)
    require(can_steer(grants_of(request), circle))
    return circle


def steered_member(request: HttpRequest, public_id: str) -> CircleMember:
    require(grants_of(request).has(Permission.MANAGE_REGION))
    member = load(steered_members(grants_of(request)), public_id)
    require(can_steer(grants_of(request), member.circle))
    return member


@require_safe
def circle_list(request: HttpRequest) -> HttpResponse:
    require(grants_of(request).has(Permission.MANAGE_REGION))
    table = CIRCLES.bind(request, with_counts(steered_circles(grants_of(request))))
    return render(request, "meetings/circle_list.html", {"table": table})


@require_http_methods(READ_AND_WRITE)
def circle_new(request: HttpRequest) -> HttpResponse:
    region = region_with(request, Permission.MANAGE_REGION)
    require(can_found_circles(grants_of(request), region))
    form = CircleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            circle = found_circle(
                region=region,
                name=form.cleaned_data["name"],
                description=form.cleaned_data["description"],
                by=grants_of(request).by,
                at=clock.now(),
            )
        except NameTaken:
            form.add_error("name", TAKEN)
        else:
            messages.success(request, "Das Netzwerk ist angelegt. Nehmen Sie jetzt Personen auf.")
            return redirect("meetings:members", circle.public_id)
    return render(request, "meetings/circle_form.html", {"form": form})


@require_http_methods(READ_AND_WRITE)
def circle_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """When a colleague saved meanwhile, both texts are shown."""
    circle = steered(request, public_id)
    names = ("name", "description")
    initial = {name: getattr(circle, name) for name in (*names, "version")}
    form = CircleForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"form": form, "circle": circle}
    if form.is_valid():
        data = form.cleaned_data
        try:
            change_circle(
                circle=circle,
                name=data["name"],
                description=data["description"],
                seen_version=data["version"],
                by=grants_of(request).by,
                at=clock.now(),
            )
        except NameTaken:
            form.add_error("name", TAKEN)
        except EditConflict:
            circle.refresh_from_db()
            context |= typed_over(form, circle, names)
            return render(request, "meetings/circle_form.html", context, status=409)
        else:
            messages.success(request, "Gespeichert.")
            return redirect("meetings:members", circle.public_id)
    return render(request, "meetings/circle_form.html", context)


@require_http_methods(READ_AND_WRITE)
def members(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who belongs to the circle; POST takes in the people written down."""
    circle = steered(request, public_id)
    form = PeopleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        new = add_members(
            circle=circle,
            people=form.cleaned_data["people"].people,
            by=grants_of(request).by,
            at=clock.now(),
            today=clock.today(),
        )
        messages.success(request, _added(new))
        return redirect("meetings:members", circle.public_id)
    table = MEMBERS.bind(request, members_of(circle))
    context = {
        "circle": circle,
        "form": form,
        "table": table,
        "tabs": tabs_of(circle, "meetings:members"),
    }
    return render(request, "meetings/members.html", context)


def _added(new: int) -> str:
    if new == 0:
        return "Alle waren schon dabei."
    return "Eine Person ist neu dabei." if new == 1 else f"{new} Personen sind neu dabei."


@require_http_methods(READ_AND_WRITE)
def members_from_contacts(request: HttpRequest, public_id: str) -> HttpResponse:
    """Contact persons of organisations to choose from; POST takes in the ticked ones."""
    circle = steered(request, public_id)
    if request.method == "POST":
        chosen = contacts_to_add(circle).filter(public_id__in=request.POST.getlist("selected"))
        people = [PersonLine(c.name, c.email.lower(), c.organisation.name) for c in chosen]
        new = add_members(
            circle=circle,
            people=people,
            by=grants_of(request).by,
            at=clock.now(),
            today=clock.today(),
        )
        messages.success(request, _added(new) if people else "Kreuzen Sie an, wer dazukommt.")
        return redirect("meetings:members", circle.public_id)
    words = WordsForm(request.GET)
    table = CONTACTS.bind(request, contacts_to_add(circle, words.words()), selectable=True)
    context = {"circle": circle, "filter": words, "table": table}
    return render(request, "meetings/members_from_contacts.html", context)


@require_http_methods(READ_AND_WRITE)
def participant(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name and organisation of a member, the same in all circles."""
    member = steered_member(request, public_id)
    person = member.participant
    initial = {
        "name": person.name,
        "organisation_name": person.comes_from,
        "version": person.version,
    }
    form = ParticipantForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"form": form, "member": member}
    if form.is_valid():
        data = form.cleaned_data
        try:
            change_participant(
                participant=person,
                name=data["name"],
                organisation_name=data["organisation_name"],
                seen_version=data["version"],
                by=grants_of(request).by,
                at=clock.now(),
            )
        except EditConflict:
            person.refresh_from_db()
            context |= typed_over(form, person, ("name", "organisation_name"))
            return render(request, "meetings/participant.html", context, status=409)
        messages.success(request, "Gespeichert.")
        return redirect("meetings:members", member.circle.public_id)
    return render(request, "meetings/participant.html", context)


@require_http_methods(READ_AND_WRITE)
def member_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    member = steered_member(request, public_id)
    circle = member.circle
    back = reverse("meetings:members", args=[circle.public_id])
    if request.method == "POST":
        remove_member(member=member, by=grants_of(request).by, at=clock.now())
        messages.success(request, "Entfernt.")
        return redirect(back)
    context = {
        "title": "Mitglied entfernen?",
        "question": f"{member.participant.name} gehört dann nicht mehr zu „{circle.name}“ und wird nicht mehr eingeladen.",
        "confirm_label": "Entfernen",
        "confirm_kind": "danger",
        "cancel_url": back,
    }
    return render(request, "core/confirm.html", context)
