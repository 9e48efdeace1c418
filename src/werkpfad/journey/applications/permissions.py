"""Who may apply for whom, withdraw and decline."""

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.journey.applications.models import Application
from werkpfad.region.schools.models import Pupil


def can_apply_for(grants: Grants, pupil: Pupil) -> bool:
    """The pupil, or somebody of the school who approves placements."""
    return is_oneself(grants, pupil) or grants.may_in_organisation(
        Permission.APPROVE_PLACEMENTS, pupil.school_class.school.organisation_id
    )


def is_oneself(grants: Grants, pupil: Pupil) -> bool:
    return (
        pupil.user_id is not None
        and pupil.user_id == grants.user_id
        and grants.has(Permission.BE_PUPIL)
    )


def can_withdraw(grants: Grants, application: Application) -> bool:
    return can_apply_for(grants, application.pupil)


def can_decide(grants: Grants, application: Application) -> bool:
    """Accepting and declining is the company's."""
    return grants.may_in_organisation(
        Permission.ANSWER_REQUESTS, application.slot.offer.organisation_id
    )
