"""Who may do what with one placement."""

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.journey.applications.permissions import is_oneself
from werkpfad.journey.placements.enums import Side
from werkpfad.journey.placements.models import Placement
from werkpfad.journey.placements.visibility import Viewer


def can_answer(grants: Grants, placement: Placement, side: Side) -> bool:
    """Each side answers for itself: the company, the pupil, the school."""
    if side is Side.COMPANY:
        company = placement.slot.offer.organisation_id
        return grants.may_in_organisation(Permission.ANSWER_REQUESTS, company)
    if side is Side.PUPIL:
        return is_oneself(grants, placement.pupil)
    school = placement.pupil.school_class.school.organisation_id
    return grants.may_in_organisation(Permission.APPROVE_PLACEMENTS, school)


def side_of(grants: Grants, placement: Placement) -> Side | None:
    """The side for which somebody may answer; None for onlookers."""
    return next((side for side in Side if can_answer(grants, placement, side)), None)


def can_cancel(grants: Grants, placement: Placement) -> bool:
    """Company and school; the pupil asks the school once a place is confirmed; coordinators always."""
    return (
        can_answer(grants, placement, Side.COMPANY)
        or can_answer(grants, placement, Side.SCHOOL)
        or can_steer(grants, placement)
    )


def can_steer(grants: Grants, placement: Placement) -> bool:
    return grants.may_in_region(Permission.MANAGE_PROGRAMMES, placement.slot.programme.region_id)


def can_record_attendance(grants: Grants, placement: Placement) -> bool:
    """The company says who was there; the school may enter the paper sheet."""
    company = placement.slot.offer.organisation_id
    return grants.may_in_organisation(Permission.RECORD_ATTENDANCE, company) or can_answer(
        grants, placement, Side.SCHOOL
    )


def can_issue_certificate(grants: Grants, placement: Placement) -> bool:
    return can_record_attendance(grants, placement)


def viewer_of(grants: Grants, placement: Placement) -> Viewer:
    """In which role somebody looks at a placement they may see; the nearest one counts."""
    if is_oneself(grants, placement.pupil):
        return Viewer.PUPIL
    school = placement.pupil.school_class.school.organisation_id
    if grants.may_in_organisation(Permission.MANAGE_CLASSES, school):
        return Viewer.SCHOOL
    company = placement.slot.offer.organisation_id
    if grants.may_in_organisation(Permission.RECORD_ATTENDANCE, company):
        return Viewer.COMPANY
    if can_steer(grants, placement):
        return Viewer.COORDINATOR
    return Viewer.GUARDIAN
