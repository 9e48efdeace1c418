"""German sentences; placeholders are filled in sentences.py."""

from __future__ import annotations

from fairplace.solution import Code

LEVELS = {
    "unplaced": "Personen ohne Platz",
    "floors": "Fehlbetrag bei Mindestzahlen",
    "equity": "Nachteil im Vorrang",
    "moved": "vorgeschlagene Plätze, die wechseln",
    "days": "gewichtete fehlende Tage",
    "fields": "wiederholte Berufsfelder",
    "wishes": "Wunschränge in Summe",
    "travel": "Wege in Summe",
    "company": "Ränge der Betriebe in Summe",
    "lottery": "Losreihenfolge",
    "tie": "letzte Losziffer",
}

PROOF = (
    "Die Vergabe mit diesem Platz weicht vom Optimum so ab: {change}. "
    "Betroffen wären {moved}; das Ergebnis ist durch Nachrechnen mit derselben Losnummer prüfbar."
)

OVERALL = {
    "granted": {
        "pupil": "Du hast einen Platz.",
        "teacher": "Hat einen Platz.",
        "judge": "Es wurde ein Platz zugeteilt (Losnummer {number} von {people}).",
    },
    "confirmed": {
        "pupil": "Dein Platz war schon bestätigt und bleibt deiner.",
        "teacher": "Platz war bereits bestätigt.",
        "judge": "Der Platz war vor dem Lauf bestätigt und nicht Gegenstand der Vergabe.",
    },
    "no_wish": {
        "pupil": "Du hast noch keinen Wunsch abgegeben. Such dir Plätze aus, dann bist du dabei.",
        "teacher": "Hat keine Wünsche abgegeben.",
        "judge": "Es lag kein Wunsch vor.",
    },
    "without": {
        "pupil": "Für dich ist noch kein Platz dabei. Das liegt nicht an dir.",
        "teacher": "Hat noch keinen Platz; die Gründe stehen bei den Wünschen.",
        "judge": "Es wurde kein Platz zugeteilt (Losnummer {number} von {people}).",
    },
}

