"""Which applications somebody sees, and whom a company's answers come from."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.roles import ROLES
from werkpfad.journey.applications.enums import ApplicationState
from werkpfad.journey.applications.law import Case
from werkpfad.journey.applications.models import Application
from werkpfad.journey.applications.rules import Applicant, Target
from werkpfad.journey.internships.models import Offer, Slot
from werkpfad.region.network.enums import OrganisationStatus
from werkpfad.region.network.models import Membership, Organisation
from werkpfad.region.schools.models import ClassTeacher, Pupil
from werkpfad.region.schools.queries import visible_pupils

ANSWERING_ROLES = tuple(
    code for code, role in ROLES.items() if Permission.ANSWER_REQUESTS in role.permissions
)
APPROVING_ROLES = tuple(
    code for code, role in ROLES.items() if Permission.APPROVE_PLACEMENTS in role.permissions
)


def visible_applications(grants: Grants) -> QuerySet[Application]:
    """One's own, one's pupils', and those on offers of one's company."""
    companies = grants.organisations_with(Permission.ANSWER_REQUESTS)
    return Application.objects.filter(
        Q(slot__offer__organisation__in=companies) | Q(pupil__in=visible_pupils(grants))
    )


def with_details(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Everything a line of a list shows, in one query."""
    return applications.select_related(
        "pupil__school_class__school__organisation",
        "slot__programme__region",
        "slot__offer__organisation",
        "slot__offer__site",
        "slot__offer__main_field",
    )


# What a company reads of a request, besides the row itself: a fifth of the columns behind it.
CARD_PATHS = (
    "pupil__public_id",
    "pupil__given_name",
    "pupil__family_name",
    "pupil__birth_date",
    "pupil__home_postal_code",
    "pupil__home_place",
    "pupil__school_class__name",
    "pupil__school_class__grade",
    "pupil__school_class__school__organisation__name",
    "slot__first_day",
    "slot__last_day",
    "slot__offer__public_id",
    "slot__offer__title",
    "slot__offer__organisation__name",
    "slot__offer__site__place_name",
    "slot__offer__main_field__code",
)
CARD_TABLES = (
    "pupil__school_class__school__organisation",
    "slot__offer__organisation",
    "slot__offer__site",
    "slot__offer__main_field",
)


def for_cards(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Only what a card shows, in one query."""
    own = (field.name for field in Application._meta.concrete_fields)
    return applications.select_related(*CARD_TABLES).only(*own, *CARD_PATHS)


def open_applications() -> QuerySet[Application]:
    return Application.objects.filter(state=ApplicationState.OPEN)


def overdue_applications(*, at: datetime) -> QuerySet[Application]:
    return open_applications().filter(decide_by__lte=at).order_by("decide_by", "pk")


def applicant_of(pupil: Pupil, *, has_place: bool) -> Applicant:
    """What the rules need to know of a pupil; one query for the open applications."""
    slots = open_applications().filter(pupil=pupil).values_list("slot_id", flat=True)
    return Applicant(
        birth_date=pupil.birth_date,
        grade=pupil.school_class.grade,
        school_id=pupil.school_class.school_id,
        open_slots=frozenset(slots),
        has_place=has_place,
    )


def target_of(slot: Slot, *, is_leftover: bool = False) -> Target:
    """What the rules need to know of a slot; one query for the programme's schools.

    In the leftover market every seat is open to direct applications.
    """
    programme, offer = slot.programme, slot.offer
    return Target(
        slot_id=slot.pk,
        first_day=slot.first_day,
        programme_status=programme.status,
        accepts_direct=programme.accepts_direct or is_leftover,
        offer_status=offer.status,
        paused_until=offer.paused_until,
        min_age=max(programme.min_age, offer.min_age),
        grades=frozenset(programme.grades),
        school_ids=frozenset(programme.schools.values_list("pk", flat=True)),
        seats_free=slot.capacity - slot.taken,
        is_active=offer.organisation.status == OrganisationStatus.ACTIVE,
    )


def case_of(pupil: Pupil, slot: Slot) -> Case:
    """The legal case of one pupil in one slot."""
    programme, offer = slot.programme, slot.offer
    return Case(
        birth_date=pupil.birth_date,
        is_full_time_compulsory=pupil.is_full_time_compulsory,
        is_school_event=programme.is_school_event,
        first_day=slot.first_day,
        last_day=slot.last_day,
        state=programme.region.state,
        min_age=max(programme.min_age, offer.min_age),
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
    )


def _running(memberships: QuerySet[Membership], today: date) -> QuerySet[Membership]:
    return memberships.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=today),
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
        user__is_active=True,
    ).select_related("user")


def answering_people(organisation: Organisation | int, *, today: date) -> list[User]:
    """Members of a company who may answer requests today."""
    members = Membership.objects.filter(organisation=organisation, role__in=ANSWERING_ROLES)
    return [membership.user for membership in _running(members, today).order_by("pk")]


def answer_addresses(offer: Offer, *, today: date) -> list[str]:
    """Where requests for an offer go: its contact's address, else everybody who may answer for the company."""
    if offer.contact_email:
        return [offer.contact_email.strip().lower()]
    people = answering_people(offer.organisation_id, today=today)
    return sorted({user.email for user in people if user.email})


def offers_answered_by(organisation: Organisation, email: str, *, today: date) -> QuerySet[Offer]:
    """Offers whose requests a link to `email` may answer today; an address that changed opens nothing."""
    offers = Q(contact_email__iexact=email)
    if email in {user.email for user in answering_people(organisation, today=today)}:
        offers |= Q(contact_email="")
    return Offer.objects.filter(offers, organisation=organisation)


def approving_people(pupil: Pupil, *, today: date) -> list[User]:
    """Teachers of the pupil's class; without any, the people of the school who may approve."""
    teachers = [
        row.user
        for row in ClassTeacher.objects.filter(
            school_class=pupil.school_class_id, user__is_active=True
        ).select_related("user")
    ]
    if teachers:
        return teachers
    members = Membership.objects.filter(
        organisation=pupil.school_class.school.organisation_id, role__in=APPROVING_ROLES
    )
    return unique_people(m.user for m in _running(members, today).order_by("pk"))


def unique_people(people: Iterable[User]) -> list[User]:
    return list({user.pk: user for user in people}.values())
