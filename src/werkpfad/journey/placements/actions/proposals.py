"""How placements come about: an accepted application, a run's result, or the coordination by hand."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import Actor
from werkpfad.base.core.days import day_of, end_of_day
from werkpfad.journey.applications.actions import close
from werkpfad.journey.applications.law import check
from werkpfad.journey.applications.models import Application
from werkpfad.journey.applications.notices import LINK_VALID_FOR
from werkpfad.journey.applications.queries import answer_addresses, approving_people, case_of
from werkpfad.journey.applications.rules import Event as ApplicationEvent
from werkpfad.journey.applications.rules import answer_deadline
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.matching.actions import mark_fill_published, mark_run_published
from werkpfad.journey.matching.enums import RunKind
from werkpfad.journey.matching.models import Proposal, Run
from werkpfad.journey.placements import notices
from werkpfad.journey.placements.actions.answers import Answered, answer
from werkpfad.journey.placements.actions.telling import company_link, tell_school
from werkpfad.journey.placements.enums import ACTIVE, SEATED, PlacementState, Side, Source
from werkpfad.journey.placements.models import Consent, Placement
from werkpfad.journey.placements.queries import excluded_by, stretch_of, with_details
from werkpfad.journey.placements.rules import excludes, exclusive_key, has_seat
from werkpfad.region.network.models import Organisation, Region
from werkpfad.region.notifications.actions import notify
from werkpfad.region.schools.models import Pupil


class CannotPropose(Exception):
    """The placement is not possible; `sentences` say why, in German, for the screen."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing a run led to: placements made, and proposals left out by reason."""

    created: int
    skipped: Counter[str]


@transaction.atomic
def propose_from_application(*, application: Application, by: Actor, at: datetime) -> Answered:
    """The company accepts: the application closes, a placement begins with the company's yes.

    A repeat returns the placement that exists. Raises `CannotPropose`, or `applications.rules.NotPossible`.
    """
    Pupil.objects.select_for_update(of=("self",)).get(pk=application.pupil_id)
    existing = Placement.objects.filter(application=application).first()
    if existing is not None:
        return answer(placement=existing, side=Side.COMPANY, yes=True, by=by, at=at)
    accepted = close(application=application, event=ApplicationEvent.ACCEPT, by=by, at=at)
    placement = _propose(
        accepted.pupil, accepted.slot, Source.APPLICATION, by=by, at=at, application=accepted
    )
    done = answer(placement=placement, side=Side.COMPANY, yes=True, by=by, at=at)
    tell_school(done.placement, notices.to_approve(done.placement), at=at)
    return done


@transaction.atomic
def propose_manually(*, pupil: Pupil, slot: Slot, by: Actor, at: datetime) -> Placement:
    """The coordination brings a pupil and a free seat together; all three sides are asked. Raises `CannotPropose`."""
    Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    placement = _propose(pupil, slot, Source.MANUAL, by=by, at=at)
    row = with_details(Placement.objects.all()).get(pk=placement.pk)
    tell_school(row, notices.to_approve(row), at=at)
    _ask_companies([row], at=at)
    return row


def _propose(
    pupil: Pupil,
    slot: Slot,
    source: Source,
    *,
    by: Actor,
    at: datetime,
    application: Application | None = None,
) -> Placement:
    verdict = check(case_of(pupil, slot))
    if verdict.is_blocked:
        raise CannotPropose(*(f.sentence for f in verdict.findings if f.outcome == "blocked"))
    if not has_seat(capacity=slot.capacity, taken=slot.taken):
        raise CannotPropose("Alle Plätze sind vergeben.")
    if excluded_by(pupil, slot, SEATED):
        raise CannotPropose("Für diese Zeit gibt es schon einen bestätigten Platz.")
    if Placement.objects.filter(pupil=pupil, slot=slot, state__in=ACTIVE).exists():
        raise CannotPropose("Dieser Platz ist schon vorgeschlagen.")
    placement, consents = _new(pupil, slot, source, at=at, application=application)
    placement.save()
    Consent.objects.bulk_create(consents)
    _record_proposed(placement, slot.programme.region_id, by=by, at=at)
    return placement


