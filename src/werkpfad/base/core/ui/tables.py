"""Declarative tables: columns, allowed sort keys, paging and what to show when nothing is there.

A ``TableSpec`` is a module constant; ``bind`` joins it with a request and a queryset. A bound table costs two
queries (count and rows) whatever the number of rows, as long as the queryset fetches related rows itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from werkpfad.base.core.ui.pagination import PAGE_PARAM, Pages, paginate, with_params
from werkpfad.base.core.ui.parts import Action, Badge, Link, Signal

SORT_PARAM = "sort"
NOTHING = "–"


@dataclass(frozen=True)
class Column:
    """One column.

    ``value`` is a function of the row (default: the attribute ``key``, dots allowed) and may give text, a number,
    a date, Link, Badge, Signal, Action or a list of these. ``sort`` names the order_by fields; without it the
    column cannot be sorted. ``main`` is the row's heading, also on a phone, where a row becomes a card.
    """

    key: str
    label: str
    value: Callable[[Any], object] | None = None
    sort: str | tuple[str, ...] = ()
    numeric: bool = False
    main: bool = False
    hide_label: bool = False

    def of(self, row: Any) -> object:
        """The column's value for ``row``."""
        if self.value is not None:
            return self.value(row)
        found = row
        for part in self.key.split("."):
            found = getattr(found, part)
        return found

    def ordering(self, *, descending: bool) -> list[str]:
        """Arguments for order_by; the primary key last, so that pages never overlap."""
        names = (self.sort,) if isinstance(self.sort, str) else self.sort
        return [_reversed(name) if descending else name for name in names] + ["pk"]


def _reversed(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


@dataclass(frozen=True)
class Empty:
    """What stands in place of a table without rows."""

    title: str
    text: str = ""
    picture: str = "empty-path"
    action_label: str = ""
    action_url: str = ""


@dataclass(frozen=True)
class Cell:
    """A value with its column; ``kind`` tells the template how to draw it."""

    column: Column
    value: object

    @property
    def parts(self) -> list[tuple[str, object]]:
        """The values to draw one after the other, each with its kind."""
        values = self.value if isinstance(self.value, (list, tuple)) else [self.value]
        return [(_kind(value), value) for value in values]


_KINDS: tuple[tuple[type, str], ...] = (
    (Link, "link"),
    (Badge, "badge"),
    (Signal, "signal"),
    (Action, "action"),
    (bool, "bool"),
    (datetime, "datetime"),
    (date, "date"),
)


def _kind(value: object) -> str:
    if value is None or value == "":
        return "nothing"
    return next((kind for type_, kind in _KINDS if isinstance(value, type_)), "text")


@dataclass(frozen=True)
class Row:
    """The cells of one row; ``key`` is its public id for the selection column."""

    cells: list[Cell]
    key: str
    name: str


@dataclass(frozen=True)
class Header:
    """A column's head: ``url`` sorts by it, ``direction`` is ascending, descending or empty."""

    column: Column
    url: str
    direction: str


@dataclass(frozen=True)
class TableSpec:
    """The constant description of a table; ``default_sort`` is a column key, with ``-`` for descending."""

    caption: str
    columns: tuple[Column, ...]
    default_sort: str = ""
    per_page: int = 25
    empty: Empty = field(default_factory=lambda: Empty("Hier ist noch nichts."))

    def bind(
        self,
        request: HttpRequest,
        rows: QuerySet[Any] | Sequence[Any],
        *,
        selectable: bool = False,
    ) -> "Table":
        """Sort and page ``rows`` as the request's ``sort`` and ``page`` ask; unknown sort keys are ignored.

        A list (rows that were computed) keeps its order and is only paged.
        """
        by_key = {column.key: column for column in self.columns if column.sort}
        wanted = request.GET.get(SORT_PARAM, "")
        if wanted.lstrip("-") not in by_key:
            wanted = self.default_sort
        column = by_key.get(wanted.lstrip("-"))
        if column and isinstance(rows, QuerySet):
            rows = rows.order_by(*column.ordering(descending=wanted.startswith("-")))
        return Table(
            spec=self,
            pages=paginate(request, rows, self.per_page),
            sort=wanted,
            selectable=selectable,
        )


@dataclass(frozen=True)
class Table:
    """A table ready to be drawn by ``{% ui "table" table=table %}``."""

    spec: TableSpec
    pages: Pages
    sort: str
    selectable: bool = False

    @property
    def headers(self) -> Sequence[Header]:
        """Heads with the link that sorts (or turns the sorting round); sorting starts again on page one."""
        return [self._header(column) for column in self.spec.columns]

    @property
    def rows(self) -> list[Row]:
        """The rows of the present page."""
        return [self._row(row) for row in self.pages]

    def _header(self, column: Column) -> Header:
        if not column.sort:
            return Header(column, "", "")
        current = self.sort.lstrip("-") == column.key
        descending = current and self.sort.startswith("-")
        turned = f"-{column.key}" if current and not descending else column.key
        url = with_params(self.pages.query, **{SORT_PARAM: turned, PAGE_PARAM: None})
        direction = ("descending" if descending else "ascending") if current else ""
        return Header(column, url, direction)

    def _row(self, row: Any) -> Row:
        cells = [Cell(column, column.of(row)) for column in self.spec.columns]
        main = next((cell for cell in cells if cell.column.main), cells[0])
        name = main.value.label if isinstance(main.value, Link) else str(main.value)
        return Row(cells=cells, key=str(getattr(row, "public_id", "")), name=name)
