"""The pupil's profile: one short step per page, each saved by itself; then a summary that can be changed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.ui.shortcuts import require
from werkpfad.base.occupations.models import Field
from werkpfad.region.schools import queries
from werkpfad.region.schools.actions import (
    save_answer,
    save_home,
    save_interests,
    save_travel,
    skip_step,
)
from werkpfad.region.schools.enums import ProfileStep, TravelMode
from werkpfad.region.schools.models import Pupil
from werkpfad.region.schools.permissions import can_fill_profile
from werkpfad.region.schools.rules import MAX_INTERESTS
from werkpfad.region.schools.web.profile_forms import (
    QUESTIONS,
    AnswerForm,
    HomeForm,
    TravelForm,
    known_order,
    tapped,
    tiles,
)

# The words in the address of each step.
STEPS: dict[str, ProfileStep] = {
    "berufsfelder": ProfileStep.INTERESTS,
    "wohnort": ProfileStep.HOME,
    "weg": ProfileStep.TRAVEL,
    "gern": ProfileStep.LIKES,
    "gut": ProfileStep.STRENGTHS,
    "ausprobieren": ProfileStep.WANTS_TO_TRY,
}
WORDS = {step: word for word, step in STEPS.items()}


def signed_in_pupil(request: HttpRequest) -> Pupil:
    """The pupil who asks; everybody else is told that this page is not theirs (403)."""
    pupil = queries.current_pupil(grants_of(request), today=clock.today())
    require(pupil is not None and can_fill_profile(grants_of(request), pupil))
    assert pupil is not None
    return pupil


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """The summary, each part with a link to change it."""
    pupil = signed_in_pupil(request)
    stored, progress = queries.profile_of(pupil), queries.profile_progress(pupil)
    done = set(stored.steps_done)
    return render(
        request,
        "schools/profile.html",
        {
            "pupil": pupil,
            "profile": stored,
            "progress": progress,
            "next_url": _url(progress.next_step) if progress.next_step else "",
            "interests": queries.ranked_interests(pupil),
            "urls": {step.value: _url(step) for step in ProfileStep},
            "done": {step.value: step.value in done for step in ProfileStep},
            "questions": [
                (QUESTIONS[step].label, getattr(stored, step.value), _url(step))
                for step in QUESTIONS
            ],
        },
    )


def _url(step: ProfileStep) -> str:
    return reverse("schools:profile_step", args=[WORDS[step]])


@require_http_methods(["GET", "HEAD", "POST"])
def profile_step(request: HttpRequest, word: str) -> HttpResponse:
    pupil = signed_in_pupil(request)
    step = STEPS.get(word)
    if step is None:
        raise Http404
    if request.method == "POST" and "skip" in request.POST:
        skip_step(pupil=pupil, step=step, by=grants_of(request).by, at=clock.now())
        return _onward(request, step)
    if step is ProfileStep.INTERESTS:
        return _interests(request, pupil)
    return _form_step(request, pupil, step)


def _onward(request: HttpRequest, step: ProfileStep) -> HttpResponse:
    """To the next step in a first run, back to the summary when something was changed."""
    if "change" in request.GET:
        messages.success(request, "Gespeichert.")
        return redirect("schools:profile")
    steps = list(ProfileStep)
    after = steps[steps.index(step) + 1 :]
    return redirect(_url(after[0]) if after else reverse("schools:profile"))


def _page(request: HttpRequest, step: ProfileStep, **context: Any) -> HttpResponse:
    steps = list(ProfileStep)
    place = steps.index(step)
    is_change = "change" in request.GET
    back = reverse("schools:profile") if is_change or place == 0 else _url(steps[place - 1])
    common = {
        "step": step,
        "number": place + 1,
        "total": len(steps),
        "step_note": f"Schritt {place + 1} von {len(steps)}",
        "tiles": None,
        "back_url": back,
        "is_change": is_change,
        "submit_label": "Speichern" if is_change else "Weiter",
    }
    return render(request, "schools/profile_step.html", common | context)


def _interests(request: HttpRequest, pupil: Pupil) -> HttpResponse:
    """Tiles in tapping order. A tap only turns the page's order; „Weiter“ saves it."""
    fields = list(Field.objects.order_by("position", "title"))
    if request.method == "POST":
        order = known_order(request.POST.get("order", ""), fields)
        if "tap" in request.POST:
            order = tapped(order, request.POST["tap"])
        else:
            by_code = {field.code: field for field in fields}
            save_interests(
                pupil=pupil,
                fields=[by_code[code] for code in order],
                by=grants_of(request).by,
                at=clock.now(),
            )
            return _onward(request, ProfileStep.INTERESTS)
    else:
        order = [interest.field.code for interest in queries.ranked_interests(pupil)]
    return _page(
        request,
        ProfileStep.INTERESTS,
        tiles=tiles(fields, order),
        order=",".join(order),
        chosen=len(order),
        maximum=MAX_INTERESTS,
        title="Was interessiert dich?",
    )


TITLES = {
    ProfileStep.HOME: "Wo wohnst du?",
    ProfileStep.TRAVEL: "Wie kommst du zum Betrieb?",
    ProfileStep.LIKES: "Erzähl kurz von dir",
    ProfileStep.STRENGTHS: "Das kannst du",
    ProfileStep.WANTS_TO_TRY: "Neugierig auf …",
}


def _form_step(request: HttpRequest, pupil: Pupil, step: ProfileStep) -> HttpResponse:
    form = _form(request, pupil, step)
    if request.method == "POST" and form.is_valid():
        _save(request, pupil, step, form)
        return _onward(request, step)
    return _page(request, step, form=form, title=TITLES[step])


def _form(request: HttpRequest, pupil: Pupil, step: ProfileStep) -> Any:
    data = request.POST if request.method == "POST" else None
    stored = queries.profile_of(pupil)
    if step is ProfileStep.HOME:
        home = {"postal_code": pupil.home_postal_code, "place": pupil.home_place}
        return HomeForm(data, initial=home)
    if step is ProfileStep.TRAVEL:
        said = step.value in stored.steps_done
        way = {"mode": stored.travel_mode, "distance": stored.max_distance_km} if said else {}
        return TravelForm(data, initial=way)
    return AnswerForm(data, initial={"text": getattr(stored, step.value)}, question=QUESTIONS[step])


def _save(request: HttpRequest, pupil: Pupil, step: ProfileStep, form: Any) -> None:
    by, at, values = grants_of(request).by, clock.now(), form.cleaned_data
    if step is ProfileStep.HOME:
        save_home(
            pupil=pupil, postal_code=values["postal_code"], place=form.place_name, by=by, at=at
        )
    elif step is ProfileStep.TRAVEL:
        save_travel(
            pupil=pupil,
            mode=TravelMode(values["mode"]),
            max_distance_km=values["distance"],
            by=by,
            at=at,
        )
    else:
        save_answer(pupil=pupil, step=step, text=values["text"], by=by, at=at)
