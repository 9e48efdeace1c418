"""What the leftover market tells on its first and on its last days: schools who is left, companies what is free."""

from collections import Counter, defaultdict
from datetime import date, datetime

from django.db import transaction

from werkpfad.base.core.days import day_of
from werkpfad.base.core.school_year import working_days_left
from werkpfad.journey.applications.queries import answer_addresses
from werkpfad.journey.matching.actions import REMIND_BEFORE, first_time
from werkpfad.journey.matching.models import Round
from werkpfad.journey.matching.queries import rounds_in_leftovers
from werkpfad.journey.placements import notices
from werkpfad.journey.placements.actions.telling import tell_coordination
from werkpfad.journey.placements.queries import free_slots, pupils_without_place
from werkpfad.journey.placements.standing import occupied_in
from werkpfad.region.network.models import Organisation
from werkpfad.region.notifications.actions import notify
from werkpfad.region.notifications.notice import Notice
from werkpfad.region.schools.models import ClassTeacher, SchoolClass


def tell_of_leftovers(*, at: datetime) -> None:
    """When a leftover market begins, and shortly before it ends; each once for its date, safe to repeat."""
    today = day_of(at)
    for round_ in rounds_in_leftovers(today=today):
        _begin(round_, at=at)
        state = round_.programme.region.state
        until = round_.leftovers_until or today
        if working_days_left(today, until, state) <= REMIND_BEFORE:
            _remind(round_, until, at=at)


@transaction.atomic
def _begin(round_: Round, *, at: datetime) -> None:
    """Schools hear who is left, companies are asked once whether their free seats still stand."""
    if not first_time("round_left_begun", round_, at=at, until=str(round_.confirm_until)):
        return
    for school_class, count in _left(round_, today=day_of(at)).items():
        _tell_teachers(school_class, notices.left_begun(school_class, count, round_), round_, at=at)
    for (organisation, email), seats in _free(round_, today=day_of(at)).items():
        notify(
            notices.seats_left(organisation, seats, round_),
            at=at,
            region=round_.programme.region,
            to_email=email,
            organisation=organisation,
        )


@transaction.atomic
def _remind(round_: Round, until: date, *, at: datetime) -> None:
    if not first_time("round_left_reminded", round_, at=at, until=str(until)):
        return
    left = _left(round_, today=day_of(at))
    for school_class, count in left.items():
        _tell_teachers(school_class, notices.left_ends(school_class, count, round_), round_, at=at)
    if left:
        notice = notices.left_ends_region(sum(left.values()), round_)
        tell_coordination(round_.programme.region, notice, at=at)


def _left(round_: Round, *, today: date) -> dict[SchoolClass, int]:
    """How many of each class have nothing yet."""
    pupils = pupils_without_place(round_.programme, today=today)
    pupils = pupils.order_by("school_class_id", "pk")
    return Counter(pupil.school_class for pupil in pupils)


def _free(round_: Round, *, today: date) -> dict[tuple[Organisation, str], int]:
    """Seats that nobody has or is asked about, by company and address."""
    held = occupied_in(round_.programme).seats
    seats: dict[tuple[Organisation, str], int] = defaultdict(int)
    addresses: dict[int, list[str]] = {}
    for slot in free_slots(round_.programme, today=today):
        count = slot.capacity - slot.taken - held.get(slot.pk, 0)
        if count < 1:
            continue
        if slot.offer_id not in addresses:
            addresses[slot.offer_id] = answer_addresses(slot.offer, today=today)
        for email in addresses[slot.offer_id]:
            seats[slot.offer.organisation, email] += count
    return seats


def _tell_teachers(
    school_class: SchoolClass, notice: Notice, round_: Round, *, at: datetime
) -> None:
    teachers = ClassTeacher.objects.filter(school_class=school_class, user__is_active=True)
    for teacher in teachers.select_related("user").order_by("pk"):
        notify(
            notice,
            at=at,
            region=round_.programme.region,
            to_user=teacher.user,
            organisation=school_class.school.organisation,
        )
