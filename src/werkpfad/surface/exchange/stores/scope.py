"""For whom an import runs, and what a store offers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from werkpfad.base.core.actor import Actor
from werkpfad.region.network.models import Region
from werkpfad.region.schools.models import School
from werkpfad.surface.exchange.formats.planning import Known, Planned, Progress
from werkpfad.surface.exchange.formats.spec import Lookup
from werkpfad.surface.exchange.stores.ledger import Ledger


@dataclass(frozen=True, slots=True)
class ImportScope:
    """`region` is needed for everything but shared data; `classes` limits a teacher to the own classes (ids)."""

    today: date
    school_year: int
    region: Region | None = None
    school: School | None = None
    classes: frozenset[int] | None = None
    districts: frozenset[str] = frozenset()

    @property
    def own_region(self) -> Region:
        if self.region is None:
            raise ValueError("this kind of import needs a region")
        return self.region

    def within(self, districts: Iterable[str]) -> "ImportScope":
        """The same for some districts (AGS) only."""
        return replace(self, districts=frozenset(districts))


class MissingReference(Exception):
    """Something a checked row refers to has gone since; nothing was written."""


class Store(Protocol):
    """The database side of one kind."""

    def lookup(self, scope: ImportScope) -> Lookup:
        """What rows may refer to."""

    def known(self, scope: ImportScope) -> dict[str, Known]:
        """Everything that is there, by strong and by weak key."""

    def write(
        self,
        rows: list[Planned],
        scope: ImportScope,
        ledger: Ledger,
        *,
        by: Actor,
        at: datetime,
        progress: Progress,
    ) -> None:
        """Create and change; `rows` are those to be created or updated, joined ones left out."""
