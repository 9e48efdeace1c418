"""Which classes still owe wishes, and whether somebody can be written to."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from werkpfad.journey.internships.queries import pupils_of
from werkpfad.journey.matching.models import Round
from werkpfad.region.schools.models import ClassTeacher, SchoolClass


@dataclass(frozen=True, slots=True)
class ClassStand:
    """One class: pupils, handed in, and its teachers' names (adults; no pupil is named)."""

    school_class: SchoolClass
    pupils: int
    submitted: int
    teachers: list[str] = field(default_factory=list)

    @property
    def missing(self) -> int:
        return self.pupils - self.submitted


def classes_missing(round_: Round, *, today: date) -> list[ClassStand]:
    """Classes in which lists are missing, most missing first; three queries."""
    done = Count(
        "pk",
        distinct=True,
        filter=Q(entries__round=round_, entries__submitted_at__isnull=False),
    )
    rows = (
        pupils_of(round_.programme, today=today)
        .order_by("school_class")
        .values_list("school_class")
        .annotate(n=Count("pk", distinct=True), done=done)
    )
    counts = {pk: (n, ready) for pk, n, ready in rows if n > ready}
    classes = SchoolClass.objects.filter(pk__in=counts).select_related("school__organisation")
    teachers: dict[int, list[str]] = {}
    for row in (
        ClassTeacher.objects.filter(school_class__in=counts, user__is_active=True)
        .select_related("user")
        .order_by("user__family_name", "pk")
    ):
        teachers.setdefault(row.school_class_id, []).append(row.user.display_name)
    found = [ClassStand(row, *counts[row.pk], teachers.get(row.pk, [])) for row in classes]
    found.sort(key=lambda row: (-row.missing, str(row.school_class.school), row.school_class.name))
    return found
