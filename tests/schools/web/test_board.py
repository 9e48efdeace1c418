"""Red, amber and green of a class, and who must act next."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.internships import make_programme, make_slot
from tests.factories.journey import NOW, make_application, make_entry, make_placement, make_round
from tests.factories.schools import make_class, make_pupil
from werkpfad.journey.internships.enums import ProgrammeStatus
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.placements.enums import PlacementState
from werkpfad.journey.placements.models import Consent, Placement
from werkpfad.journey.placements.rules import Light, Waiting
from werkpfad.region.schools.models import Pupil, SchoolClass
from werkpfad.region.schools.web.board import (
    Line,
    board,
    figures,
    matches,
    programme_shown,
    programmes_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school_class() -> SchoolClass:
    return make_class(grade=9)


@pytest.fixture
def programme(school_class: SchoolClass) -> Programme:
    return make_programme(schools=[school_class.school])


def line_of(pupil: Pupil, programme: Programme) -> Line:
    return board([pupil], programme)[0]


def placed(pupil: Pupil, programme: Programme, **values: object) -> Placement:
    return make_placement(pupil=pupil, slot=make_slot(programme=programme), **values)


def test_without_anything_it_is_red_and_the_pupils_turn(
    school_class: SchoolClass, programme: Programme
) -> None:
    line = line_of(make_pupil(school_class=school_class), programme)
    assert (line.signal.light, line.signal.waiting) == (Light.RED, Waiting.PUPIL)
    assert not line.has_code
    assert not line.has_signed_in


def test_an_application_waits_for_the_company(
    school_class: SchoolClass, programme: Programme
) -> None:
    pupil = make_pupil(school_class=school_class)
    make_application(pupil=pupil, slot=make_slot(programme=programme))
    line = line_of(pupil, programme)
    assert (line.signal.light, line.signal.waiting) == (Light.AMBER, Waiting.COMPANY)
    assert line.open_applications == 1


def test_submitted_wishes_wait_for_the_round(
    school_class: SchoolClass, programme: Programme
) -> None:
    round_ = make_round(programme=programme, phase="wishes")
    done, begun = (make_pupil(school_class=school_class) for _ in range(2))
    make_entry(round=round_, pupil=done)
    make_entry(round=round_, pupil=begun, submitted_at=None)
    assert line_of(done, programme).signal.waiting is Waiting.ROUND
    assert line_of(begun, programme).signal.light is Light.RED


def test_a_proposal_waits_for_the_school_when_the_others_agreed(
    school_class: SchoolClass, programme: Programme
) -> None:
    pupil = make_pupil(school_class=school_class)
    placement = placed(pupil, programme)
    others = Consent.objects.filter(placement=placement).exclude(side="school")
    others.update(answer="yes", answered_at=NOW)
    line = line_of(pupil, programme)
    assert line.signal.waiting is Waiting.SCHOOL
    assert line.to_approve == placement


def test_a_confirmed_place_is_green(school_class: SchoolClass, programme: Programme) -> None:
    pupil = make_pupil(school_class=school_class)
    placed(pupil, programme, state=PlacementState.CONFIRMED, confirmed_at=NOW)
    line = line_of(pupil, programme)
    assert line.signal.light is Light.GREEN
    assert line.to_approve is None


def test_what_is_over_or_elsewhere_does_not_count(
    school_class: SchoolClass, programme: Programme
) -> None:
    pupil = make_pupil(school_class=school_class)
    placed(pupil, programme, state=PlacementState.DECLINED, closed_at=NOW, exclusive_key=None)
    make_placement(pupil=pupil, state=PlacementState.CONFIRMED, confirmed_at=NOW)
    assert line_of(pupil, programme).signal.light is Light.RED


@pytest.mark.parametrize("rows", [1, 3])
def test_a_board_costs_four_queries(
    rows: int,
    school_class: SchoolClass,
    programme: Programme,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    round_ = make_round(programme=programme, phase="wishes")
    pupils = [make_pupil(school_class=school_class) for _ in range(rows)]
    for pupil in pupils:
        make_entry(round=round_, pupil=pupil)
        make_application(pupil=pupil, slot=make_slot(programme=programme))
        placed(pupil, programme)
    with django_assert_num_queries(4):
        lines = board(pupils, programme)
        assert [p.slot.offer.organisation.name for line in lines for p in line.placements]
    assert figures(lines).amber == rows


def test_filters_pick_what_they_say(school_class: SchoolClass, programme: Programme) -> None:
    red, amber = (make_pupil(school_class=school_class) for _ in range(2))
    make_application(pupil=amber, slot=make_slot(programme=programme))
    lines = board([red, amber], programme)
    shown = {
        word: [line.pupil for line in lines if matches(line, word)]
        for word in ("", "rot", "gelb", "gruen", "betrieb", "schueler", "schule", "ohne-anmeldung")
    }
    assert shown == {
        "": [red, amber],
        "rot": [red],
        "gelb": [amber],
        "gruen": [],
        "betrieb": [amber],
        "schueler": [red],
        "schule": [],
        "ohne-anmeldung": [red, amber],
    }
    assert figures(lines).total == 2


def test_a_class_takes_part_by_school_grade_and_year(school_class: SchoolClass) -> None:
    region = school_class.school.organisation.region
    named = make_programme(schools=[school_class.school], first_day=date(2027, 2, 8))
    everybody = make_programme(
        region=region, first_day=date(2027, 2, 1), status=ProgrammeStatus.CLOSED
    )
    make_programme(region=region, grades=[10])
    make_programme(region=region, school_year=2025)
    make_programme(region=region, status=ProgrammeStatus.DRAFT)
    make_programme(schools=[make_class().school], region=region)
    make_programme()
    assert programmes_of(school_class) == [everybody, named]


def test_the_next_programme_is_shown_unless_another_is_asked_for(
    school_class: SchoolClass,
) -> None:
    over = make_programme(
        schools=[school_class.school],
        first_day=date(2026, 10, 5),
        last_day=date(2026, 10, 9),
        offers_until=date(2026, 10, 1),
    )
    coming = make_programme(schools=[school_class.school])
    both = [over, coming]
    today = date(2026, 11, 20)
    assert programme_shown(both, "", today=today) == coming
    assert programme_shown(both, over.public_id, today=today) == over
    assert programme_shown([over], "gone", today=today) == over
    assert programme_shown([], "", today=today) is None
