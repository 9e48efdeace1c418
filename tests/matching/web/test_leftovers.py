"""The leftover market in the browser: free places for who is left, late joiners too, and nobody loses anything."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.internships import make_offer, make_slot
from tests.factories.journey import make_application, make_run, make_wish
from tests.factories.rounds import make_list, make_round_class, make_slots, make_week_round
from tests.factories.schools import make_class_teacher, make_pupil
from tests.factories.signed_in import client_of, coordinator_of
from tests.placements.test_fill import AT, NIGHT, confirm, fill, leftovers, propose, proposed
from tests.placements.world import ANYBODY
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.applications.models import Application
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching import actions
from werkpfad.journey.matching.models import Entry, Proposal, Round, Run
from werkpfad.journey.placements.actions import answer
from werkpfad.journey.placements.enums import Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.visibility import pseudonym
from werkpfad.region.schools.models import Pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return leftovers(min_wishes=3)


@pytest.fixture
def pupil(round_: Round) -> Pupil:
    """Somebody who came after the wishes: no entry, no place."""
    return make_pupil(school_class=make_round_class(round_))


@pytest.fixture
def visitor(pupil: Pupil) -> Client:
    return client_of(pupil.user)


def page(visitor: Client, address: str = "/restplaetze/") -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def add(visitor: Client, slot: Slot, **more: str) -> str:
    answer = visitor.post("/wuensche/hinzufuegen/", {"slot": slot.public_id, **more}, follow=True)
    return answer.content.decode()


def test_only_what_is_free_allowed_and_in_reach_is_shown(
    visitor: Client, round_: Round, pupil: Pupil
) -> None:
    region, programme = round_.programme.region, round_.programme
    free, full, asked, refused = make_slots(round_, 1, 1, 1, 1)
    old = make_slot(programme=programme, offer=make_offer(region=region, min_age=17))
    confirm(make_list(round_, []), full)
    propose(make_list(round_, []), asked)
    make_application(
        pupil=pupil, slot=refused, state="declined", decline_reason="dates", closed_at=AT
    )

    text = page(visitor)

    titles = {slot: slot.public_id in text for slot in (free, full, asked, refused, old)}
    assert titles == {free: True, full: False, asked: False, refused: False, old: False}


def test_a_late_joiner_takes_part_in_the_next_night(
    visitor: Client, round_: Round, pupil: Pupil
) -> None:
    one, two = make_slots(round_, 1, 1)
    settled = confirm(make_list(round_, [one]), one)
    waiting = propose(make_list(round_, [two]), two)
    (free,) = make_slots(round_, 1)

    text = add(visitor, free, weiter="restplaetze")
    assert "Freie Plätze" in text
    fill(round_, NIGHT + timedelta(days=1))

    assert proposed() == {waiting.pupil_id: two.public_id, pupil.pk: free.public_id}
    settled.refresh_from_db()
    assert settled.state == "confirmed"


def test_one_wish_is_enough_now(
    visitor: Client, round_: Round, pupil: Pupil, now: datetime
) -> None:
    (free,) = make_slots(round_, 1)
    add(visitor, free)
    text = visitor.post("/wuensche/abgeben/", {}, follow=True).content.decode()
    assert "In der nächsten Nacht wird neu vermittelt" in text
    assert Entry.objects.get(pupil=pupil).submitted_at == now


def test_whoever_has_something_cannot_choose_again(
    visitor: Client, round_: Round, pupil: Pupil
) -> None:
    one, two = make_slots(round_, 1, 1)
    propose(make_list(round_, [one], pupil=pupil), one)

    assert "Niemand nimmt ihn dir weg" in page(visitor)
    assert "Wunschabgabe ist gerade nicht offen" in add(visitor, two)
    assert Entry.objects.get(pupil=pupil).wishes.count() == 1


def test_the_action_itself_refuses_who_has_something(
    round_: Round, pupil: Pupil, now: datetime
) -> None:
    (slot,) = make_slots(round_, 1)
    with pytest.raises(actions.WishesClosed):
        actions.add_wish(round_=round_, pupil=pupil, slot=slot, by=ANYBODY, at=now, has_place=True)


@pytest.mark.parametrize(("confirm_until", "is_open"), [(20, False), (19, True)])
def test_between_wishes_and_market_the_list_is_closed(
    visitor: Client, round_: Round, confirm_until: int, is_open: bool
) -> None:
    (slot,) = make_slots(round_, 1)
    Round.objects.update(confirm_until=date(2026, 11, confirm_until))
    text = add(visitor, slot)
    assert ("Steht auf der Liste" in text) == is_open


def test_leftover_seats_are_open_to_direct_applications(
    visitor: Client, round_: Round, pupil: Pupil
) -> None:
    round_.programme.accepts_direct = False
    round_.programme.save()
    (slot,) = make_slots(round_, 1)
    assert f"/bewerben/{slot.public_id}/" in page(visitor)

    visitor.post(f"/bewerben/{slot.public_id}/", {"message": "Ich baue gern."})
    assert Application.objects.filter(pupil=pupil, slot=slot, state="open").exists()


def test_outside_the_market_allocated_seats_stay_closed_to_them(
    visitor: Client, round_: Round
) -> None:
    round_.programme.accepts_direct = False
    round_.programme.save()
    (slot,) = make_slots(round_, 1)
    Round.objects.update(confirm_until=date(2026, 11, 20))
    visitor.post(f"/bewerben/{slot.public_id}/", {"message": "Ich baue gern."})
    assert not Application.objects.exists()


def test_the_chance_counts_only_those_who_are_left(visitor: Client, round_: Round) -> None:
    one, free = make_slots(round_, 3, 1)
    for _ in range(3):
        confirm(make_list(round_, [one, free]), one)
    make_list(round_, [free])
    text = add(visitor, free)
    assert "2 Wünsche für 1 Platz" in text


def test_the_teacher_sees_who_is_left_and_chooses_for_them(round_: Round, pupil: Pupil) -> None:
    one, free = make_slots(round_, 1, 1)
    placed = make_pupil(school_class=pupil.school_class, family_name="Versorgt")
    confirm(make_list(round_, [one], pupil=placed), one)
    teacher = client_of(make_class_teacher(school_class=pupil.school_class).user)

    text = page(teacher, "/restplaetze/klassen/")
    assert pupil.full_name in text
    assert "Versorgt" not in text
    assert "noch keine Wünsche" in text
    assert free.public_id in page(teacher, f"/restplaetze/fuer/{pupil.public_id}/")

    teacher.post(
        f"/wuensche/fuer/{pupil.public_id}/hinzufuegen/",
        {"slot": free.public_id, "weiter": "restplaetze"},
    )
    assert "nimmt an der nächsten Nacht teil" in page(teacher, "/restplaetze/klassen/")
    fill(round_, NIGHT + timedelta(days=1))
    assert list(proposed()) == [pupil.pk]


def test_the_list_of_classes_leads_there_while_the_market_runs(round_: Round, pupil: Pupil) -> None:
    teacher = client_of(make_class_teacher(school_class=pupil.school_class).user)
    assert "/restplaetze/klassen/" in page(teacher, "/klassen/")
    Round.objects.update(leftovers_until=None)
    assert "/restplaetze/klassen/" not in page(teacher, "/klassen/")


def test_a_week_leads_to_fields_and_days() -> None:
    round_ = make_week_round(
        phase="leftovers",
        confirm_until=date(2026, 11, 18),
        publish_on=date(2026, 11, 12),
        wishes_until=date(2026, 11, 11),
        leftovers_until=date(2026, 12, 10),
    )
    pupil = make_pupil(school_class=make_round_class(round_))
    assert "/wuensche/woche/" in page(client_of(pupil.user))


def test_without_a_market_the_page_says_when_it_begins(visitor: Client, round_: Round) -> None:
    Round.objects.update(leftovers_until=None)
    assert "Gerade läuft keine Restplatzbörse" in page(visitor)


def result_of(round_: Round, pupil: Pupil, slot: Slot | None) -> Run:
    """A published result for the pupil."""
    run = make_run(
        round=round_, kind="final", status="published", published_at=AT - timedelta(days=10)
    )
    entry = Entry.objects.get_or_create(round=round_, pupil=pupil)[0]
    facts = {"kind": "block", "code": "lottery", "wishes": 1, "refused": []}
    Proposal.objects.create(run=run, entry=entry, slot=slot, reason="lottery", facts=facts)
    return run


@pytest.mark.parametrize(
    ("confirm_until", "leftovers_until", "told"),
    [
        (24, date(2026, 12, 10), "Ab dem 25. November 2026"),
        (18, date(2026, 12, 10), "Such dir bis zum 10. Dezember 2026 aus"),
        (18, None, "Deine Lehrkraft sieht, dass du noch suchst"),
    ],
)
def test_without_a_place_the_pupil_reads_what_happens_when(
    visitor: Client,
    round_: Round,
    pupil: Pupil,
    confirm_until: int,
    leftovers_until: date | None,
    told: str,
) -> None:
    Round.objects.update(
        confirm_until=date(2026, 11, confirm_until), leftovers_until=leftovers_until
    )
    result_of(round_, pupil, None)
    text = page(visitor, "/ergebnis/")
    assert "Diesmal hat es mit einem Platz noch nicht geklappt" in text
    assert told in text


def test_a_new_proposal_stands_on_top_with_its_reason_and_nobodys_name(
    visitor: Client, round_: Round, pupil: Pupil
) -> None:
    one, free = make_slots(round_, 1, 1)
    rival = make_list(round_, [one])
    confirm(rival, one)
    result_of(round_, pupil, None)
    make_list(round_, [one, free], pupil=make_pupil(school_class=pupil.school_class))
    entry = Entry.objects.get(pupil=pupil)
    for rank, slot in enumerate([one, free], start=1):
        make_wish(entry=entry, slot=slot, rank=rank)
    Entry.objects.exclude(pupil=pupil).exclude(pk=rival.pk).delete()
    fill(round_)

    text = page(visitor, "/ergebnis/")

    assert "Neu aus der Restplatzbörse" in text
    assert "Das ist dein 2. Wunsch von 2." in text
    assert "Hier gab es keinen freien Platz mehr." in text
    assert rival.pupil.family_name not in text
    assert text.index("Neu aus der Restplatzbörse") < text.index("noch nicht geklappt")


def test_a_night_without_luck_is_no_new_result(
    visitor: Client, round_: Round, pupil: Pupil
) -> None:
    (free,) = make_slots(round_, 1)
    result_of(round_, pupil, None)
    make_wish(entry=Entry.objects.get(pupil=pupil), slot=free, rank=1)
    make_list(round_, [free])
    run = fill(round_)
    assert run is not None
    loser = Proposal.objects.get(run=run, slot=None)
    text = page(client_of(loser.entry.pupil.user), "/ergebnis/")
    assert "aus der Restplatzbörse" not in text
    assert "Freie Plätze ansehen" in text


def test_a_proposal_that_ended_says_so_and_what_to_do(
    visitor: Client, round_: Round, pupil: Pupil
) -> None:
    (free,) = make_slots(round_, 1)
    make_list(round_, [free], pupil=pupil)
    fill(round_)
    made = Placement.objects.get(pupil=pupil)
    answer(placement=made, side=Side.COMPANY, yes=False, reason="dates", by=ANYBODY, at=AT)
    text = page(visitor, "/ergebnis/")
    assert "Dieser Vorschlag ist vorbei" in text
    assert "Der Betrieb hat abgelehnt. Grund: Der Zeitraum passt nicht." in text
    assert "Platz ansehen und antworten" not in text
    assert "Freie Plätze ansehen" in text


def test_teachers_see_one_line_for_each_pupil(round_: Round, pupil: Pupil) -> None:
    (free,) = make_slots(round_, 1)
    make_list(round_, [free], pupil=pupil)
    result_of(round_, pupil, None)
    other = make_pupil(school_class=pupil.school_class, family_name="Zuletzt")
    run = Run.objects.get()
    entry = Entry.objects.create(round=round_, pupil=other)
    Proposal.objects.create(run=run, entry=entry, reason="no_wish", facts={"kind": "block"})
    fill(round_)
    teacher = client_of(make_class_teacher(school_class=pupil.school_class).user)
    text = page(teacher, "/ergebnis/klassen/")
    assert text.count(pupil.full_name) == text.count(other.full_name) == 1
    assert "aus der Restplatzbörse" in text


def test_the_office_sees_who_is_left_beside_what_is_free(round_: Round, pupil: Pupil) -> None:
    one, free = make_slots(round_, 1, 3)
    confirm(make_list(round_, [one]), one)
    propose(make_list(round_, [free]), free)
    office = coordinator_of(round_.programme.region)
    text = page(office, f"/vermitteln/{round_.programme.public_id}/")
    assert pseudonym(pupil.public_id) in text
    assert pupil.family_name not in text
    assert "2 Plätze, die niemand hat" in text
    assert free.offer.organisation.name in text
    assert one.offer.organisation.name not in text
    assert "geht von selbst hinaus" in text


def test_the_office_moves_the_end_and_the_switch(round_: Round) -> None:
    office = coordinator_of(round_.programme.region)
    address = f"/runden/{round_.public_id}/restplaetze/"
    values = {"leftovers_until": "2026-12-17", "version": str(round_.version)}
    wrong = office.post(address, values | {"leftovers_until": "2026-11-18"})
    done = office.post(address, values, follow=True)
    old = office.post(address, values | {"leftovers_until": "2026-12-18"})
    round_.refresh_from_db()
    assert wrong.status_code == 422
    assert "beginnt erst nach der Bestätigung" in wrong.content.decode()
    assert "wartet auf Ihren Klick" in done.content.decode()
    assert (round_.leftovers_until, round_.fills_nightly) == (date(2026, 12, 17), False)
    assert old.status_code == 409
    assert AuditEvent.objects.filter(event="round_leftovers").count() == 1


def test_dates_before_the_result_are_settled_by_then(round_: Round) -> None:
    Round.objects.update(phase="leftovers")
    office = coordinator_of(round_.programme.region)
    text = page(office, f"/runden/{round_.public_id}/")
    assert "Termine und Regeln" not in text
    assert f"/runden/{round_.public_id}/restplaetze/" in text
    values = {
        "wishes_from": "2026-10-01",
        "wishes_until": "2026-10-30",
        "publish_on": "2026-11-02",
        "confirm_until": "2026-11-25",
        "min_wishes": "1",
        "max_wishes": "3",
        "equity": "none",
        "version": str(round_.version),
    }
    office.post(f"/runden/{round_.public_id}/bearbeiten/", values)
    round_.refresh_from_db()
    assert round_.confirm_until == date(2026, 11, 18)


def test_a_closed_round_stays_closed(round_: Round, now: datetime) -> None:
    Round.objects.update(phase="closed")
    with pytest.raises(actions.NotPossible):
        actions.plan_leftovers(
            round_=round_,
            leftovers_until=date(2026, 12, 17),
            fills_nightly=True,
            seen_version=1,
            by=ANYBODY,
            at=now,
        )


@pytest.mark.parametrize("who", ["pupil", "teacher"])
def test_as_many_queries_for_three_as_for_one(round_: Round, pupil: Pupil, who: str) -> None:
    school_class = pupil.school_class
    teacher = make_class_teacher(school_class=school_class).user
    visitor = client_of(pupil.user if who == "pupil" else teacher)
    address = "/restplaetze/" if who == "pupil" else "/restplaetze/klassen/"
    counts = []
    for _ in range(2):
        make_list(round_, make_slots(round_, 1, 1), school_class=school_class)
        page(visitor, address)
        with CaptureQueriesContext(connection) as queries:
            page(visitor, address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert not Placement.objects.exists()
