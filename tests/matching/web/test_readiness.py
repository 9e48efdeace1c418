"""Before a run: reach of pupils without their names, and reminders to teachers with one click."""

import pytest
from django.test import Client

from tests.factories.rounds import make_list, make_round_class, make_seeded_round, make_slots
from tests.factories.schools import make_class_teacher, make_pupil
from tests.factories.signed_in import coordinator_of
from werkpfad.journey.matching.models import Round
from werkpfad.region.notifications.models import OutboxMail
from werkpfad.region.schools.models import SchoolClass

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return make_seeded_round()


@pytest.fixture
def visitor(round_: Round) -> Client:
    return coordinator_of(round_.programme.region)


@pytest.fixture
def school_class(round_: Round) -> SchoolClass:
    found = make_round_class(round_)
    round_.programme.schools.add(found.school)
    return found


def test_who_reaches_few_is_listed_by_code_and_leads_to_help(
    visitor: Client, round_: Round, school_class: SchoolClass
) -> None:
    make_slots(round_, 1)
    pupil = make_pupil(school_class=school_class)
    text = visitor.get(f"/runden/{round_.public_id}/erreichbar/?stufe=few").content.decode()
    code = pupil.public_id[:5].upper()
    assert f"Schüler:in {code}" in text
    assert pupil.family_name not in text
    assert f"/festlegungen/?kennung={code}" in text
    assert pupil.public_id in text
    assert "unter 5" in text
    assert (
        "Hier steht niemand"
        in visitor.get(f"/runden/{round_.public_id}/erreichbar/?stufe=enough").content.decode()
    )


def test_the_whole_list_comes_as_a_file_without_names(
    visitor: Client, round_: Round, school_class: SchoolClass
) -> None:
    make_slots(round_, 1)
    pupil = make_pupil(school_class=school_class)
    answer = visitor.get(f"/runden/{round_.public_id}/erreichbar/?als=csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0].startswith("Kennung;Jahrgang;erreichbare Angebote")
    assert lines[1].startswith(f"{pupil.public_id[:5].upper()};{school_class.grade};1;0;0;0;")
    assert pupil.family_name not in answer.content.decode()


def test_a_click_reminds_the_teacher_once_a_day(
    visitor: Client, round_: Round, school_class: SchoolClass
) -> None:
    teacher = make_class_teacher(school_class=school_class).user
    entry = make_list(round_, make_slots(round_, 1), school_class=school_class, submitted_at=None)
    address = f"/runden/{round_.public_id}/klassen/"
    text = visitor.get(address).content.decode()
    assert "1 von 1" in text
    assert teacher.display_name in text
    assert entry.pupil.family_name not in text

    remind = f"{address}{school_class.public_id}/erinnern/"
    assert "bekommen eine Mail" in visitor.post(remind, follow=True).content.decode()
    assert "schon erinnert" in visitor.post(remind, follow=True).content.decode()
    assert [mail.to_user for mail in OutboxMail.objects.all()] == [teacher]
    log = visitor.get(f"/runden/{round_.public_id}/").content.decode()
    assert "Lehrkräfte an Wünsche erinnert" in log


def test_a_class_of_another_region_cannot_be_reminded(visitor: Client, round_: Round) -> None:
    other = make_round_class(make_seeded_round())
    make_class_teacher(school_class=other)
    answer = visitor.post(f"/runden/{round_.public_id}/klassen/{other.public_id}/erinnern/")
    assert answer.status_code in (302, 404)
    assert not OutboxMail.objects.exists()
