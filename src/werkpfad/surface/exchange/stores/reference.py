"""Data all regions share: places with their postal codes, and the occupations of the KldB 2010."""

from typing import Any

from werkpfad.base.core.models import Record
from werkpfad.base.core.text import same_name_key, search_text
from werkpfad.base.occupations.models import Occupation
from werkpfad.region.network.models import Place
from werkpfad.surface.exchange.formats.occupations import EDITION
from werkpfad.surface.exchange.formats.planning import Known, Planned
from werkpfad.surface.exchange.formats.spec import Lookup, Values
from werkpfad.surface.exchange.stores.ledger import Ledger
from werkpfad.surface.exchange.stores.scope import ImportScope, Work

PLACE_FIELDS = ("state", "district", "district_code", "lat", "lon")


class PlaceStore:
    """Places, known by postal code and name."""

    def lookup(self, scope: ImportScope) -> Lookup:
        return Lookup(today=scope.today, school_year=scope.school_year)

    def known(self, scope: ImportScope) -> dict[str, Known]:
        rows = Place.objects.values("pk", "postal_code", "name", *PLACE_FIELDS)
        return {f"{row['postal_code']} {row['name']}": Known(row["pk"], dict(row)) for row in rows}

    def write(self, work: Work) -> None:
        _write_flat(Place, work)


class OccupationStore:
    """Occupations, known by their code."""

    def lookup(self, scope: ImportScope) -> Lookup:
        return Lookup(today=scope.today, school_year=scope.school_year)

    def known(self, scope: ImportScope) -> dict[str, Known]:
        rows = Occupation.objects.values("pk", "code", "level", "title", "short_title")
        return {row["code"]: Known(row["pk"], dict(row)) for row in rows}

    def write(self, work: Work) -> None:
        _write_flat(Occupation, work)


def _derived(model: Any, values: Values) -> Values:
    if model is Place:
        return {"name_key": same_name_key(values["name"])[:120]}
    titles = values["title"], values.get("short_title", "")
    return {"edition": EDITION, "search_text": search_text(*titles)}


def _write_flat(model: Any, work: Work) -> None:
    """Kinds whose values are columns of one table."""
    for new, changed in work.chunks():
        made: list[Record] = model.objects.bulk_create(
            [model(**row.values, **_derived(model, row.values)) for row in new]
        )
        for row, obj in zip(new, made, strict=True):
            work.ledger.note_created(row.number, obj)
        _change_flat(model, changed, work.ledger)


def _change_flat(model: Any, rows: list[Planned], ledger: Ledger) -> None:
    objects = model.objects.in_bulk([row.target for row in rows])
    changed: set[str] = set()
    for row in rows:
        obj = objects[row.target]
        new = {name: value for name, (_, value) in row.changes.items()}
        derived = _derived(model, row.values) if model is Occupation else {}
        changed.update(ledger.set_fields(row.number, obj, **new, **derived))
    if changed:
        model.objects.bulk_update(list(objects.values()), sorted(changed))
