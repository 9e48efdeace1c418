"""Who may import what."""

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.schools.models import School
from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.models import ImportBatch


def can_import_for_region(grants: Grants, region_id: int) -> bool:
    return grants.may_in_region(Permission.IMPORT_DATA, region_id)


def can_import_for_school(grants: Grants, school: School) -> bool:
    """Class lists; teachers reach their own classes only, see `queries.own_classes`."""
    return grants.may_in_organisation(Permission.MANAGE_CLASSES, school.organisation_id)


def can_see_names(grants: Grants, batch: ImportBatch) -> bool:
    """Names of pupils are for their school; a coordination that imports for it sees row numbers."""
    if batch.kind != Kind.PUPILS:
        return True
    school = batch.school
    return school is not None and can_import_for_school(grants, school)


def can_decide(grants: Grants, batch: ImportBatch, *, may_load_shared: bool) -> bool:
    """Take over, discard or take back."""
    if batch.school is not None:
        return can_import_for_school(grants, batch.school)
    if batch.region_id is not None:
        return can_import_for_region(grants, batch.region_id)
    return may_load_shared
