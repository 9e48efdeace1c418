"""For whom an import runs, and what a store offers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from werkpfad.base.core.actor import Actor
from werkpfad.region.network.models import Region
from werkpfad.region.schools.models import School
from werkpfad.surface.exchange.enums import Outcome
from werkpfad.surface.exchange.formats.planning import Known, Planned, Progress
from werkpfad.surface.exchange.formats.spec import Lookup
from werkpfad.surface.exchange.stores.ledger import Ledger, in_chunks


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


@dataclass(frozen=True, slots=True)
class Work:
    """One commit: the rows to be created or updated (joined ones left out), and what a store needs to write them."""

    rows: list[Planned]
    scope: ImportScope
    ledger: Ledger
    by: Actor
    at: datetime
    progress: Progress

    def chunks(self) -> Iterator[tuple[list[Planned], list[Planned]]]:
        """New and changed rows, part by part; a part counts as done when the next one is asked for."""
        done = 0
        for chunk in in_chunks(self.rows):
            yield (
                [row for row in chunk if row.outcome == Outcome.CREATED],
                [row for row in chunk if row.outcome == Outcome.UPDATED],
            )
            done += len(chunk)
            self.progress(done, len(self.rows))


class Store(Protocol):
    """The database side of one kind."""

    def lookup(self, scope: ImportScope) -> Lookup:
        """What rows may refer to."""

    def known(self, scope: ImportScope) -> dict[str, Known]:
        """Everything that is there, by strong and by weak key."""

    def write(self, work: Work) -> None:
        """Create and change."""