def _new(
    pupil: Pupil,
    slot: Slot,
    source: Source,
    *,
    at: datetime,
    application: Application | None = None,
    proposal: Proposal | None = None,
) -> tuple[Placement, list[Consent]]:
    """An unsaved placement and its three open answers with their deadlines."""
    due = _deadlines(slot, at=at)
    if proposal is not None:
        latest = end_of_day(_last_day_to_answer(proposal.run))
        due = {side: max(min(day, latest), at) for side, day in due.items()}
    placement = Placement(
        pupil=pupil,
        slot=slot,
        source=source,
        application=application,
        proposal=proposal,
        proposed_at=at,
        answer_by=max(due.values()),
        exclusive_key=exclusive_key(
            PlacementState.PROPOSED,
            kind=slot.programme.kind,
            programme_id=slot.programme_id,
            pupil_id=pupil.pk,
            slot_id=slot.pk,
            first_day=slot.first_day,
        ),
    )
    return placement, [Consent(placement=placement, side=s, due_at=d) for s, d in due.items()]


def _last_day_to_answer(run: Run) -> date:
    round_ = run.round
    if run.kind == RunKind.FILL and round_.leftovers_until is not None:
        return round_.leftovers_until
    return round_.confirm_until


def _deadlines(slot: Slot, *, at: datetime) -> dict[Side, datetime]:
    """Each side's deadline in working days of the region's state."""
    region = slot.programme.region
    days = {
        Side.COMPANY: region.company_answer_days,
        Side.PUPIL: region.pupil_answer_days,
        Side.SCHOOL: region.school_answer_days,
    }
    return {
        side: answer_deadline(at, working_days=count, state=region.state, first_day=slot.first_day)
        for side, count in days.items()
    }


def _record_proposed(placement: Placement, region_id: int, *, by: Actor, at: datetime) -> None:
    record(
        "placement.proposed",
        by=by,
        at=at,
        obj=placement,
        region_id=region_id,
        source=str(placement.source),
    )


@transaction.atomic
def publish_run(*, run: Run, by: Actor, at: datetime) -> Published:
    """Turn a run's proposals into placements and tell companies and schools, each in one mail.

    Left out are pupils who meanwhile have a place or the same proposal, seats that are gone, and what the law blocks.
    Raises what `matching.actions.mark_run_published` raises when the run cannot be published.
    """
    mark_run_published(run=run, by=by, at=at)
    return _make_placements(run, by=by, at=at)


@transaction.atomic
def publish_fill(*, run: Run, by: Actor, at: datetime) -> Published:
    """Turn what a fill-up adds into placements, as `publish_run` does; whatever stands by then stays as it is.

    Raises what `matching.actions.mark_fill_published` raises.
    """
    mark_fill_published(run=run, by=by, at=at)
    return _make_placements(run, by=by, at=at)


def _make_placements(run: Run, *, by: Actor, at: datetime) -> Published:
    proposals = list(
        Proposal.objects.filter(run=run, slot__isnull=False)
        .select_related(
            "run__round",
            "entry__pupil__school_class__school__organisation",
            "slot__programme__region",
            "slot__offer__organisation",
        )
        .order_by("pk")
    )
    pupil_ids = [p.entry.pupil_id for p in proposals]
    lock_pupils(pupil_ids)
    taken = _active_of(pupil_ids)
    seats = _free_seats({_slot(p).pk for p in proposals})
    made: list[tuple[Placement, list[Consent]]] = []
    skipped: Counter[str] = Counter()
    for proposal in proposals:
        slot = _slot(proposal)
        obstacle = _obstacle(proposal, taken[proposal.entry.pupil_id], seats[slot.pk])
        if obstacle:
            skipped[obstacle] += 1
            continue
        seats[slot.pk] -= 1
        made.append(_new(proposal.entry.pupil, slot, Source.ROUND, at=at, proposal=proposal))
    Placement.objects.bulk_create([placement for placement, _ in made])
    Consent.objects.bulk_create([consent for _, consents in made for consent in consents])
    for placement, _ in made:
        _record_proposed(placement, placement.slot.programme.region_id, by=by, at=at)
    placements = [placement for placement, _ in made]
    _ask_companies(placements, at=at)
    _ask_schools(placements, run, at=at)
    return Published(len(made), skipped)


