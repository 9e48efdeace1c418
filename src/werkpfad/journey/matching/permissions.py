"""Who runs rounds, and who may fill in a wish list."""

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.journey.internships.models import Programme
from werkpfad.journey.matching.models import Round, Ruling, Run
from werkpfad.region.schools.models import Pupil


def can_run_round(grants: Grants, round_: Round) -> bool:
    return grants.may_in_region(Permission.RUN_ROUNDS, round_.programme.region_id)


def can_create_round(grants: Grants, programme: Programme) -> bool:
    return grants.may_in_region(Permission.RUN_ROUNDS, programme.region_id)


def can_manage_run(grants: Grants, run: Run) -> bool:
    return can_run_round(grants, run.round)


def can_lift_ruling(grants: Grants, ruling: Ruling) -> bool:
    return can_run_round(grants, ruling.entry.round)


def can_wish(grants: Grants, pupil: Pupil) -> bool:
    """The pupil, and teachers for pupils they see. Guardians read, they do not choose."""
    organisation_id = pupil.school_class.school.organisation_id
    own = pupil.user_id is not None and pupil.user_id == grants.user_id
    return (
        own and grants.may_in_organisation(Permission.BE_PUPIL, organisation_id)
    ) or grants.may_in_organisation(Permission.MANAGE_CLASSES, organisation_id)
