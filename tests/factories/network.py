"""Factories for regions, organisations and people in roles."""

from itertools import count
from typing import Any

from werkpfad.base.accounts.enums import UserKind
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.text import same_name_key
from werkpfad.region.network.enums import LocatedBy, OrganisationKind
from werkpfad.region.network.models import Contact, Membership, Organisation, Place, Region, Site

_number = count(1)


def make_region(**overrides: Any) -> Region:
    n = next(_number)
    values: dict[str, Any] = {"slug": f"region-{n}", "name": f"Landkreis Nummer {n}", "state": "NI"}
    return Region.objects.create(**values | overrides)


def make_place(**overrides: Any) -> Place:
    values: dict[str, Any] = {
        "postal_code": "21680",
        "name": "Stade",
        "state": "NI",
        "district": "Landkreis Stade",
        "lat": 53.6,
        "lon": 9.4667,
    }
    values |= overrides
    values.setdefault("name_key", same_name_key(values["name"]))
    return Place.objects.create(**values)


def make_organisation(**overrides: Any) -> Organisation:
    values: dict[str, Any] = {
        "kind": OrganisationKind.COMPANY,
        "name": f"Tischlerei Beispiel {next(_number)}",
    }
    values |= overrides
    if "region" not in values:
        values["region"] = make_region()
    values.setdefault("name_key", same_name_key(values["name"]))
    return Organisation.objects.create(**values)


def make_site(**overrides: Any) -> Site:
    values: dict[str, Any] = {
        "street": "Werkstraße 1",
        "postal_code": "21680",
        "place_name": "Stade",
        "lat": 53.6,
        "lon": 9.4667,
        "located_by": LocatedBy.POSTAL_CODE,
        "is_main": True,
    }
    values |= overrides
    if "organisation" not in values:
        values["organisation"] = make_organisation()
    return Site.objects.create(**values)


def make_contact(**overrides: Any) -> Contact:
    values: dict[str, Any] = {"name": "Kim Beispiel", "function": "Ausbildung"}
    values |= overrides
    if "organisation" not in values:
        values["organisation"] = make_organisation()
    return Contact.objects.create(**values)


def make_user(**overrides: Any) -> User:
    """A member of staff with an address at example.org; `password=` is set hashed."""
    n = next(_number)
    password = overrides.pop("password", None)
    values: dict[str, Any] = {
        "email": f"person{n}@example.org",
        "given_name": "Alex",
        "family_name": f"Muster{n}",
    }
    values |= overrides
    if values.get("kind", UserKind.STAFF) != UserKind.STAFF:
        values |= {"email": None, "given_name": "", "family_name": ""}
    user = User(**values)
    user.set_password(password)
    user.save()
    return user


def make_membership(role: RoleCode | str, **overrides: Any) -> Membership:
    """`role` at a new organisation of a fitting kind unless one is given."""
    values: dict[str, Any] = {"role": str(role)} | overrides
    if "organisation" not in values:
        region = values.pop("region", None) or make_region()
        values["organisation"] = make_organisation(kind=_kind_for(role), region=region)
    values.pop("region", None)
    if "user" not in values:
        values["user"] = make_user()
    return Membership.objects.create(**values)


def _kind_for(role: RoleCode | str) -> OrganisationKind:
    if role == RoleCode.COORDINATOR:
        return OrganisationKind.OFFICE
    if role == RoleCode.PARTNER:
        return OrganisationKind.CHAMBER
    if role in (RoleCode.COMPANY_MANAGER, RoleCode.SUPERVISOR):
        return OrganisationKind.COMPANY
    return OrganisationKind.SCHOOL
