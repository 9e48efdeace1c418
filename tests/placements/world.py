"""A small region in which a placement can be agreed on: one school class with a teacher, one company, one pupil."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.factories.internships import make_offer, make_programme, make_slot
from tests.factories.journey import make_placement
from tests.factories.network import make_membership, make_organisation, make_region
from tests.factories.schools import make_class, make_class_teacher, make_pupil, make_school
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actor import Actor, person
from werkpfad.journey.internships.models import Offer, Programme, Slot
from werkpfad.journey.placements import actions
from werkpfad.journey.placements.actions import Answered
from werkpfad.journey.placements.enums import Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.rules import exclusive_key
from werkpfad.region.network.models import Organisation, Region
from werkpfad.region.schools.models import Pupil, School, SchoolClass

ANYBODY = person(1)


@dataclass
class Scene:
    region: Region
    school: School
    school_class: SchoolClass
    teacher: User
    company: Organisation
    offer: Offer
    programme: Programme
    slot: Slot
    pupil: Pupil
    extra: dict[str, Any] = field(default_factory=dict)

    def slot_elsewhere(self, **overrides: Any) -> Slot:
        """A slot of another company in the same programme."""
        values = {"programme": self.programme, "offer": make_offer(region=self.region)}
        return make_slot(**values | overrides)

    def placement(self, **overrides: Any) -> Placement:
        """Proposed for the scene's pupil and slot unless others are given."""
        values = {"pupil": self.pupil, "slot": self.slot} | overrides
        slot, pupil = values["slot"], values["pupil"]
        values.setdefault(
            "exclusive_key",
            exclusive_key(
                values.get("state", "proposed"),
                kind=slot.programme.kind,
                programme_id=slot.programme_id,
                pupil_id=pupil.pk,
                slot_id=slot.pk,
                first_day=slot.first_day,
            ),
        )
        return make_placement(**values)


def make_scene(*, capacity: int = 1, **programme: Any) -> Scene:
    region = programme.pop("region", None) or make_region(contact_email="servicestelle@example.org")
    school = make_school(region=region)
    school_class = make_class(school=school)
    teacher = make_class_teacher(school_class=school_class).user
    company = make_organisation(region=region)
    offer = make_offer(organisation=company, contact_email="betrieb@example.org")
    made = make_programme(region=region, schools=[school], **programme)
    slot = make_slot(offer=offer, programme=made, capacity=capacity)
    make_membership(RoleCode.COORDINATOR, region=region)
    return Scene(
        region=region,
        school=school,
        school_class=school_class,
        teacher=teacher,
        company=company,
        offer=offer,
        programme=made,
        slot=slot,
        pupil=make_pupil(school_class=school_class),
    )


def everybody_says_yes(
    placement: Placement,
    *,
    at: datetime,
    by: Actor = ANYBODY,
    sides: tuple[Side, ...] = tuple(Side),
) -> Answered:
    """The answers of `sides` one after the other; returns the last outcome."""
    done = None
    for side in sides:
        done = actions.answer(placement=placement, side=side, yes=True, by=by, at=at)
    assert done is not None
    return done
