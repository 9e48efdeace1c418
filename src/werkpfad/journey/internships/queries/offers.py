"""Which offers somebody may manage, and how full they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.core.text import search_text, tokens
from werkpfad.base.occupations.models import Occupation
from werkpfad.journey.internships.enums import OfferStatus, ProgrammeKind, ProgrammeStatus
from werkpfad.journey.internships.models import Offer, Programme, Slot
from werkpfad.journey.internships.queries.programmes import days_of
from werkpfad.journey.internships.rules import OfferPlace, OfferText, OfferTimes, SeatFrame
from werkpfad.region.network.enums import OrganisationKind, OrganisationStatus
from werkpfad.region.network.models import Organisation


@dataclass(frozen=True, slots=True)
class ProgrammeSeats:
    """A programme with every place in it where an offer may have seats."""

    programme: Programme
    frames: tuple[SeatFrame, ...]


@dataclass(frozen=True, slots=True)
class OfferFigures:
    """How many offers a list holds, and their seats from today on."""

    offers: int
    published: int
    paused: int
    seats: int
    taken: int


def visible_offers(grants: Grants) -> QuerySet[Offer]:
    """Offers one may manage: those of one's own companies, or all of a region one coordinates."""
    return Offer.objects.filter(
        Q(organisation__in=grants.organisations_with(Permission.MANAGE_OFFERS))
        | Q(region__in=grants.regions_with(Permission.MANAGE_ORGANISATIONS))
    ).select_related("organisation__region", "site", "main_field", "occupation")


def companies_to_offer_for(grants: Grants) -> QuerySet[Organisation]:
    """Companies for which one may put up offers."""
    return (
        Organisation.objects.filter(
            Q(pk__in=grants.organisations_with(Permission.MANAGE_OFFERS))
            | Q(region__in=grants.regions_with(Permission.MANAGE_ORGANISATIONS)),
            kind=OrganisationKind.COMPANY,
        )
        .exclude(status__in=(OrganisationStatus.BLOCKED, OrganisationStatus.MERGED))
        .select_related("region")
        .order_by("name", "pk")
    )


def with_seats(
    offers: QuerySet[Offer], *, today: date, programme: Programme | None = None
) -> QuerySet[Offer]:
    """Annotates `seat_count`, `taken_count` and `last_slot_day` over slots from today on; one query."""
    slots = Slot.objects.filter(offer=OuterRef("pk"), last_day__gte=today)
    if programme is not None:
        slots = slots.filter(programme=programme)
    grouped = slots.order_by().values("offer")

    def total(name: str) -> Coalesce:
        summed = grouped.annotate(n=Sum(name)).values("n")
        return Coalesce(Subquery(summed, output_field=IntegerField()), 0)

    return offers.annotate(
        seat_count=total("capacity"),
        taken_count=total("taken"),
        last_slot_day=Subquery(grouped.annotate(day=Max("last_day")).values("day")),
    )


def filtered_offers(
    offers: QuerySet[Offer], *, words: str = "", status: str = "", field: str = "", seats: str = ""
) -> QuerySet[Offer]:
    """Narrow rows that `with_seats` annotated. `seats`: "empty", "free", "full" or "none" (without seats)."""
    for token in tokens(words):
        offers = offers.filter(search_text__contains=token)
    if status:
        offers = offers.filter(status=status)
    if field:
        linked = Offer.fields.through.objects.filter(offer=OuterRef("pk"), field__code=field)
        offers = offers.filter(Q(main_field__code=field) | Exists(linked))
    conditions = {
        "empty": Q(seat_count__gt=0, taken_count=0),
        "free": Q(seat_count__gt=F("taken_count")),
        "full": Q(seat_count__gt=0, seat_count=F("taken_count")),
        "none": Q(seat_count=0),
    }
    return offers.filter(conditions[seats]) if seats else offers


def offer_figures(offers: QuerySet[Offer]) -> OfferFigures:
    """Sums over rows that `with_seats` annotated."""
    sums = offers.order_by().aggregate(
        n=Count("pk"),
        published=Count("pk", filter=Q(status=OfferStatus.PUBLISHED)),
        paused=Count("pk", filter=Q(status=OfferStatus.PAUSED)),
        seats=Coalesce(Sum("seat_count"), 0),
        taken=Coalesce(Sum("taken_count"), 0),
    )
    return OfferFigures(sums["n"], sums["published"], sums["paused"], sums["seats"], sums["taken"])


def programmes_to_offer_in(
    region_id: int, *, today: date, after_deadline: bool
) -> QuerySet[Programme]:
    """Open programmes of the region in which seats may be added today."""
    rows = Programme.objects.filter(
        region=region_id, status=ProgrammeStatus.OPEN, last_day__gte=today
    )
    if not after_deadline:
        rows = rows.filter(offers_until__gte=today)
    return rows.order_by("first_day", "pk").prefetch_related("days")


