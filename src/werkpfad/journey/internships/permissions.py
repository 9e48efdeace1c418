"""Who may change programmes and offers."""

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.journey.internships.models import Offer, Programme
from werkpfad.region.network.models import Organisation


def can_manage_programme(grants: Grants, programme: Programme) -> bool:
    return grants.may_in_region(Permission.MANAGE_PROGRAMMES, programme.region_id)


def can_create_programme(grants: Grants, region_id: int) -> bool:
    return grants.may_in_region(Permission.MANAGE_PROGRAMMES, region_id)


def can_manage_offer(grants: Grants, offer: Offer) -> bool:
    """The company itself, or the coordination of its region."""
    return grants.may_in_organisation(
        Permission.MANAGE_OFFERS, offer.organisation_id
    ) or grants.may_in_region(Permission.MANAGE_ORGANISATIONS, offer.region_id)


def can_offer_for(grants: Grants, organisation: Organisation) -> bool:
    return grants.may_in_organisation(
        Permission.MANAGE_OFFERS, organisation.pk
    ) or grants.may_in_region(Permission.MANAGE_ORGANISATIONS, organisation.region_id)


def can_offer_late(grants: Grants, region_id: int) -> bool:
    """Adding seats after the day until which companies may: the coordination knows where one is needed."""
    return grants.may_in_region(Permission.MANAGE_ORGANISATIONS, region_id)


def can_see_region_offers(grants: Grants) -> bool:
    """The list of all offers of a region with its bulk steps."""
    return grants.has(Permission.MANAGE_ORGANISATIONS)
