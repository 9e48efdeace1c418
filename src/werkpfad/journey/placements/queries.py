"""Which placements somebody sees, what waits for whom, and what excludes what."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.core.models import AuditEvent
from werkpfad.base.core.school_year import working_days
from werkpfad.journey.applications.queries import (
    CARD_PATHS,
    CARD_TABLES,
    open_applications,
)
from werkpfad.journey.internships.enums import ProgrammeKind
from werkpfad.journey.internships.models import Programme, Slot
from werkpfad.journey.internships.queries import open_slots, pupils_of
from werkpfad.journey.matching.enums import RoundPhase, RunKind, RunStatus
from werkpfad.journey.matching.models import Run
from werkpfad.journey.matching.queries import phase_of
from werkpfad.journey.placements.enums import ACTIVE, SEATED, Answer, PlacementState, Side
from werkpfad.journey.placements.models import (
    Attendance,
    Certificate,
    Consent,
    DaysCertificate,
    Feedback,
    Placement,
)
from werkpfad.journey.placements.rules import Said, Stretch, excludes
from werkpfad.region.network.models import Organisation
from werkpfad.region.schools.models import Pupil
from werkpfad.region.schools.queries import visible_pupils


def visible_placements(grants: Grants) -> QuerySet[Placement]:
    """Those of one's company, one's own or one's pupils', and (without names) those of a region one steers."""
    regions = grants.regions_with(Permission.MANAGE_PROGRAMMES)
    return Placement.objects.filter(
        Q(slot__offer__organisation__in=_companies_of(grants))
        | Q(slot__programme__region__in=regions)
        | Q(pupil__in=visible_pupils(grants))
    )


def company_placements(grants: Grants) -> QuerySet[Placement]:
    """Those one may answer or record for as a member of the company."""
    return Placement.objects.filter(slot__offer__organisation__in=_companies_of(grants))


def _companies_of(grants: Grants) -> frozenset[int]:
    """Primary keys of the companies for which one answers or records attendance."""
    return grants.organisations_with(Permission.ANSWER_REQUESTS) | grants.organisations_with(
        Permission.RECORD_ATTENDANCE
    )


def school_placements(grants: Grants) -> QuerySet[Placement]:
    """Those of one's classes or school that one may approve."""
    schools = grants.organisations_with(Permission.APPROVE_PLACEMENTS)
    return Placement.objects.filter(
        pupil__in=visible_pupils(grants), pupil__school_class__school__organisation__in=schools
    )


