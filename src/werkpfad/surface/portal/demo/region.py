"""The demo's county, its places and schools, and the people who hold them together."""

import csv
from importlib.resources import files
from random import Random
from typing import Any, NamedTuple

from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.text import same_name_key
from werkpfad.region.network.enums import LocatedBy, OrganisationKind
from werkpfad.region.network.models import (
    Contact,
    Membership,
    Organisation,
    Place,
    Region,
    Site,
)
from werkpfad.region.schools.enums import SchoolForm
from werkpfad.region.schools.models import School
from werkpfad.surface.portal.demo.names import Namer

REGION_SLUG = "elbe-oste"

SCHOOLS = (
    ("Grund- und Oberschule Am Deich", SchoolForm.OBERSCHULE, "Drochtersen", 5),
    ("Oberschule Geestblick", SchoolForm.OBERSCHULE, "Harsefeld", 4),
    ("Oberschule Moorland", SchoolForm.OBERSCHULE, "Gnarrenburg", 7),
    ("Hauptschule Hafenstraße", SchoolForm.HAUPTSCHULE, "Stade", 9),
    ("Realschule Camper Höhe", SchoolForm.REALSCHULE, "Stade", 5),
    ("Gymnasium Elbmarsch", SchoolForm.GYMNASIUM, "Stade", 2),
    ("Gymnasium Estetal", SchoolForm.GYMNASIUM, "Buxtehude", 2),
    ("Integrierte Gesamtschule Süd", SchoolForm.GESAMTSCHULE, "Buxtehude", 6),
    ("Kooperative Gesamtschule Osteland", SchoolForm.GESAMTSCHULE, "Hemmoor", 6),
    ("Förderschule Lindenhof", SchoolForm.FOERDERSCHULE, "Bremervörde", 8),
    ("Freie Waldorfschule Apfelgarten", SchoolForm.WALDORFSCHULE, "Jork", 3),
    ("Berufsbildende Schulen Vogelsang", SchoolForm.BERUFSSCHULE, "Zeven", 6),
)

INSURANCE = (
    "Das Praktikum ist eine Schulveranstaltung. Während der Tätigkeit und auf dem direkten Weg besteht "
    "gesetzlicher Unfallschutz (§ 2 Abs. 1 Nr. 8 b SGB VII). Für Haftpflichtschäden tritt der Schulträger ein, "
    "soweit keine private Versicherung besteht."
)


class DemoPlaces(NamedTuple):
    """Places with how often something is put there."""

    places: list[Place]
    weights: list[int]

    def pick(self, random: Random) -> Place:
        return random.choices(self.places, self.weights)[0]

    def named(self, name: str) -> Place:
        return next(place for place in self.places if place.name == name)


def load_places() -> DemoPlaces:
    """The shipped places; those that an operator imported before are used as they are."""
    text = files("werkpfad.surface.portal.demo").joinpath("places.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    Place.objects.bulk_create(
        (
            Place(
                postal_code=row["postal_code"],
                name=row["name"],
                name_key=same_name_key(row["name"]),
                state="NI",
                district=row["district"],
                district_code=row["district_code"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
            )
            for row in rows
        ),
        ignore_conflicts=True,
    )
    weights = {(row["postal_code"], row["name"]): int(row["weight"]) for row in rows}
    places = [
        place
        for place in Place.objects.filter(postal_code__in={code for code, _ in weights})
        if (place.postal_code, place.name) in weights
    ]
    places.sort(key=lambda place: (place.postal_code, place.name))
    return DemoPlaces(places, [weights[place.postal_code, place.name] for place in places])


def make_region() -> Region:
    return Region.objects.create(
        slug=REGION_SLUG,
        name="Landkreis Elbe-Oste",
        state="NI",
        contact_name="Servicestelle Schule-Wirtschaft",
        contact_email="servicestelle@elbe-oste.example",
        contact_phone="04141 5550 100",
        imprint="Landkreis Elbe-Oste (erfunden, zum Ausprobieren)\nAm Beispielplatz 1\n21680 Stade",
        privacy_notice="Diese Vorführung enthält nur erfundene Personen und Betriebe.",
        insurance_text=INSURANCE,
    )


def staff(given: str, family: str, *, address: str, **values: Any) -> User:
    """A member of staff without password; demo visitors step in through the demo bar."""
    user = User(
        email=f"{address}@elbe-oste.example",
        given_name=given,
        family_name=family,
        **values,
    )
    user.set_unusable_password()
    return user


def organisation(
    region: Region, kind: OrganisationKind, name: str, place: Place, **values: Any
) -> tuple[Organisation, Site]:
    """An unsaved organisation with its main site in the middle of `place`'s postal code."""
    made = Organisation(region=region, kind=kind, name=name, name_key=same_name_key(name), **values)
    site = Site(
        organisation=made,
        street="",
        postal_code=place.postal_code,
        place_name=place.name,
        lat=place.lat,
        lon=place.lon,
        located_by=LocatedBy.POSTAL_CODE,
        is_main=True,
    )
    return made, site


def make_offices(region: Region, places: DemoPlaces) -> None:
    """The coordinating office, a chamber and a youth centre, each with somebody; and the operator."""
    stade = places.named("Stade")
    people = (
        (
            OrganisationKind.OFFICE,
            "Servicestelle Schule-Wirtschaft",
            RoleCode.COORDINATOR,
            "Ina",
            "Marschwiese",
            "koordination",
        ),
        (
            OrganisationKind.OFFICE,
            "",
            RoleCode.COORDINATOR,
            "Jens",
            "Geestkamp",
            "koordination2",
        ),
        (
            OrganisationKind.CHAMBER,
            "Kammer Elbe-Oste",
            RoleCode.PARTNER,
            "Petra",
            "Quellgrund",
            "kammer",
        ),
        (
            OrganisationKind.YOUTH_PLACE,
            "Jugendhaus Schwingetal",
            RoleCode.PARTNER,
            "Deniz",
            "Weidenfurt",
            "jugendhaus",
        ),
    )
    current: Organisation | None = None
    for kind, name, role, given, family, address in people:
        if name:
            current, site = organisation(region, kind, name, stade)
            current.save()
            site.save()
        user = staff(given, family, address=address)
        user.save()
        Membership.objects.create(user=user, organisation=current, role=role)
    staff("Olaf", "Nebelstein", address="betrieb", is_operator=True).save()


def make_schools(region: Region, places: DemoPlaces, random: Random, namer: Namer) -> list[School]:
    """Twelve schools of all forms, each with school coordination; teachers come with the classes."""
    schools = []
    for number, (name, form, place_name, index) in enumerate(SCHOOLS, start=1):
        place = places.named(place_name)
        made, site = organisation(
            region, OrganisationKind.SCHOOL, name, place, external_key=f"9{number:04d}"
        )
        site.street = f"Schulweg {random.randint(1, 60)}"
        made.save()
        site.save()
        schools.append(
            School.objects.create(
                organisation=made, main_form=form, forms=[form], social_index=index
            )
        )
        user = staff(namer.given(), namer.family(), address=f"schule{number}")
        user.save()
        Membership.objects.create(user=user, organisation=made, role=RoleCode.SCHOOL_COORDINATOR)
        Contact.objects.create(
            organisation=made,
            name=user.display_name,
            function="Berufliche Orientierung",
            email=user.email or "",
            is_public=True,
        )
    return schools
