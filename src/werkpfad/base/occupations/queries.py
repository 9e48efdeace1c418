"""Fields in their order, and the way between fields and occupations."""

from django.db.models import Q, QuerySet

from werkpfad.base.core.text import tokens
from werkpfad.base.occupations.models import Field, FieldMapping, Occupation

LEAF_LEVEL = 5


def fields() -> QuerySet[Field]:
    """All fields in the order in which they are shown."""
    return Field.objects.order_by("position", "title")


def fields_of(occupation: Occupation) -> QuerySet[Field]:
    """The fields an occupation belongs to, by the longest matching KldB prefixes."""
    prefixes = [occupation.code[:length] for length in range(1, len(occupation.code) + 1)]
    found = FieldMapping.objects.filter(kldb_prefix__in=prefixes).values("field_id")
    return fields().filter(pk__in=found)


def occupations_of(field: Field, *, limit: int = 300) -> QuerySet[Occupation]:
    """Occupations (KldB level 5) that belong to a field, by title."""
    belongs = Q(pk__in=[])
    for prefix in field.mappings.values_list("kldb_prefix", flat=True):
        belongs |= Q(code__startswith=prefix)
    return Occupation.objects.filter(belongs, level=LEAF_LEVEL).order_by("title")[:limit]


def find_occupations(text: str, *, limit: int = 20) -> QuerySet[Occupation]:
    """Occupations (KldB level 5) whose words begin as typed; all words must occur."""
    result = Occupation.objects.filter(level=LEAF_LEVEL)
    for token in tokens(text):
        result = result.filter(search_text__contains=token)
    return result.order_by("title")[:limit]