def seats_of_offer(
    offer: Offer, *, today: date, held: Mapping[int, int] | None = None
) -> list[ProgrammeSeats]:
    """Every open programme of the region, and each in which the offer has seats from today on.

    `held` counts seats in open proposals by slot id; those are known above this room.
    """
    slots = list(Slot.objects.filter(offer=offer).order_by("first_day", "pk"))
    mine = {slot.programme_id for slot in slots}
    programmes = Programme.objects.filter(
        Q(status=ProgrammeStatus.OPEN) | Q(pk__in=mine),
        region=offer.region_id,
        last_day__gte=today,
    )
    rows = programmes.order_by("first_day", "pk").prefetch_related("days")
    return [ProgrammeSeats(p, tuple(_frames(p, slots, held or {}))) for p in rows]


def _frames(programme: Programme, slots: list[Slot], held: Mapping[int, int]) -> list[SeatFrame]:
    here = [slot for slot in slots if slot.programme_id == programme.pk]
    if programme.kind != ProgrammeKind.WEEK:
        slot = here[0] if here else None
        return [_frame(programme, programme.first_day, programme.last_day, slot, held)]
    by_day = {slot.first_day: slot for slot in here}
    days = sorted({*days_of(programme), *by_day})
    return [_frame(programme, day, day, by_day.get(day), held) for day in days]


def _frame(
    programme: Programme, first: date, last: date, slot: Slot | None, held: Mapping[int, int]
) -> SeatFrame:
    day = f"_{first:%Y%m%d}" if programme.kind == ProgrammeKind.WEEK else ""
    return SeatFrame(
        key=f"seats_{programme.public_id}{day}",
        programme_id=programme.pk,
        first_day=first,
        last_day=last,
        offers_until=programme.offers_until,
        is_open=programme.status == ProgrammeStatus.OPEN,
        slot_id=slot.pk if slot else None,
        capacity=slot.capacity if slot else 0,
        taken=slot.taken if slot else 0,
        held=held.get(slot.pk, 0) if slot else 0,
    )


def coming_seats(offer: Offer, *, today: date) -> int:
    """Seats in open programmes from today on."""
    found = Slot.objects.filter(
        offer=offer, programme__status=ProgrammeStatus.OPEN, last_day__gte=today
    ).aggregate(n=Sum("capacity"))
    return found["n"] or 0


def text_of(offer: Offer) -> OfferText:
    other = offer.fields.exclude(pk=offer.main_field_id).order_by("position", "pk")
    return OfferText(
        main_field=offer.main_field.code,
        title=offer.title,
        description=offer.description,
        activities=offer.activities,
        other_fields=tuple(other.values_list("code", flat=True)),
        occupation=offer.occupation.code if offer.occupation else "",
    )


def times_of(offer: Offer) -> OfferTimes:
    return OfferTimes(offer.starts_at, offer.ends_at, offer.min_age, offer.is_group)


def place_of(offer: Offer) -> OfferPlace:
    return OfferPlace(
        site=offer.site.public_id,
        contact_name=offer.contact_name,
        contact_email=offer.contact_email,
        contact_phone=offer.contact_phone,
        bring=offer.bring,
        accessibility=tuple(offer.accessibility),
        languages=offer.languages,
    )


def words_of(offer: Offer) -> str:
    """Everything the search looks at, as index tokens."""
    occupation: Occupation | None = offer.occupation
    return search_text(
        offer.title,
        offer.description,
        offer.activities,
        offer.organisation.name,
        offer.main_field.title,
        *offer.fields.values_list("title", flat=True),
        *((occupation.title, occupation.short_title) if occupation else ()),
    )


def finished_offers(*, today: date) -> QuerySet[Offer]:
    """Published or paused offers whose seats all lie in the past; those without any seat stay."""
    return (
        Offer.objects.filter(status__in=(OfferStatus.PUBLISHED, OfferStatus.PAUSED))
        .annotate(ends_on=Max("slots__last_day"))
        .filter(ends_on__lt=today)
    )


def offers_to_resume(*, today: date) -> QuerySet[Offer]:
    """Paused offers whose last day of pause is over."""
    return Offer.objects.filter(status=OfferStatus.PAUSED, paused_until__lt=today)


def offers_moved() -> QuerySet[Offer]:
    """Offers whose coordinates are no longer those of their site."""
    return Offer.objects.exclude(
        Q(lat=F("site__lat"), lon=F("site__lon")) | Q(lat=None, lon=None, site__lat=None)
    ).filter(Q(lat__isnull=False) | Q(site__lat__isnull=False))
