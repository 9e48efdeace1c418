"""Who may change classes and pupils. Which ones somebody sees at all stands in `queries`."""

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.schools.models import Pupil, School, SchoolClass


def can_manage_classes(grants: Grants, school: School) -> bool:
    """Change pupils and codes in classes one sees."""
    return grants.may_in_organisation(Permission.MANAGE_CLASSES, school.organisation_id)


def can_manage_school(grants: Grants, school: School) -> bool:
    """Make classes, name their teachers, close the school year."""
    return grants.may_in_organisation(Permission.MANAGE_SCHOOL, school.organisation_id)


def can_keep_schools(grants: Grants, region_id: int) -> bool:
    """Enter schools and change their number, form and address: the coordination, as with the register of the state."""
    return grants.may_in_region(Permission.MANAGE_ORGANISATIONS, region_id)


def can_edit_class(grants: Grants, school_class: SchoolClass) -> bool:
    return can_manage_school(grants, school_class.school)


def can_edit_pupil(grants: Grants, pupil: Pupil) -> bool:
    """The school keeps its pupils' data; pupils themselves change their profile only."""
    return can_manage_classes(grants, pupil.school_class.school)


def can_fill_profile(grants: Grants, pupil: Pupil) -> bool:
    return pupil.user_id is not None and grants.user_id == pupil.user_id
