"""Publishing, pausing, closing, deleting and taking up an offer again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.journey.internships import actions, queries
from werkpfad.journey.internships.permissions import can_offer_late
from werkpfad.journey.internships.rules import NotValid
from werkpfad.journey.internships.web.forms.offer_steps import CloneForm, PauseForm
from werkpfad.journey.internships.web.offer_request import list_url, managed_offer

ALREADY = "Das ist bei diesem Angebot gerade nicht möglich. Vielleicht war jemand schneller."


@require_POST
def offer_publish(request: HttpRequest, public_id: str) -> HttpResponse:
    found = managed_offer(request, public_id)
    try:
        actions.publish_offer(offer=found, by=grants_of(request).by, at=clock.now())
    except NotValid as error:
        messages.error(request, error.problems[0].message)
    except actions.NotPossible:
        messages.info(request, "Das Angebot ist schon veröffentlicht.")
    else:
        messages.success(request, "Veröffentlicht. Schüler:innen können Ihr Angebot jetzt finden.")
    return redirect("internships:offer_review", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_pause(request: HttpRequest, public_id: str) -> HttpResponse:
    found = managed_offer(request, public_id)
    back = reverse("internships:offer_review", args=[public_id])
    form = PauseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        try:
            actions.pause_offer(offer=found, until=until, by=grants_of(request).by, at=clock.now())
        except actions.NotPossible as error:
            if str(error):
                form.add_error("until", str(error))
            else:
                messages.info(request, ALREADY)
                return redirect(back)
        else:
            messages.success(request, "Pausiert. Niemand findet das Angebot, bis Sie weitermachen.")
            return redirect(back)
    context = {
        "title": "Angebot pausieren",
        "question": f"„{found.title}“ verschwindet aus der Suche, bis Sie es fortsetzen.",
        "consequences": [
            "Vereinbarte Praktika und offene Anfragen bleiben, wie sie sind.",
            "Niemand kann sich das Angebot neu wünschen oder sich neu bewerben.",
        ],
        "form": form,
        "confirm_label": "Pausieren",
        "cancel_url": back,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "core/confirm.html", context, status=status)


@require_POST
def offer_resume(request: HttpRequest, public_id: str) -> HttpResponse:
    found = managed_offer(request, public_id)
    try:
        actions.resume_offer(offer=found, by=grants_of(request).by, at=clock.now())
        messages.success(request, "Das Angebot ist wieder zu finden.")
    except actions.NotPossible:
        messages.info(request, ALREADY)
    return redirect("internships:offer_review", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_close(request: HttpRequest, public_id: str) -> HttpResponse:
    found = managed_offer(request, public_id)
    if request.method == "POST":
        try:
            actions.close_offer(offer=found, by=grants_of(request).by, at=clock.now())
            messages.success(request, "Das Angebot ist beendet.")
        except actions.NotPossible:
            messages.info(request, ALREADY)
        return redirect("internships:offer_review", public_id)
    context = {
        "title": "Angebot beenden",
        "question": f"„{found.title}“ wird nicht mehr angeboten.",
        "consequences": [
            "Niemand kann sich das Angebot mehr wünschen oder sich bewerben.",
            "Vereinbarte Praktika bleiben, wie sie sind.",
            "Sie können es später wieder veröffentlichen oder in ein neues Programm übernehmen.",
        ],
        "confirm_label": "Beenden",
        "cancel_url": reverse("internships:offer_review", args=[public_id]),
    }
    return render(request, "core/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_delete(request: HttpRequest, public_id: str) -> HttpResponse:
    found = managed_offer(request, public_id)
    if request.method == "POST":
        back = list_url(request, found)
        try:
            actions.delete_offer(offer=found, by=grants_of(request).by, at=clock.now())
        except actions.NotPossible as error:
            messages.error(request, str(error))
            return redirect("internships:offer_review", public_id)
        messages.success(request, "Das Angebot ist gelöscht.")
        return redirect(back)
    context = {
        "title": "Angebot löschen",
        "question": f"„{found.title}“ wird mit allen Plätzen endgültig gelöscht.",
        "consequences": ["Das lässt sich nicht rückgängig machen."],
        "confirm_label": "Endgültig löschen",
        "confirm_kind": "danger",
        "cancel_url": reverse("internships:offer_review", args=[public_id]),
    }
    return render(request, "core/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_clone(request: HttpRequest, public_id: str) -> HttpResponse:
    """Last season's offer in a new programme: a draft to look through once."""
    found = managed_offer(request, public_id)
    late = can_offer_late(grants_of(request), found.region_id)
    programmes = list(
        queries.programmes_to_offer_in(found.region_id, today=clock.today(), after_deadline=late)
    )
    form = CloneForm(
        request.POST if request.method == "POST" else None,
        programmes=programmes,
        initial={"programme": programmes[0].public_id} if programmes else {},
    )
    if request.method == "POST" and form.is_valid():
        chosen = {row.public_id: row for row in programmes}[form.cleaned_data["programme"]]
        try:
            copy = actions.clone_offer(
                offer=found,
                programme=chosen,
                by=grants_of(request).by,
                at=clock.now(),
                after_deadline=late,
            )
        except actions.NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, "Übernommen. Schauen Sie es kurz durch und veröffentlichen Sie es."
            )
            return redirect("internships:offer_review", copy.public_id)
    context = {
        "offer": found,
        "form": form,
        "has_programme": bool(programmes),
        "cancel_url": reverse("internships:offer_review", args=[public_id]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "internships/offer_clone.html", context, status=status)
