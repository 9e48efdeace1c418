"""The demo's companies with their offers and seats."""

from datetime import datetime, time, timedelta
from random import Random
from typing import NamedTuple

from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.text import search_text
from werkpfad.base.occupations.models import Field
from werkpfad.journey.internships.enums import OfferStatus
from werkpfad.journey.internships.models import Offer, Programme, Slot
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import (
    Contact,
    Membership,
    Organisation,
    Region,
    Site,
)
from werkpfad.surface.portal.demo.names import Namer
from werkpfad.surface.portal.demo.region import DemoPlaces, organisation, staff
from werkpfad.surface.portal.demo.trades import ACCESSIBILITY, TRADES, Trade

COMPANIES = 180
OFFERS = 260
SEATS = (1, 1, 1, 2, 2, 2, 3, 3, 4, 5)


class DemoCompany(NamedTuple):
    organisation: Organisation
    site: Site
    trade: Trade
    manager: User


def make_companies(
    region: Region, places: DemoPlaces, random: Random, namer: Namer
) -> list[DemoCompany]:
    """180 companies in all trades, each with a manager; every third has a supervisor of its own."""
    made: list[DemoCompany] = []
    for number in range(COMPANIES):
        trade = TRADES[number % len(TRADES)]
        company, site = organisation(
            region,
            OrganisationKind.COMPANY,
            trade.company.format(name=namer.family()),
            places.pick(random),
            external_key=f"demo-{number + 1:03d}",
            description=trade.description,
        )
        site.street = f"{random.choice(STREETS)} {random.randint(1, 90)}"
        site.lat = round((site.lat or 0) + random.uniform(-0.02, 0.02), 5)
        site.lon = round((site.lon or 0) + random.uniform(-0.03, 0.03), 5)
        manager = staff(namer.given(), namer.family(), address=f"betrieb{number + 1}")
        made.append(DemoCompany(company, site, trade, manager))
    Organisation.objects.bulk_create([c.organisation for c in made])
    Site.objects.bulk_create([c.site for c in made])
    User.objects.bulk_create([c.manager for c in made])
    supervisors = [
        staff(namer.given(), namer.family(), address=f"betreuung{n + 1}")
        for n in range(0, COMPANIES, 3)
    ]
    User.objects.bulk_create(supervisors)
    Membership.objects.bulk_create(
        [
            Membership(
                user=c.manager,
                organisation=c.organisation,
                role=RoleCode.COMPANY_MANAGER,
            )
            for c in made
        ]
        + [
            Membership(
                user=user,
                organisation=made[n * 3].organisation,
                role=RoleCode.SUPERVISOR,
            )
            for n, user in enumerate(supervisors)
        ]
    )
    Contact.objects.bulk_create(
        Contact(
            organisation=c.organisation,
            name=c.manager.display_name,
            function="Ausbildung",
            email=c.manager.email or "",
            phone=f"04141 5550 {200 + n}",
            is_public=n % 2 == 0,
        )
        for n, c in enumerate(made)
    )
    return made


STREETS = (
    "Werkstraße",
    "Am Hafen",
    "Industrieweg",
    "Marktstraße",
    "Bahnhofstraße",
    "Am Deich",
    "Hauptstraße",
    "Gewerbering",
)


def make_offers(companies: list[DemoCompany], random: Random, *, at: datetime) -> list[Offer]:
    """260 offers; most are published, a few are drafts or paused, as in life."""
    fields = {field.code: field for field in Field.objects.all()}
    offers, pairs = [], []
    for number in range(OFFERS):
        company = companies[number % len(companies)]
        trade = company.trade
        status = (
            OfferStatus.DRAFT
            if number % 40 == 39
            else OfferStatus.PAUSED
            if number % 33 == 32
            else OfferStatus.PUBLISHED
        )
        second = number >= len(companies)
        title = f"{trade.title} (2. Gruppe)" if second else trade.title
        start, end = (time.fromisoformat(text) for text in trade.hours)
        offers.append(
            Offer(
                region=company.organisation.region,
                organisation=company.organisation,
                site=company.site,
                status=status,
                title=title,
                description=trade.description,
                activities=trade.activities,
                main_field=fields[trade.field],
                min_age=trade.min_age,
                starts_at=start,
                ends_at=end,
                bring=trade.bring,
                accessibility=list(random.choice(ACCESSIBILITY)),
                contact_name=company.manager.display_name,
                contact_email=company.manager.email or "",
                contact_phone=f"04141 5550 {200 + number % len(companies)}",
                published_at=at
                - timedelta(days=random.randint(12, 90), hours=random.randint(0, 9)),
                lat=company.site.lat,
                lon=company.site.lon,
                search_text=search_text(
                    title,
                    trade.description,
                    trade.activities,
                    company.organisation.name,
                    fields[trade.field].title,
                ),
            )
        )
        pairs.append([fields[trade.field], *(fields[code] for code in trade.also)])
    Offer.objects.bulk_create(offers)
    Offer.fields.through.objects.bulk_create(
        Offer.fields.through(offer=offer, field=field)
        for offer, linked in zip(offers, pairs, strict=True)
        for field in linked
    )
    return offers


def make_slots(
    offers: list[Offer], block: Programme, week: Programme, random: Random
) -> tuple[list[Slot], list[Slot]]:
    """Seats of most published offers in the block, and of a third on some days of the finished week."""
    days = [row.day for row in week.days.order_by("day")]
    in_block, in_week = [], []
    for offer in offers:
        if offer.status == OfferStatus.DRAFT:
            continue
        if random.random() < 0.85:
            in_block.append(
                Slot(
                    offer=offer,
                    programme=block,
                    first_day=block.first_day,
                    last_day=block.last_day,
                    capacity=random.choice(SEATS),
                )
            )
        if random.random() < 0.7:
            for day in random.sample(days, random.randint(1, len(days))):
                in_week.append(
                    Slot(
                        offer=offer,
                        programme=week,
                        first_day=day,
                        last_day=day,
                        capacity=random.choice((1, 2, 2, 3)),
                    )
                )
    Slot.objects.bulk_create(in_block)
    Slot.objects.bulk_create(in_week)
    return in_block, in_week
