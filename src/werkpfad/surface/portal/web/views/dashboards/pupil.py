"""The pupil's start page: the one next step on top, then the way so far, then what is coming."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core import clock
from werkpfad.base.core.days import day_of, in_figures, without_year
from werkpfad.base.core.ui.parts import Step
from werkpfad.journey.matching.models import Round
from werkpfad.journey.placements.models import Placement
from werkpfad.region.schools.queries import current_pupil
from werkpfad.surface.portal.queries import PupilStart, pupil_start
from werkpfad.surface.portal.rules import Task, steps_done, task_of


@dataclass(frozen=True, slots=True)
class NextStep:
    """Heading, sentence and button of the card on top."""

    title: str
    text: str
    label: str
    url: str
    picture: str = "empty-path"


def start(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    pupil = current_pupil(grants_of(request), today=today)
    if pupil is None:
        return redirect("accounts:account")
    state = pupil_start(pupil, today=today)
    return render(
        request,
        "portal/pupil.html",
        {
            "pupil": pupil,
            "next": next_step(state),
            "steps": _steps(state),
            "coming": state.coming,
            "round": state.round,
        },
    )


def next_step(state: PupilStart) -> NextStep:
    """Words and address for the task; every task has exactly one button."""
    return _WORDS[task_of(state.journey)](state)


def _of(placement: Placement | None) -> str:
    return placement.slot.offer.organisation.name if placement else ""


def _page_of(placement: Placement | None) -> str:
    return reverse("placements:detail", args=[placement.public_id]) if placement else "/"


def _answer(state: PupilStart) -> NextStep:
    until = f" bis zum {without_year(day_of(state.proposal.answer_by))}" if state.proposal else ""
    return NextStep(
        "Du hast einen Vorschlag!",
        f"{_of(state.proposal)} könnte dein Praktikumsbetrieb werden. Sag{until}, ob du den Platz nimmst.",
        "Vorschlag ansehen",
        _page_of(state.proposal),
    )


def _wait_for_answer(state: PupilStart) -> NextStep:
    return NextStep(
        "Jetzt sind andere dran",
        f"Du hast zugesagt. Wir warten noch auf eine Antwort für {_of(state.proposal)}.",
        "Wer muss noch antworten?",
        _page_of(state.proposal),
        "empty-done",
    )


def _go(state: PupilStart) -> NextStep:
    first = state.coming[0]
    return NextStep(
        f"Am {without_year(first.slot.first_day)} geht es los",
        f"Dein Platz bei {_of(first)} ist bestätigt. Schau nach, wann du da sein musst und was du mitbringst.",
        "Mein Praktikum",
        _page_of(first),
        "empty-done",
    )


def _feedback(state: PupilStart) -> NextStep:
    return NextStep(
        "Wie war's?",
        f"Erzähl kurz, wie es bei {_of(state.without_feedback)} war. Auch „Das ist nichts für mich“ ist ein gutes Ergebnis.",
        "Rückmeldung geben",
        _page_of(state.without_feedback),
    )


def _profile(state: PupilStart) -> NextStep:
    return NextStep(
        "Erzähl uns, was du magst",
        "Such dir Berufsfelder aus und sag, wie du unterwegs bist. Das dauert keine fünf Minuten.",
        "Profil ausfüllen",
        reverse("schools:profile"),
    )


def _wish(state: PupilStart) -> NextStep:
    until = without_year(state.round.wishes_until) if state.round else ""
    least = state.round.min_wishes if state.round else 1
    missing = max(least - state.wishes, 0)
    text = (
        (f"Es fehlen noch {missing} Wünsche." if missing > 1 else "Es fehlt noch ein Wunsch.")
        if missing
        else "Deine Liste ist lang genug. Gib sie ab."
    )
    return NextStep(
        f"Deine Wünsche bis zum {until}",
        f"{text} Wer zuerst kommt, hat keinen Vorteil: Nimm dir Zeit.",
        "Zu meiner Liste",
        reverse("matching:wishes"),
    )


def _wait_for_result(state: PupilStart) -> NextStep:
    when = without_year(state.round.publish_on) if state.round else ""
    return NextStep(
        "Deine Wünsche sind da",
        f"Am {when} steht hier dein Ergebnis. Bis dahin musst du nichts tun.",
        "Meine Liste ansehen",
        reverse("matching:wishes"),
        "empty-done",
    )


def _result(state: PupilStart) -> NextStep:
    return NextStep(
        "Dein Ergebnis ist da",
        "Lies, was herausgekommen ist und warum, und was du jetzt tun kannst.",
        "Ergebnis lesen",
        reverse("matching:result"),
    )


def _leftovers(state: PupilStart) -> NextStep:
    until = state.round.leftovers_until if state.round else None
    when = f" bis zum {without_year(until)}" if until else ""
    return NextStep(
        "Es gibt noch freie Plätze",
        f"Such dir{when} aus, was dir gefällt. Jede Nacht wird neu vermittelt, und niemand nimmt dir etwas weg.",
        "Freie Plätze ansehen",
        reverse("matching:leftovers"),
        "empty-search",
    )


def _search(state: PupilStart) -> NextStep:
    return NextStep(
        "Finde einen Platz",
        "Schau dir an, was Betriebe in deiner Nähe anbieten.",
        "Plätze suchen",
        reverse("internships:offer_search"),
        "empty-search",
    )


def _done(state: PupilStart) -> NextStep:
    return NextStep(
        "Geschafft!",
        "Dein Praktikum ist vorbei. Deine Bescheinigung findest du bei deinen Praktika.",
        "Meine Praktika",
        reverse("placements:my_internship"),
        "empty-done",
    )


_WORDS = {
    Task.ANSWER: _answer,
    Task.WAIT_FOR_ANSWER: _wait_for_answer,
    Task.GO: _go,
    Task.FEEDBACK: _feedback,
    Task.PROFILE: _profile,
    Task.WISH: _wish,
    Task.WAIT_FOR_RESULT: _wait_for_result,
    Task.RESULT: _result,
    Task.LEFTOVERS: _leftovers,
    Task.SEARCH: _search,
    Task.DONE: _done,
}


def _steps(state: PupilStart) -> list[Step]:
    done = steps_done(state.journey)
    labels = (
        ("Profil", reverse("schools:profile"), ""),
        ("Wünsche", reverse("matching:wishes"), _until(state.round)),
        ("Ergebnis", reverse("matching:result") if done >= 3 else "", _published(state.round)),
        ("Platz bestätigt", reverse("placements:my_internship") if done >= 4 else "", ""),
    )
    return [
        Step(
            label,
            "done" if number < done else "current" if number == done else "open",
            when=when,
            url=url,
        )
        for number, (label, url, when) in enumerate(labels)
    ]


def _until(round_: Round | None) -> str:
    return f"bis {in_figures(round_.wishes_until)}" if round_ else ""


def _published(round_: Round | None) -> str:
    return f"am {in_figures(round_.publish_on)}" if round_ else ""
