"""A result in words: for a 13-year-old, and for the teacher. Built from codes and numbers, never from another's name."""

from collections.abc import Mapping, Sequence
from typing import Any

# Why a better wish was not granted, told to the pupil. Codes are those of fairplace.
_WHY_NOT = {
    "placed": "Der Platz war voll. Hättest du ihn bekommen, stünde jemand anderes ganz ohne Platz da.",
    "equity": "Der Platz war voll. Hier zählte die Regel, dass keine Schule zurückbleibt.",
    "fields": "Der Platz war voll. Sonst hätten andere zweimal das gleiche Berufsfeld gesehen.",
    "wishes": "Der Platz war voll. Für andere hätte sich dadurch mehr verschlechtert, als es dir geholfen hätte.",
    "travel": "Der Platz war voll. Alles andere war gleich, also zählte der kürzere Weg.",
    "company": "Der Platz war voll, und der Betrieb hat anders gewählt.",
    "lottery": "Der Platz war voll. Alles andere war gleich, also hat das Los entschieden.",
    "no_seat": "Hier gab es keinen freien Platz mehr.",
    "not_allowed": "Für diesen Platz bist du noch zu jung, oder das Gesetz erlaubt ihn dir noch nicht.",
    "full": "Der Platz war voll.",
    "away": "An diesem Tag kannst du nicht.",
    "declined": "Dieser Platz wurde schon abgesagt.",
    "barred": "Die Koordination hat entschieden, dass es dieser Platz nicht wird. Deine Lehrkraft kann nachfragen, warum.",
    "day_taken": "An diesem Tag hast du schon einen anderen Platz.",
    "company_taken": "In diesem Betrieb bist du schon an einem anderen Tag.",
    "no_wish": "Mehr Tage wolltest du nicht.",
    "enough": "Du hast schon so viele Tage, wie du wolltest.",
    "kept": "Dieser Platz war schon jemandem vorgeschlagen, und der Vorschlag bleibt bestehen.",
}
_WHY_NOT_TEACHER = {
    "placed": "voll; eine Zusage hätte jemand anderen ganz ohne Platz gelassen",
    "equity": "voll; der soziale Ausgleich ging vor",
    "fields": "voll; sonst hätten andere ein Berufsfeld zweimal gesehen",
    "wishes": "voll; die Wünsche anderer hätten in der Summe mehr verloren",
    "travel": "voll; bei gleichen Wünschen entschied der kürzere Weg",
    "company": "voll; die Reihenfolge des Betriebs entschied",
    "lottery": "voll; bei Gleichstand entschied das Los",
    "no_seat": "kein freier Platz",
    "not_allowed": "Alter oder Jugendarbeitsschutz",
    "full": "voll",
    "away": "Tag passt nicht",
    "declined": "bereits abgesagt",
    "barred": "von der Koordination ausgeschlossen",
    "day_taken": "Tag schon belegt",
    "company_taken": "Betrieb schon an einem anderen Tag",
    "no_wish": "gewünschte Tage erreicht",
    "enough": "gewünschte Tage erreicht",
    "kept": "voll; ein früherer Vorschlag bleibt bestehen",
}


def headline(
    facts: Mapping[str, Any], *, rank: int | None, has_place: bool, reason: str = ""
) -> str:
    """What happened, in one sentence. `reason` is the place's own (`office`: decided by hand)."""
    if has_place and reason == "office":
        return "Diesen Platz hat die Koordination für dich festgelegt. Er kam nicht aus der Verteilung nach Wünschen."
    if not has_place:
        return {
            "no_wish": "Du hast keine Wünsche abgegeben, darum konnten wir dir keinen Platz vorschlagen.",
            "no_candidates": "Zu deinen Angaben gab es keinen passenden Platz.",
        }.get(str(facts.get("code")), "Diesmal hat es mit einem Platz noch nicht geklappt.")
    if facts.get("kind") == "week":
        return (
            f"Das passt zu deinem {rank}. Berufsfeld." if rank else "Das passt zu deinen Angaben."
        )
    if rank is None:
        return "Keiner deiner Wünsche war frei. Dieser Platz ist in deiner Nähe und passt zu deinen Berufsfeldern."
    return (
        "Das ist dein erster Wunsch!"
        if rank == 1
        else f"Das ist dein {rank}. Wunsch von {facts.get('wishes', rank)}."
    )


def why_not(code: str) -> str:
    """Why this wish was not granted, for the pupil."""
    return _WHY_NOT.get(code, "Dieser Platz ging an jemand anderen.")


def why_not_for_teacher(code: str) -> str:
    return _WHY_NOT_TEACHER.get(code, "an andere vergeben")


def lottery_line(facts: Mapping[str, Any]) -> str:
    """The lottery number, only where the lottery decided something."""
    refused: Sequence[Mapping[str, Any]] = facts.get("refused", ())
    if not any(row.get("code") == "lottery" for row in refused) or not facts.get("lottery"):
        return ""
    number = f"Deine Losnummer war {facts['lottery']} von {facts['people']}."
    return f"{number} Der Zufall dahinter stand fest, bevor die Runde begann."


def next_step(*, has_place: bool) -> str:
    if has_place:
        return "Schau dir den Platz an und sag, ob du ihn nimmst. Betrieb und Schule müssen auch zustimmen."
    return (
        "Das ist kein Urteil über dich. Deine Lehrkraft sieht, dass du noch suchst, und hilft dir."
    )


# Refusals that only follow from what the pupil did get; they explain nothing.
FOLLOWS = ("day_taken", "company_taken", "enough", "no_wish")


def telling(refused: Sequence[Mapping[str, Any]], *, best: int | None) -> list[Mapping[str, Any]]:
    """The refusals worth showing: in a block those of dearer wishes, in a week those that say something."""
    return [
        row
        for row in refused
        if row["code"] not in FOLLOWS and (best is None or row["rank"] < best)
    ]
