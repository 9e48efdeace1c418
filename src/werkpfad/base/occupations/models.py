"""Fields (Berufsfelder) a region speaks in, and occupations of the KldB 2010 behind them. Shared by all regions."""

from django.db import models

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention


class Field(Record):
    """One of the about twenty fields in which pupils think. `code` names its picture."""

    privacy = Privacy(
        purpose="Berufsfelder",
        retention=Retention.REFERENCE,
        open={"code", "title", "sentence", "position"},
    )

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=80)
    sentence = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["position"], name="field_position")]

    def __str__(self) -> str:
        return self.title


class Occupation(Record):
    """One position of the KldB 2010 (version 2020), any of its five levels."""

    privacy = Privacy(
        purpose="Berufe nach KldB 2010",
        retention=Retention.REFERENCE,
        open={"code", "level", "title", "short_title", "search_text", "edition"},
    )

    code = models.CharField(max_length=5, unique=True)
    level = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    short_title = models.CharField(max_length=250, blank=True)
    edition = models.CharField(max_length=20)
    search_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 5)), name="occupation_level_1_to_5"
            )
        ]
        indexes = [models.Index(fields=["level", "title"], name="occupation_level_title")]

    def __str__(self) -> str:
        return self.title


class FieldMapping(Record):
    """Occupations whose code starts with `kldb_prefix` belong to `field`; one occupation may have several fields."""

    privacy = Privacy(
        purpose="Zuordnung von Berufen zu Berufsfeldern",
        retention=Retention.REFERENCE,
        open={"field", "kldb_prefix"},
    )

    field = models.ForeignKey(Field, on_delete=models.CASCADE, related_name="mappings")
    kldb_prefix = models.CharField(max_length=5)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["field", "kldb_prefix"], name="field_prefix_once")
        ]

    def __str__(self) -> str:
        return f"{self.kldb_prefix} -> {self.field_id}"
