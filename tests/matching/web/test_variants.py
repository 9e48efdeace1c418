"""What-if, policies side by side and the mail that asks for one more seat, as the office uses them."""

from datetime import date

import pytest
from django.test import Client

from tests.factories.journey import NOW, make_run
from tests.factories.network import make_place
from tests.factories.rounds import make_list, make_round_class, make_seeded_round, make_slots
from tests.factories.schools import make_class_teacher
from tests.factories.signed_in import coordinator_of
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.actions import remind_class
from werkpfad.journey.matching.enums import RoundPhase, RunKind
from werkpfad.journey.matching.models import Round, Run
from werkpfad.journey.matching.tasks import run_round
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return make_seeded_round(phase=RoundPhase.ALLOCATION, wishes_until=date(2026, 11, 19))


@pytest.fixture
def visitor(round_: Round) -> Client:
    return coordinator_of(round_.programme.region)


@pytest.fixture
def tight(round_: Round) -> Slot:
    """Twelve seats that twenty want."""
    (slot,) = make_slots(round_, 12)
    school_class = make_round_class(round_)
    for _ in range(20):
        make_list(round_, [slot], school_class=school_class)
    return slot


def computed(visitor: Client, address: str, **typed: str) -> Run:
    answer = visitor.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()
    run = Run.objects.latest("pk")
    run_round.call(run.public_id)
    run.refresh_from_db()
    return run


def dry(visitor: Client, round_: Round) -> Run:
    return computed(visitor, f"/runden/{round_.public_id}/rechnen/", art="dry")


def page(visitor: Client, run: Run) -> str:
    return visitor.get(f"/runden/laeufe/{run.public_id}/").content.decode()


def test_a_trial_shows_what_was_changed_and_what_it_did(
    visitor: Client, round_: Round, tight: Slot
) -> None:
    base = dry(visitor, round_)
    address = f"/runden/laeufe/{base.public_id}/was-waere-wenn/"
    run = computed(visitor, address, offer=tight.offer.public_id, offer_seats="3")
    assert run.kind == RunKind.TRIAL
    text = page(visitor, run)
    assert "3 Schüler:innen mehr haben einen Platz." in text
    assert f"3 Plätze mehr bei {tight.offer.organisation.name}" in text
    assert ">+3</td>" in text
    assert "Veröffentlichen …" not in text
    assert "Was wäre, wenn vom" in page(visitor, base)


def test_a_trial_that_places_nobody_more_tells_what_else_improves(
    visitor: Client, round_: Round
) -> None:
    dear, other = make_slots(round_, 1, 9)
    for _ in range(3):
        make_list(round_, [dear, other])
    base = dry(visitor, round_)
    address = f"/runden/laeufe/{base.public_id}/was-waere-wenn/"
    run = computed(visitor, address, offer=dear.offer.public_id, offer_seats="1")
    text = page(visitor, run)
    assert "Gleich viele haben einen Platz." in text
    assert "Wünsche gehen besser auf: zusammen ein Rang." in text


def test_the_form_asks_for_what_belongs_together(
    visitor: Client, round_: Round, tight: Slot
) -> None:
    base = dry(visitor, round_)
    address = f"/runden/laeufe/{base.public_id}/was-waere-wenn/"
    nothing = visitor.post(address, {})
    assert nothing.status_code == 422
    assert "mindestens eine Änderung" in nothing.content.decode()
    half = visitor.post(address, {"offer_seats": "3", "field": "holz", "town": "Nirgendwo"})
    text = half.content.decode()
    assert "Bei welchem Angebot?" in text
    assert "Wie viele neue Plätze?" in text
    assert "finden wir nicht eindeutig" in text
    assert "Nirgendwo" in text


def test_new_places_are_put_around_a_town(visitor: Client, round_: Round, tight: Slot) -> None:
    make_place(postal_code="21680", name="Stade")
    base = dry(visitor, round_)
    address = f"/runden/laeufe/{base.public_id}/was-waere-wenn/"
    run = computed(visitor, address, field="holz", town="21680", new_seats="4", max_km="30")
    text = page(visitor, run)
    assert "4 Plätze neu im Berufsfeld" in text
    assert "um Stade" in text
    assert "Wege bis 30 km für alle Schulen" in text


def test_four_policies_stand_side_by_side(visitor: Client, round_: Round, tight: Slot) -> None:
    base = dry(visitor, round_)
    run = computed(visitor, f"/runden/laeufe/{base.public_id}/verfahren/")
    text = page(visitor, run)
    for title in ("Fair (Werkpfad)", "Stabil", "Wer zuerst kommt", "Reines Los"):
        assert title in text
    assert "Gleich viele haben einen Platz." in text
    assert "mit berechtigtem Neid" in text
    compared = visitor.get(f"/runden/{round_.public_id}/vergleich/").content.decode()
    assert "Verfahren im Vergleich" not in compared
    assert "Verfahren im Vergleich" in visitor.get(f"/runden/{round_.public_id}/").content.decode()


def test_a_company_is_asked_for_the_seat_that_would_help_and_only_once(
    visitor: Client, round_: Round, tight: Slot
) -> None:
    tight.offer.contact_email = "werkstatt@example.org"
    tight.offer.save()
    base = dry(visitor, round_)
    text = page(visitor, base)
    assert "Eine Schüler:in mehr bekommt einen Platz." in text
    address = f"/runden/laeufe/{base.public_id}/fragen/{tight.public_id}/"
    assert address in text
    shown = visitor.get(address).content.decode()
    assert "Ein Platz mehr bei Ihnen würde wirklich helfen." in shown
    assert not OutboxMail.objects.exists()

    typed = {"subject": "Noch ein Platz?", "body": "Guten Tag,\n\ngeht noch einer?"}
    visitor.post(address, typed)
    mail = OutboxMail.objects.get()
    assert (mail.to_email, mail.subject) == ("werkstatt@example.org", "Noch ein Platz?")
    again = visitor.post(address, typed, follow=True).content.decode()
    assert "schon gefragt" in again
    assert OutboxMail.objects.count() == 1


def test_nothing_is_tried_after_publication(visitor: Client) -> None:
    round_ = make_seeded_round(phase=RoundPhase.PUBLISHED)
    visitor = coordinator_of(round_.programme.region)
    run = make_run(round=round_, status="done", summary={"people": 0, "smallest": 5, "forms": []})
    answer = visitor.post(f"/runden/laeufe/{run.public_id}/verfahren/", follow=True)
    assert "wird nicht gerechnet" in answer.content.decode()


def test_teachers_are_reminded_without_names_and_once_a_day(round_: Round) -> None:
    school_class = make_round_class(round_)
    entry = make_list(round_, make_slots(round_, 1), school_class=school_class, submitted_at=None)
    make_class_teacher(school_class=school_class)
    for expected in (1, 0):
        sent = remind_class(round_=round_, school_class=school_class, by=SYSTEM, at=NOW)
        assert sent == expected
    mail = OutboxMail.objects.get()
    assert mail.subject == f"{school_class.name}: eine Wunschliste fehlt noch"
    assert entry.pupil.family_name not in mail.body
