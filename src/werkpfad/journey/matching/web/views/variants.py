"""What would be if: trials, the four policies on one input, and the mail that asks for one more seat."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.shortcuts import load
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.internships.queries import open_slots, schools_of
from werkpfad.journey.matching import actions, notices, tasks
from werkpfad.journey.matching.enums import RunKind
from werkpfad.journey.matching.models import Run
from werkpfad.journey.matching.rules import Variation
from werkpfad.journey.matching.web.forms.variants import AskForm, TrialForm
from werkpfad.journey.matching.web.views.runs import own_run
from werkpfad.journey.placements.standing import occupied_in


def _request(
    request: HttpRequest, base: Run, kind: RunKind, variation: Variation | None = None
) -> Run:
    return tasks.request_variant(
        base=base,
        kind=kind,
        variation=variation,
        occupied=occupied_in(base.round.programme),
        by=grants_of(request).by,
        at=clock.now(),
    )


@require_POST
def run_rules(request: HttpRequest, public_id: str) -> HttpResponse:
    """Compute the same input under every policy."""
    base = own_run(request, public_id)
    try:
        return redirect("matching:run", _request(request, base, RunKind.RULES).public_id)
    except actions.NotRunnable as refused:
        messages.error(request, str(refused))
        return redirect("matching:run", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def run_trial(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose what to change; POST computes it as a trial. `?angebot=` fills in an offer."""
    base = own_run(request, public_id)
    programme = base.round.programme
    slots = open_slots(programme).select_related("offer__organisation")
    form = TrialForm(
        request.POST if request.method == "POST" else None,
        slots=slots.order_by("offer__organisation__name", "offer__title", "first_day", "pk"),
        schools=schools_of(programme).select_related("organisation"),
        kind=programme.kind,
        initial={"offer": request.GET.get("angebot", ""), "offer_seats": None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            run = _request(request, base, RunKind.TRIAL, form.variation())
        except actions.NotRunnable as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("matching:run", run.public_id)
    context = {"run": base, "programme": programme, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "matching/trial_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_company(request: HttpRequest, public_id: str, slot_id: str) -> HttpResponse:
    """A prepared mail to the company, sent when the office says so."""
    run = own_run(request, public_id)
    slots = Slot.objects.filter(programme=run.round.programme_id)
    offer = load(slots.select_related("offer__organisation"), slot_id).offer
    subject, body = notices.asking_draft(offer, run.round)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        initial={"subject": subject, "body": body},
    )
    address = reverse("matching:run", args=[public_id])
    if request.method == "POST" and form.is_valid():
        count = actions.ask_for_seat(
            round_=run.round,
            offer=offer,
            subject=form.cleaned_data["subject"],
            body=form.cleaned_data["body"],
            by=grants_of(request).by,
            at=clock.now(),
        )
        if count:
            messages.success(request, f"{offer.organisation.name} bekommt Ihre Mail.")
        else:
            messages.warning(
                request,
                "Es ging keine Mail hinaus: In dieser Runde wurde schon gefragt, oder es fehlt eine Adresse.",
            )
        return redirect(address)
    context = {
        "title": "Betrieb um einen Platz bitten",
        "question": f"Diese Mail geht an {offer.organisation.name} ({offer.title}).",
        "confirm_label": "Mail senden",
        "cancel_url": address,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "core/confirm.html", context, status=status)