def with_details(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Everything a line of a list shows: two queries, whatever its length."""
    return placements.select_related(
        "pupil__school_class__school__organisation",
        "slot__programme__region",
        "slot__offer__organisation",
        "slot__offer__site",
        "slot__offer__main_field",
        "application",
    ).prefetch_related(Prefetch("consents", Consent.objects.order_by("pk")))


def for_cards(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Only what a company's card shows: two queries, whatever its length."""
    own = (field.name for field in Placement._meta.concrete_fields)
    consents = Consent.objects.only("placement", "side", "answer", "due_at").order_by("pk")
    return (
        placements.select_related(*CARD_TABLES, "application")
        .only(*own, *CARD_PATHS, "application__message")
        .prefetch_related(Prefetch("consents", consents))
    )


def answers_by_link(offers: Iterable[int]) -> QuerySet[Placement]:
    """Placements in the offers for which the address of an opened mail link answers today."""
    return Placement.objects.filter(slot__offer__in=tuple(offers))


def waiting_for(side: Side, placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Proposed placements on which `side` has not answered, earliest deadline first."""
    return placements.filter(
        Exists(Consent.objects.filter(placement=OuterRef("pk"), side=side, answer=Answer.OPEN)),
        state=PlacementState.PROPOSED,
    ).order_by("answer_by", "pk")


def requests_waiting(company: Organisation) -> int:
    """How many applications and proposals wait for this company's answer."""
    applications = open_applications().filter(slot__offer__organisation=company)
    proposals = Placement.objects.filter(slot__offer__organisation=company)
    return applications.count() + waiting_for(Side.COMPANY, proposals).count()


def said(placement: Placement) -> list[Said]:
    """The three answers as values, for the rules; uses prefetched rows."""
    return [Said(c.side, c.answer, c.due_at) for c in placement.consents.all()]


def stretch_of(slot: Slot) -> Stretch:
    programme = slot.programme
    return Stretch(programme.kind, programme.pk, slot.first_day, slot.last_day)


def excluded_by(pupil: Pupil, slot: Slot, states: Iterable[str]) -> list[Placement]:
    """The pupil's other placements in `states` that cannot go together with `slot`."""
    rows = (
        Placement.objects.filter(pupil=pupil, state__in=list(states))
        .exclude(slot=slot)
        .select_related("slot__programme__region", "slot__offer__organisation")
        .order_by("pk")
    )
    wanted = stretch_of(slot)
    return [row for row in rows if excludes(wanted, stretch_of(row.slot))]


def has_something_in(pupil: Pupil, programme: Programme) -> bool:
    """Whether the pupil has a place in the programme, or is asked about one."""
    mine = Placement.objects.filter(pupil=pupil, slot__programme=programme, state__in=ACTIVE)
    return mine.exists()


def has_place_at(pupil: Pupil, slot: Slot) -> bool:
    """Whether a confirmed placement of the pupil is this slot or excludes it."""
    own = Placement.objects.filter(pupil=pupil, slot=slot, state__in=SEATED).exists()
    return own or bool(excluded_by(pupil, slot, SEATED))


def excluded_application_slots(pupil: Pupil, slot: Slot) -> list[int]:
    """Slots of the pupil's open applications that cannot go together with `slot`, itself included."""
    rows = open_applications().filter(pupil=pupil).select_related("slot__programme")
    wanted = stretch_of(slot)
    return [
        row.slot_id
        for row in rows
        if row.slot_id == slot.pk or excludes(wanted, stretch_of(row.slot))
    ]


def overdue_placements(*, at: datetime) -> QuerySet[Placement]:
    """Proposed ones of which a side has let its deadline pass."""
    late = Consent.objects.filter(placement=OuterRef("pk"), answer=Answer.OPEN, due_at__lte=at)
    return Placement.objects.filter(Exists(late), state=PlacementState.PROPOSED).order_by("pk")


def finished_placements(*, today: date) -> QuerySet[Placement]:
    """Confirmed ones whose last day has passed."""
    return Placement.objects.filter(
        state=PlacementState.CONFIRMED, slot__last_day__lt=today
    ).order_by("pk")


def present_on(day: date, placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Whoever is expected on `day`, by time and first name."""
    return placements.filter(
        state__in=SEATED, slot__first_day__lte=day, slot__last_day__gte=day
    ).order_by("slot__offer__starts_at", "pupil__given_name", "pk")


def history(placement: Placement) -> QuerySet[AuditEvent]:
    """What happened to a placement, oldest first."""
    return AuditEvent.objects.filter(
        object_kind=placement._meta.label_lower, object_id=placement.public_id
    ).order_by("at", "pk")


def certificate_by_code(code: str) -> Certificate | None:
    return Certificate.objects.select_related("placement__slot").filter(code=code.strip()).first()


def days_of(placement: Placement) -> list[date]:
    """Monday to Friday of the placement without public holidays; a single day always counts."""
    slot = placement.slot
    if slot.first_day == slot.last_day:
        return [slot.first_day]
    return working_days(slot.first_day, slot.last_day, slot.programme.region.state)


def unanswered_days(placement: Placement) -> list[date]:
    """Days of the placement for which nobody has said who was there; uses prefetched rows."""
    known = {row.day for row in placement.attendances.all()}
    return [day for day in days_of(placement) if day not in known]


def without_feedback(
    side: Side, placements: QuerySet[Placement], *, today: date
) -> QuerySet[Placement]:
    """Placements that are over and on which `side` has not given its feedback, oldest first."""
    given = Feedback.objects.filter(placement=OuterRef("pk"), side=side)
    return placements.filter(~Exists(given), state__in=SEATED, slot__last_day__lte=today).order_by(
        "slot__last_day", "pk"
    )


def with_school_deadline(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Adds `school_due`: until when the school should answer."""
    due = Consent.objects.filter(placement=OuterRef("pk"), side=Side.SCHOOL).values("due_at")
    return placements.annotate(school_due=Subquery(due[:1]))


def with_papers(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Adds certificate, feedback and attendance, whatever the number of rows."""
    return placements.select_related("certificate").prefetch_related(
        Prefetch("feedback", Feedback.objects.order_by("pk")),
        Prefetch("attendances", Attendance.objects.order_by("day")),
    )


def pupils_without_place(programme: Programme, *, today: date) -> QuerySet[Pupil]:
    """Those who take part and have neither a confirmed place nor a proposal."""
    active = Placement.objects.filter(
        pupil=OuterRef("pk"), slot__programme=programme, state__in=ACTIVE
    )
    pupils = pupils_of(programme, today=today).filter(~Exists(active))
    return pupils.select_related("school_class__school__organisation__region")


def may_be_withdrawn(run: Run, *, today: date) -> bool:
    """Whether a published result can still be taken back: nobody has said yes, and the time to confirm is not over."""
    if run.kind != RunKind.FINAL or run.status != RunStatus.PUBLISHED:
        return False
    if phase_of(run.round, today=today) != RoundPhase.PUBLISHED:
        return False
    return not Consent.objects.filter(placement__proposal__run=run, answer=Answer.YES).exists()


def free_slots(programme: Programme, *, today: date) -> QuerySet[Slot]:
    """Open slots with seats left that have not begun."""
    return (
        open_slots(programme)
        .filter(taken__lt=F("capacity"), first_day__gt=today)
        .select_related("programme__region", "offer__organisation", "offer__site")
        .order_by("pk")
    )


def certified_days(pupil: Pupil, programme: Programme) -> QuerySet[Certificate]:
    """Valid certificates of the pupil's single days in a week."""
    return (
        Certificate.objects.filter(
            placement__pupil=pupil,
            placement__slot__programme=programme,
            placement__slot__programme__kind=ProgrammeKind.WEEK,
            revoked_at__isnull=True,
        )
        .select_related("placement__slot__offer")
        .order_by("placement__slot__first_day", "pk")
    )


def days_certificate_by_code(code: str) -> DaysCertificate | None:
    return DaysCertificate.objects.filter(code=code.strip()).first()


def days_still_hold(sheet: DaysCertificate) -> bool:
    """Whether each day on a sum sheet is still attested."""
    ids = [row["certificate"] for row in sheet.content["days"]]
    valid = Certificate.objects.filter(public_id__in=ids, revoked_at__isnull=True).count()
    return valid == len(ids)