SENTENCES = {
    Code.GRANTED: {
        "pupil": "{place}: Das war dein Wunsch Nummer {rank}, und du hast den Platz.",
        "teacher": "{place}: zugeteilt (Wunsch {rank}).",
        "judge": "{place}: zugeteilt, Wunschrang {rank}.",
    },
    Code.CONFIRMED: {
        "pupil": "{place}: Dieser Platz war schon fest zugesagt.",
        "teacher": "{place}: war bereits bestätigt.",
        "judge": "{place}: vor dem Lauf bestätigt, daher unverändert.",
    },
    Code.DECLINED: {
        "pupil": "{place}: Dieser Platz wurde vorher schon abgesagt.",
        "teacher": "{place}: wurde bereits abgesagt.",
        "judge": "{place}: vor dem Lauf abgelehnt und daher ausgeschlossen.",
    },
    Code.AWAY: {
        "pupil": "{place}: An diesem Tag kannst du nicht.",
        "teacher": "{place}: Tag passt nicht.",
        "judge": "{place}: Die Person ist an diesem Tag nach eigener Angabe nicht verfügbar.",
    },
    Code.NO_SEAT: {
        "pupil": "{place}: Hier ist kein Platz frei, um den gelost werden konnte.",
        "teacher": "{place}: kein offener Platz (vergeben, reserviert oder zurückgezogen).",
        "judge": "{place}: Von {seats} war keiner für diese Person offen; alle sind bestätigt "
        "oder anderen Gruppen vorbehalten.",
    },
    Code.NO_WISH: {
        "pupil": "{place}: Hier lag kein Wunsch vor.",
        "teacher": "{place}: kein Wunsch.",
        "judge": "{place}: Es lag kein Wunsch vor.",
    },
    Code.BETTER: {
        "pupil": "{place}: Du hast etwas bekommen, das dir mindestens genauso wichtig war.",
        "teacher": "{place}: ein mindestens gleich guter Wunsch ging in Erfüllung.",
        "judge": "{place}: nicht zu prüfen, da ein mindestens gleichrangiger Wunsch erfüllt ist.",
    },
    Code.PLACED: {
        "pupil": "{place}: Hättest du diesen Platz, hätte jemand anderes am Ende {loss}.",
        "teacher": "{place}: voll; jemand anderes hätte sonst {loss}.",
        "judge": "{place}: {seats}, gewünscht von {wanted}. Vorrang hat, dass möglichst viele "
        "einen Platz erhalten; bei dieser Zuteilung hätte {worse} {loss}.",
    },
    Code.EQUITY: {
        "pupil": "{place}: Hier hatten andere nach den Regeln dieser Runde Vorrang, "
        "weil sie es sonst schwerer haben.",
        "teacher": "{place}: voll; die Vorrangregel der Runde entschied.",
        "judge": "{place}: {seats}, gewünscht von {wanted}. Bei gleicher Zahl besetzter Plätze "
        "entschied die vorab veröffentlichte Vorrangregel.",
    },
    Code.KEPT: {
        "pupil": "{place}: Dieser Platz war schon jemandem vorgeschlagen. Vorschläge bleiben stehen, "
        "solange dadurch niemand zusätzlich leer ausgeht.",
        "teacher": "{place}: voll; ein früherer Vorschlag bleibt bestehen.",
        "judge": "{place}: {seats}, gewünscht von {wanted}. Frühere Vorschläge ändern sich nur, "
        "wenn dadurch mehr Personen einen Platz erhalten.",
    },
    Code.FIELDS: {
        "pupil": "{place}: Damit du diesen Platz bekommst, müssten andere "
        "zweimal das gleiche Berufsfeld ansehen.",
        "teacher": "{place}: voll; sonst sähen andere weniger verschiedene Berufsfelder.",
        "judge": "{place}: {seats}, gewünscht von {wanted}. Bei gleicher Zahl besetzter Plätze "
        "wiederholten sich Berufsfelder {points}-mal mehr.",
    },
    Code.WISHES: {
        "pupil": "{place}: Damit du diesen Platz bekommst, müssten andere auf Wünsche verzichten, "
        "die ihnen zusammen noch wichtiger waren.",
        "teacher": "{place}: voll; andere verlören zusammen {points} Wunschränge mehr, "
        "als hier gewonnen wäre.",
        "judge": "{place}: {seats}, gewünscht von {wanted}. Bei gleicher Zahl besetzter Plätze "
        "verschlechterte sich die Summe der Wunschränge um {points}.",
    },
    Code.TRAVEL: {
        "pupil": "{place}: Die Wünsche gingen gleich gut auf, aber für andere wäre der Weg "
        "viel länger geworden.",
        "teacher": "{place}: voll; gleich gute Wünsche, aber längere Wege für andere.",
        "judge": "{place}: {seats}, gewünscht von {wanted}. Bei gleichen Wunschrängen "
        "verlängerten sich die Wege in Summe um {points}.",
    },
    Code.COMPANY: {
        "pupil": "{place}: Alles andere war gleich gut, da zählte, wen der Betrieb "
        "weiter oben stehen hatte.",
        "teacher": "{place}: voll; bei sonst gleichem Ergebnis zählte die Reihung der Betriebe.",
        "judge": "{place}: {seats}, gewünscht von {wanted}. Bei sonst gleichem Ergebnis "
        "entschied die Reihung der Betriebe.",
    },
    Code.LOTTERY: {
        "pupil": "{place}: Es wollten mehr hin, als Plätze da sind, und alle hatten das gleiche "
        "Recht. Da hat das Los entschieden. Deine Losnummer war {number} von {people}.",
        "teacher": "{place}: voll; bei gleichem Anspruch entschied das Los "
        "(Nummer {number} von {people}).",
        "judge": "{place}: {seats}, gewünscht von {wanted}. Bei in jeder Hinsicht gleichem "
        "Ergebnis entschied das vorab festgelegte Los (Nummer {number} von {people}).",
    },
    Code.DAY_TAKEN: {
        "pupil": "{place}: An diesem Tag bist du schon woanders.",
        "teacher": "{place}: Tag ist bereits belegt.",
        "judge": "{place}: An diesem Tag besteht ein bestätigter Platz; "
        "je Tag ist nur einer möglich.",
    },
    Code.COMPANY_TAKEN: {
        "pupil": "{place}: Diesen Betrieb besuchst du schon an einem anderen Tag.",
        "teacher": "{place}: Betrieb ist an einem anderen Tag zugeteilt.",
        "judge": "{place}: Jeder Betrieb wird je Person höchstens einmal zugeteilt; "
        "er ist an einem anderen Tag vergeben.",
    },
    Code.ENOUGH: {
        "pupil": "{place}: Du hast schon so viele Plätze, wie du wolltest.",
        "teacher": "{place}: gewünschte Zahl an Plätzen ist erreicht.",
        "judge": "{place}: Die gewünschte Zahl an Plätzen ist durch bestätigte Plätze erreicht.",
    },
}


def people(count: int) -> str:
    """A number of people in words."""
    return "eine Person" if count == 1 else f"{count} Personen"


def loss(week: bool) -> str:
    """What somebody else would lose, after a form of "haben"."""
    return "einen Tag weniger" if week else "gar keinen Platz"


def seats(count: int) -> str:
    """A number of seats in words."""
    return "ein Platz" if count == 1 else f"{count} Plätze"


def changes(change: tuple[tuple[str, int], ...]) -> str:
    """The change of every level that changes."""
    parts = [f"{LEVELS[name.split()[0]]} {value:+d}" for name, value in change]
    return ", ".join(parts) if parts else "keine Änderung in irgendeiner Stufe"
