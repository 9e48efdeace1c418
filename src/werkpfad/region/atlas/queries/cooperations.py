"""Cooperations one sees, those that sleep, and how far they reach into the school forms."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission
from werkpfad.region.atlas.enums import CooperationStatus
from werkpfad.region.atlas.models import Cooperation
from werkpfad.region.atlas.rules import SLEEPS_AFTER
from werkpfad.region.network.enums import OrganisationStatus
from werkpfad.region.schools.enums import SchoolForm
from werkpfad.region.schools.models import School


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the active schools of one form, how many cooperate."""

    form: SchoolForm
    cooperating: int
    schools: int


def visible_cooperations(grants: Grants) -> QuerySet[Cooperation]:
    """All of a region one manages; otherwise those of the organisations one speaks for."""
    managed = grants.regions_with(Permission.MANAGE_ORGANISATIONS)
    own = (
        grants.organisations_with(Permission.MANAGE_SCHOOL)
        | grants.organisations_with(Permission.MANAGE_COMPANY)
        | (grants.organisations if grants.has(Permission.SEE_REGION_FIGURES) else frozenset())
    )
    return Cooperation.objects.filter(
        Q(region__in=managed) | Q(school__in=own) | Q(partner__in=own)
    ).select_related("school", "partner", "region")


def sleeping(cooperations: QuerySet[Cooperation], *, today: date) -> QuerySet[Cooperation]:
    """Those that have not ended and in which nothing happened for half a year."""
    return cooperations.filter(active_on__lt=today - SLEEPS_AFTER).exclude(
        status=CooperationStatus.ENDED
    )


def coverage_of(region_ids: frozenset[int]) -> list[Coverage]:
    """One line per school form there is, in the usual order: two queries."""
    live = set(
        Cooperation.objects.filter(region__in=region_ids)
        .exclude(status=CooperationStatus.ENDED)
        .values_list("school", flat=True)
    )
    counts: dict[str, list[int]] = {}
    schools = School.objects.filter(
        organisation__region__in=region_ids, organisation__status=OrganisationStatus.ACTIVE
    )
    for form, organisation in schools.values_list("main_form", "organisation"):
        line = counts.setdefault(form, [0, 0])
        line[0] += organisation in live
        line[1] += 1
    return [Coverage(form, *counts[form]) for form in SchoolForm if form in counts]
