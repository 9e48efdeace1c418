"""Pages of a list, with links that keep the visitor's filters and sorting."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict

PAGE_PARAM = "page"
_NEIGHBOURS = 1


def with_params(query: QueryDict, **changes: str | None) -> str:
    """The query string of ``query`` with ``changes``; None removes a parameter. Starts with ``?``."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"?{changed.urlencode()}"


class BoundedPaginator(Paginator[Any]):
    """Counts and pages no further than `up_to` rows, so that the dearest question costs a known amount.

    `goes_on` says that there are more; the page must say so too.
    """

    def __init__(self, rows: Any, per_page: int, up_to: int) -> None:
        super().__init__(rows, per_page, error_messages=None)
        self.rows, self.up_to = rows, up_to

    @cached_property
    def _found(self) -> int:
        return int(self.rows.order_by()[: self.up_to + 1].count())

    @property
    def goes_on(self) -> bool:
        """Whether there are more rows than are counted."""
        return self._found > self.up_to

    @cached_property
    def count(self) -> int:
        """Rows on all pages, at most `up_to`."""
        return min(self._found, self.up_to)


@dataclass(frozen=True)
class Pages:
    """One page of results and the way to the others. Iterating gives the page's rows."""

    page: Page[Any]
    query: QueryDict

    def __iter__(self) -> Any:
        return iter(self.page.object_list)

    def __len__(self) -> int:
        return len(self.page.object_list)

    @property
    def total(self) -> int:
        """Number of rows on all pages."""
        return self.page.paginator.count

    @property
    def goes_on(self) -> bool:
        """Whether there are more rows than `total`, which then is only as far as was counted."""
        return getattr(self.page.paginator, "goes_on", False)

    @property
    def many(self) -> bool:
        """Whether there is more than one page."""
        return self.page.paginator.num_pages > 1

    @property
    def number(self) -> int:
        """The present page, counted from 1."""
        return self.page.number

    @property
    def last(self) -> int:
        """Number of pages."""
        return self.page.paginator.num_pages

    @property
    def previous_url(self) -> str:
        """Link to the page before; empty on the first."""
        return self._url(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """Link to the page after; empty on the last."""
        return self._url(self.page.number + 1) if self.page.has_next() else ""

    @property
    def links(self) -> list[dict[str, Any]]:
        """First, last and neighbouring pages; a gap is an entry without number, ``far`` ones are left out on phones."""
        near = range(self.number - _NEIGHBOURS, self.number + _NEIGHBOURS + 1)
        shown = sorted({1, self.last, *(n for n in near if 1 <= n <= self.last)})
        entries: list[dict[str, Any]] = []
        for before, number in zip([0, *shown], shown, strict=False):
            if number - before > 1:
                entries.append({"number": None, "far": True})
            entries.append(
                {
                    "number": number,
                    "url": self._url(number),
                    "current": number == self.number,
                    "far": abs(number - self.number) > _NEIGHBOURS,
                }
            )
        return entries

    def _url(self, number: int) -> str:
        return with_params(self.query, **{PAGE_PARAM: str(number) if number > 1 else None})


def paginate(
    request: HttpRequest, queryset: Any, per_page: int = 25, *, up_to: int | None = None
) -> Pages:
    """The page named by ``?page=``; an absurd number shows the nearest page instead of an error.

    Costs two queries (count and rows), whatever the number of rows. With `up_to` neither looks further than that
    many rows: for lists nobody reads to the end.
    """
    paginator: Paginator[Any] = (
        Paginator(queryset, per_page, error_messages=None)
        if up_to is None
        else BoundedPaginator(queryset, per_page, up_to)
    )
    return Pages(page=paginator.get_page(request.GET.get(PAGE_PARAM)), query=request.GET)
