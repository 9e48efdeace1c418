"""The demo's 28 cooperations: most alive, some asleep, one ended."""

from datetime import date, timedelta
from random import Random

from werkpfad.base.core.school_year import school_year_of
from werkpfad.region.atlas.enums import CooperationKind, CooperationStatus, Party
from werkpfad.region.atlas.models import Cooperation, LessonTopic, PlanStep
from werkpfad.region.network.models import Region
from werkpfad.region.schools.models import School
from werkpfad.surface.portal.demo.companies import DemoCompany

COOPERATIONS = 28
ABOUT = (
    "Jedes Jahr besucht der neunte Jahrgang den Betrieb, danach kommen Auszubildende in den Unterricht.",
    "Ein Profilkurs löst eine Aufgabe aus dem Betrieb und stellt die Lösung dort vor.",
    "Feste Praktikumsplätze, ein Bewerbungstraining im Herbst und ein gemeinsamer Stand auf der Berufemesse.",
)
TOPICS = (
    ("Mathematik", 9, "Flächen und Kosten: das Angebot für ein echtes Projekt rechnen"),
    ("Physik", 9, "Strom messen an einer Anlage, die läuft"),
    ("Deutsch", 8, "Ein Interview führen und darüber schreiben"),
    ("Chemie", 10, "Warum Oberflächen rosten, und was der Betrieb dagegen tut"),
    ("Wirtschaft", 10, "Wie aus einer Anfrage ein Auftrag wird"),
)
STEPS = (
    ("Termin für die Betriebserkundung finden", Party.SCHOOL),
    ("Aufgabe für den Profilkurs aufschreiben", Party.PARTNER),
    ("Rückmeldung beider Seiten einholen", Party.OFFICE),
)
HALF_YEAR = 183


def make_cooperations(
    region: Region,
    companies: list[DemoCompany],
    schools: list[School],
    random: Random,
    *,
    today: date,
) -> None:
    """Every school but two has some; seven have slept for more than half a year."""
    rows = []
    for number in range(COOPERATIONS):
        asleep, building, ended = number % 4 == 1, number % 7 == 3, number == COOPERATIONS - 1
        quiet = random.randint(HALF_YEAR + 10, 420) if asleep else random.randint(1, 150)
        active = today - timedelta(days=quiet)
        status = CooperationStatus.BUILDING if building else CooperationStatus.AGREED
        rows.append(
            Cooperation(
                region=region,
                kind=CooperationKind.KURS if number % 5 == 0 else CooperationKind.PARTNERSHIP,
                status=CooperationStatus.ENDED if ended else status,
                school=schools[number % (len(schools) - 2)].organisation,
                partner=companies[number * 5 % len(companies)].organisation,
                about=ABOUT[number % len(ABOUT)],
                agreed_on=None if building else active - timedelta(days=200),
                runs_until=None if building else today + timedelta(days=random.randint(30, 600)),
                active_on=active,
            )
        )
    Cooperation.objects.bulk_create(rows)
    year = school_year_of(today)
    LessonTopic.objects.bulk_create(
        LessonTopic(cooperation=row, school_year=year, subject=subject, grade=grade, text=text)
        for row in rows
        for subject, grade, text in random.sample(TOPICS, random.randint(0, 2))
    )
    PlanStep.objects.bulk_create(
        PlanStep(
            cooperation=row,
            text=text,
            party=party,
            due_on=row.active_on + timedelta(days=40 * (number + 1)),
            done_on=row.active_on if number == 0 else None,
        )
        for row in rows
        for number, (text, party) in enumerate(STEPS[: random.randint(1, 3)])
    )
