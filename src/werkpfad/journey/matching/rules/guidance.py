"""What each side does in each phase of a round: the one sentence on top of its page."""

from dataclasses import dataclass

from werkpfad.base.core.days import written_out
from werkpfad.journey.matching.enums import RoundPhase
from werkpfad.journey.matching.rules.rounds import RoundPlan


@dataclass(frozen=True, slots=True)
class Guidance:
    """A heading and a sentence; `is_your_turn` says that the reader must act."""

    title: str
    text: str
    is_your_turn: bool = False


def guidance(phase: str, audience: str, plan: RoundPlan) -> Guidance:
    """`audience` is coordinator, school, company or pupil."""
    when = {
        "wishes_from": written_out(plan.wishes_from),
        "wishes_until": written_out(plan.wishes_until),
        "publish_on": written_out(plan.publish_on),
        "confirm_until": written_out(plan.confirm_until),
        "leftovers_until": written_out(plan.leftovers_until or plan.confirm_until),
        "min_wishes": plan.min_wishes,
    }
    title, text, your_turn = _TEXTS[RoundPhase(phase)][audience]
    return Guidance(title, text.format(**when), your_turn)


_TEXTS: dict[RoundPhase, dict[str, tuple[str, str, bool]]] = {
    RoundPhase.PLANNED: {
        "coordinator": (
            "Jetzt Betriebe und Schulen einladen",
            "Die Wunschabgabe beginnt am {wishes_from} von selbst. Bis dahin sollten die Angebote stehen.",
            True,
        ),
        "school": (
            "Zugänge austeilen",
            "Ab dem {wishes_from} können Ihre Schüler:innen Wünsche abgeben. Drucken Sie vorher die Anmeldezettel.",
            True,
        ),
        "company": (
            "Angebot veröffentlichen",
            "Ab dem {wishes_from} suchen Jugendliche nach Plätzen. Ihr Angebot sollte dann sichtbar sein.",
            True,
        ),
        "pupil": (
            "Bald geht es los",
            "Ab dem {wishes_from} kannst du dir Plätze wünschen. Schau dich ruhig schon um.",
            False,
        ),
    },
    RoundPhase.WISHES: {
        "coordinator": (
            "Wünsche werden gesammelt",
            "Bis zum {wishes_until} geben Schüler:innen ihre Wünsche ab. Sprechen Sie Schulen an, in denen viele fehlen.",
            False,
        ),
        "school": (
            "Wer hat noch keine Wünsche?",
            "Bis zum {wishes_until} braucht jede:r mindestens {min_wishes} Wünsche. Sie können sie auch eintragen.",
            True,
        ),
        "company": (
            "Jugendliche wählen gerade",
            "Bis zum {wishes_until} werden Wünsche gesammelt. Sie müssen noch nichts entscheiden.",
            False,
        ),
        "pupil": (
            "Gib deine Wünsche ab",
            "Du hast bis zum {wishes_until} Zeit. Wer zuerst kommt, hat keinen Vorteil: Nimm dir Ruhe zum Suchen.",
            True,
        ),
    },
    RoundPhase.ALLOCATION: {
        "coordinator": (
            "Jetzt zuteilen",
            "Rechnen Sie einen Probelauf, vergleichen Sie, und veröffentlichen Sie bis zum {publish_on}.",
            True,
        ),
        "school": (
            "Die Plätze werden verteilt",
            "Am {publish_on} sehen Sie hier, wer welchen Platz vorgeschlagen bekommt.",
            False,
        ),
        "company": (
            "Die Plätze werden verteilt",
            "Am {publish_on} erfahren Sie per Mail, wer zu Ihnen kommen möchte.",
            False,
        ),
        "pupil": (
            "Jetzt heißt es warten",
            "Deine Wünsche sind gespeichert. Am {publish_on} steht hier dein Ergebnis.",
            False,
        ),
    },
    RoundPhase.PUBLISHED: {
        "coordinator": (
            "Zusagen laufen",
            "Alle Beteiligten bestätigen bis zum {confirm_until}. Wer ohne Platz ist, braucht jetzt Hilfe.",
            True,
        ),
        "school": (
            "Vorschläge prüfen und genehmigen",
            "Bis zum {confirm_until}: Genehmigen Sie die Plätze, und helfen Sie denen, die noch keinen haben.",
            True,
        ),
        "company": (
            "Bitte antworten",
            "Sagen Sie bis zum {confirm_until} zu oder ab. Ein Klick in der Mail genügt.",
            True,
        ),
        "pupil": (
            "Dein Ergebnis ist da",
            "Sag bis zum {confirm_until}, ob du den Platz nimmst. Danach ist er für andere frei.",
            True,
        ),
    },
    RoundPhase.LEFTOVERS: {
        "coordinator": (
            "Restplatzbörse läuft",
            "Bis zum {leftovers_until} gehen freie Plätze an alle, die noch suchen. Sie können auch von Hand vorschlagen.",
            True,
        ),
        "school": (
            "Wer hat noch keinen Platz?",
            "Bis zum {leftovers_until} gibt es freie Plätze, auch für Neue und für Kranke. Sie können für jemanden auswählen.",
            True,
        ),
        "company": (
            "Freie Plätze werden weiter vermittelt",
            "Bis zum {leftovers_until} kommen Anfragen per Mail. Plätze, die es nicht mehr gibt, nehmen Sie bitte heraus.",
            False,
        ),
        "pupil": (
            "Noch ohne Platz? Es gibt freie Plätze",
            "Such dir bis zum {leftovers_until} freie Plätze aus. Jede Nacht wird neu vermittelt. Wer schon einen Platz hat, behält ihn.",
            True,
        ),
    },
    RoundPhase.CLOSED: {
        "coordinator": (
            "Runde abgeschlossen",
            "Alle Ergebnisse bleiben nachprüfbar gespeichert.",
            False,
        ),
        "school": (
            "Runde abgeschlossen",
            "Die bestätigten Plätze stehen in Ihrer Klassenübersicht.",
            False,
        ),
        "company": (
            "Runde abgeschlossen",
            "Die bestätigten Praktika stehen in Ihrer Übersicht.",
            False,
        ),
        "pupil": (
            "Diese Runde ist vorbei",
            "Hast du noch keinen Platz? Sprich mit deiner Lehrkraft, sie kann dir helfen.",
            False,
        ),
    },
}
