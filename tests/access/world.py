"""A small world with everything twice: what belongs to the acting people, and its foreign counterpart.

`own` and `foreign` have the same shape. Own: region A, school, class 9a, company. Foreign: region B with all of it,
and within region A a second school and a second company (`neighbour`), which differ from own by organisation only.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db.models import Max, Model

from tests.factories.internships import make_field, make_offer, make_programme, make_slot, make_week
from tests.factories.journey import (
    make_application,
    make_entry,
    make_placement,
    make_round,
    make_ruling,
    make_run,
    make_wish,
)
from tests.factories.meetings import (
    make_circle,
    make_meeting,
    make_member,
    make_participant,
    make_registration,
)
from tests.factories.network import (
    make_contact,
    make_membership,
    make_organisation,
    make_region,
    make_site,
    make_user,
)
from tests.factories.schools import (
    make_class,
    make_class_teacher,
    make_guardian,
    make_profile,
    make_pupil,
    make_school,
)
from werkpfad.base.accounts.actions import create_access
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.models import Record
from werkpfad.journey.internships.models import Offer, Programme, Slot
from werkpfad.journey.matching.models import Round
from werkpfad.journey.placements.models import Placement
from werkpfad.region.meetings.models import ActionPoint, AgendaItem, Decision, Minutes
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Organisation, Region
from werkpfad.region.schools.models import Guardian, Pupil, School, SchoolClass

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


@dataclass
class Side:
    """One party's half of the world."""

    region: Region
    office: Organisation
    school: School
    school_class: SchoolClass
    pupil: Pupil
    guardian: Guardian
    company: Organisation
    offer: Offer
    slot: Slot
    programme: Programme
    week: Programme
    round: Round
    application: Any
    placement: Placement
    entry: Any
    run: Any
    ruling: Any
    users: dict[str, User] = field(default_factory=dict)


@dataclass(frozen=True)
class Visit:
    """A session somebody has begun, and when (seconds of the clock)."""

    session_key: str
    since: float


@dataclass
class World:
    own: Side
    foreign: Side
    neighbour: Side
    users: dict[str, User]
    extra: dict[str, Any] = field(default_factory=dict)
    last_keys: dict[str, dict[str, int]] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)

    def side_of(self, row: Model) -> str:
        """Whose half a row was made for: keys only grow, so the order of building tells."""
        for side, keys in self.last_keys.items():
            if row.pk <= keys.get(row._meta.label, 0):
                return side
        return "nobody"


def _last_keys() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        for model in apps.get_models()
        if issubclass(model, Record)
    }


def _people(
    region: Region, office: Organisation, company: Organisation, school: School
) -> dict[str, User]:
    chamber = make_organisation(
        region=region, kind=OrganisationKind.CHAMBER, name="Kammer Beispiel"
    )
    roles = {
        "coordinator": (RoleCode.COORDINATOR, office),
        "partner": (RoleCode.PARTNER, chamber),
        "school_coordinator": (RoleCode.SCHOOL_COORDINATOR, school.organisation),
        "teacher": (RoleCode.TEACHER, school.organisation),
        "company_manager": (RoleCode.COMPANY_MANAGER, company),
        "supervisor": (RoleCode.SUPERVISOR, company),
    }
    return {
        name: make_membership(code, organisation=organisation).user
        for name, (code, organisation) in roles.items()
    }


def _side(region: Region, shared: Side | None = None) -> Side:
    """A full half; with `shared`, programmes and round of another side of the same region are used."""
    office = (
        shared.office
        if shared
        else make_organisation(region=region, kind=OrganisationKind.OFFICE, name="Servicestelle")
    )
    school = make_school(region=region)
    school_class = make_class(school=school)
    pupil = make_pupil(school_class=school_class)
    guardian = make_guardian(pupil=pupil)
    for user in (pupil.user, guardian.user):
        create_access(user=user, by=SYSTEM, at=NOW)
    make_profile(pupil=pupil, likes="Holz und Werkzeug")
    company = make_organisation(region=region)
    make_site(organisation=company)
    make_contact(organisation=company, email="kontakt@example.org", phone="04141 000000")
    offer = make_offer(organisation=company, contact_phone="04141 000001")
    if shared:
        programme, week, round_ = shared.programme, shared.week, shared.round
        programme.schools.add(school)
        week.schools.add(school)
    else:
        programme = make_programme(region=region, schools=[school])
        week = make_week(region=region, schools=[school])
        round_ = make_round(programme=programme)
    slot = make_slot(offer=offer, programme=programme, capacity=3)
    make_slot(offer=offer, programme=week, capacity=2)
    users = _people(region, office, company, school)
    make_class_teacher(school_class=school_class, user=users["teacher"])
    other_slot = make_slot(offer=make_offer(organisation=company), programme=programme, capacity=2)
    application = make_application(
        pupil=pupil, slot=other_slot, submitted_by_id=pupil.user_id, message="Ich baue gern."
    )
    placement = make_placement(pupil=pupil, slot=slot)
    entry = make_entry(round=round_, pupil=pupil)
    make_wish(entry=entry, slot=slot)
    ruling = make_ruling(entry=entry, slot=other_slot)
    run = shared.run if shared else make_run(round=round_)
    _network(region, users["teacher"])
    users |= {"pupil": pupil.user, "guardian": guardian.user}
    return Side(
        region=region,
        office=office,
        school=school,
        school_class=school_class,
        pupil=pupil,
        guardian=guardian,
        company=company,
        offer=offer,
        slot=slot,
        programme=programme,
        week=week,
        round=round_,
        application=application,
        placement=placement,
        entry=entry,
        run=run,
        ruling=ruling,
        users=users,
    )


def _network(region: Region, teacher: User) -> None:
    """A circle with a meeting; the teacher is invited, was there, and took something over."""
    circle = make_circle(region=region)
    person = make_participant(region=region, name="Toni Netz", email=teacher.email)
    make_member(circle=circle, participant=person)
    meeting = make_meeting(circle=circle)
    item = AgendaItem.objects.create(
        meeting=meeting, position=0, title="Rundgang", owner="Frau Sommer", notes="Viel gesehen."
    )
    make_registration(
        meeting=meeting,
        participant=person,
        answer="coming",
        was_there=True,
        needs="Platz vorn",
        rating=4,
        comment="Gut war es.",
    )
    Minutes.objects.create(meeting=meeting, approved_at=NOW, search_text="rundgang gesehen")
    Decision.objects.create(meeting=meeting, item=item, text="Wieder im Mai.")
    ActionPoint.objects.create(
        circle=circle,
        meeting=meeting,
        item=item,
        text="Termin machen",
        owner=person,
        owner_name="Toni Netz",
        answer="Ist angefragt.",
    )


def build_world() -> World:
    make_field()
    own = _side(make_region(name="Landkreis Eigen"))
    last_keys = {"own": _last_keys()}
    foreign = _side(make_region(name="Landkreis Fremd"))
    last_keys["foreign"] = _last_keys()
    neighbour = _side(own.region, shared=own)
    last_keys["neighbour"] = _last_keys()
    users = dict(own.users)
    users["operator"] = make_user(is_operator=True)
    return World(own=own, foreign=foreign, neighbour=neighbour, users=users, last_keys=last_keys)