def lock_pupils(pupil_ids: Iterable[int]) -> None:
    """Whoever answers for one of these pupils waits; in one order, so that nobody waits in a circle."""
    list(Pupil.objects.select_for_update(of=("self",)).filter(pk__in=set(pupil_ids)).order_by("pk"))


def _free_seats(slot_ids: Collection[int]) -> Counter[int]:
    """Seats by slot that are neither taken nor proposed to somebody, as they are now."""
    seats = Counter(
        {
            pk: capacity - taken
            for pk, capacity, taken in Slot.objects.filter(pk__in=slot_ids).values_list(
                "pk", "capacity", "taken"
            )
        }
    )
    proposed = Placement.objects.filter(slot__in=slot_ids, state=PlacementState.PROPOSED)
    seats.subtract(proposed.values_list("slot_id", flat=True))
    return seats


def _slot(proposal: Proposal) -> Slot:
    if proposal.slot is None:
        raise ValueError("a proposal without slot makes no placement")
    return proposal.slot


def _active_of(pupil_ids: list[int]) -> dict[int, list[Placement]]:
    """Active placements by pupil, in one query."""
    rows = Placement.objects.filter(pupil__in=pupil_ids, state__in=ACTIVE).select_related(
        "slot__programme"
    )
    found: dict[int, list[Placement]] = defaultdict(list)
    for row in rows:
        found[row.pupil_id].append(row)
    return found


def _obstacle(proposal: Proposal, active: list[Placement], seats: int) -> str:
    """Why a proposal makes no placement; empty if nothing stands in the way.

    A round's result may stand beside other proposals, the pupil chooses; a fill-up is for those who have none.
    """
    slot = _slot(proposal)
    if any(p.slot_id == slot.pk for p in active):
        return "same_place"
    is_fill = proposal.run.kind == RunKind.FILL
    standing = [p for p in active if is_fill or p.state in SEATED]
    if any(excludes(stretch_of(slot), stretch_of(p.slot)) for p in standing):
        return "other_place"
    if seats < 1:
        return "full"
    return "law" if check(case_of(proposal.entry.pupil, slot)).is_blocked else ""


def _ask_companies(placements: list[Placement], *, at: datetime) -> None:
    """One mail with one link per company and address, however many pupils are proposed."""
    groups: dict[tuple[int, str], list[Placement]] = defaultdict(list)
    addresses: dict[int, list[str]] = {}
    for placement in placements:
        offer = placement.slot.offer
        if offer.pk not in addresses:
            addresses[offer.pk] = answer_addresses(offer, today=day_of(at))
        for email in addresses[offer.pk]:
            groups[offer.organisation_id, email].append(placement)
    for (_, email), rows in groups.items():
        organisation: Organisation = rows[0].slot.offer.organisation
        region: Region = rows[0].slot.programme.region
        token = company_link(organisation, email, at=at, valid_for=LINK_VALID_FOR)
        notify(
            notices.proposed(rows, token=token),
            at=at,
            region=region,
            to_email=email,
            organisation=organisation,
        )


def _ask_schools(placements: list[Placement], run: Run, *, at: datetime) -> None:
    """One mail per teacher with the number of pupils to look at."""
    per_class: dict[int, list[Placement]] = defaultdict(list)
    for placement in placements:
        per_class[placement.pupil.school_class_id].append(placement)
    for rows in per_class.values():
        school_class = rows[0].pupil.school_class
        organisation = school_class.school.organisation
        for user in approving_people(rows[0].pupil, today=day_of(at)):
            notify(
                notices.round_for_class(school_class, len(rows), run),
                at=at,
                region=rows[0].slot.programme.region,
                to_user=user,
                organisation=organisation,
            )
