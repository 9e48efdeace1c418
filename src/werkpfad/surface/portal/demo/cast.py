"""The people a visitor of the demo can step into, one for each role."""

from typing import NamedTuple

from werkpfad.base.accounts.models import User
from werkpfad.region.schools.models import Guardian, Pupil
from werkpfad.surface.portal.demo.region import REGION_SLUG


class CastMember(NamedTuple):
    """One role of the demo bar: short label, a sentence on what there is to see, and the account behind it."""

    key: str
    label: str
    sentence: str
    user: User


STAFF = (
    (
        "coordinator",
        "Koordination",
        "Überblick über die Region, Programme, Zuteilung und Importe.",
        "koordination",
    ),
    ("teacher", "Lehrkraft", "Klassen mit Ampel, Zugangsblätter, Genehmigungen.", "lehrkraft1-1"),
    ("school", "Schulkoordination", "Alle Klassen und Lehrkräfte einer Schule.", "schule1"),
    ("company", "Betrieb", "Angebote, Anfragen und wer heute kommt.", "betrieb1"),
    ("supervisor", "Betreuung im Betrieb", "Anwesenheit mit einem Tipp.", "betreuung1"),
    ("partner", "Kammer", "Zahlen der Region ohne Personen.", "kammer"),
    ("operator", "Betrieb der Plattform", "Regionen und Zustand der Instanz.", "betrieb"),
)


def cast() -> list[CastMember]:
    """Everybody one can step into, in the order of the journey; people who are missing are left out."""
    here = Pupil.objects.filter(
        school_class__school__organisation__region__slug=REGION_SLUG, user__isnull=False
    ).select_related("user")
    members = []
    in_round = here.filter(school_class__grade=9, entries__isnull=False).order_by("pk").first()
    if in_round and in_round.user:
        members.append(
            CastMember(
                "pupil",
                "Schüler:in",
                "Profil, Suche und Wunschliste; die Runde läuft.",
                in_round.user,
            )
        )
    done = here.filter(school_class__grade=10, placements__isnull=False).order_by("pk").first()
    if done and done.user:
        members.append(
            CastMember(
                "pupil-done",
                "Schüler:in nach der Woche",
                "Tage, Rückmeldung und Bescheinigung.",
                done.user,
            )
        )
    guardian = (
        Guardian.objects.filter(pupil__in=here.filter(placements__isnull=False))
        .select_related("user")
        .order_by("pk")
        .first()
    )
    if guardian:
        members.append(
            CastMember(
                "guardian", "Eltern", "Wo, wann und was: das Praktikum des Kindes.", guardian.user
            )
        )
    addresses = [f"{address}@elbe-oste.example" for *_, address in STAFF]
    users = {user.email: user for user in User.objects.filter(email__in=addresses)}
    members += [
        CastMember(key, label, sentence, users[email])
        for (key, label, sentence, _), email in zip(STAFF, addresses, strict=True)
        if email in users
    ]
    return members


def find(key: str) -> CastMember | None:
    return next((member for member in cast() if member.key == key), None)
