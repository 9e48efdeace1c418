"""Regional networks: one office keeps several, with one contact base for all."""

from django.db import models

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.region.network.models import Organisation, Region


class Participant(Record):
    """Somebody who takes part in the work of a region, with or without account; once per region, known by the address."""

    privacy = Privacy(
        purpose="Kontakte der Netzwerke",
        retention=Retention.WHILE_MEMBER,
        personal={"name", "email"},
        open={"region", "organisation", "organisation_name"},
    )

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participants",
    )
    organisation_name = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "email"], name="participant_once"),
        ]

    def __str__(self) -> str:
        return f"participant {self.public_id}"

    @property
    def comes_from(self) -> str:
        """The name of the organisation; reads it when it is one of the region."""
        return self.organisation.name if self.organisation else self.organisation_name


class Circle(Record):
    """A network of some people of the region: those of a town, of an occupation, of a question."""

    privacy = Privacy(
        purpose="Regionale Netzwerke",
        retention=Retention.WHILE_MEMBER,
        open={"region", "name", "description"},
    )

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="circles")
    name = models.CharField(max_length=120)
    description = models.TextField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="circle_once"),
        ]

    def __str__(self) -> str:
        return self.name


class CircleMember(Record):
    """One person in one circle."""

    privacy = Privacy(
        purpose="Mitglieder der Netzwerke",
        retention=Retention.WHILE_MEMBER,
        personal={"participant"},
        open={"circle", "joined_on"},
    )

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="members")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="circle_memberships"
    )
    joined_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "participant"], name="circle_member_once"),
        ]

    def __str__(self) -> str:
        return f"circle member {self.public_id}"
