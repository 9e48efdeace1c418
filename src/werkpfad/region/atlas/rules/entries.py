"""What an entry says, how two versions differ, what may be published, and when it has to be confirmed again."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from werkpfad.region.atlas.enums import Direction, EntryStand, EntryStatus, ItemKind

MOST_ITEMS = 30
MOST_LINKS = 3
FRESH_FOR = timedelta(days=365)
ASK_AGAIN_AFTER = timedelta(days=60)
GRADES = range(1, 14)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a member offers or looks for. Without fields, forms or grades it is meant for all of them.

    `fields` are codes of Berufsfelder, `forms` of school forms; grades are included on both ends.
    """

    key: str
    direction: Direction
    kind: ItemKind
    text: str
    keywords: str = ""
    fields: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    first_grade: int | None = None
    last_grade: int | None = None


@dataclass(frozen=True, slots=True)
class WebLink:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Content:
    """All words of an entry, as one value that can be stored, compared and shown."""

    intro: str = ""
    links: tuple[WebLink, ...] = ()
    items: tuple[Item, ...] = ()

    def of(self, direction: Direction) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.direction == direction)

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)


def content_from(data: Mapping[str, Any]) -> Content:
    """The value behind stored JSON; an empty mapping is an empty entry."""
    return Content(
        intro=data.get("intro", ""),
        links=tuple(WebLink(**link) for link in data.get("links", ())),
        items=tuple(
            Item(
                **item
                | {
                    "direction": Direction(item["direction"]),
                    "kind": ItemKind(item["kind"]),
                    "fields": tuple(item["fields"]),
                    "forms": tuple(item["forms"]),
                }
            )
            for item in data.get("items", ())
        ),
    )


def as_data(content: Content) -> dict[str, Any]:
    """JSON for `content`; the inverse of `content_from`."""
    return asdict(content)


def with_item(content: Content, item: Item) -> Content:
    """The content with `item` in the place of the one with its key, or at the end."""
    if content.item(item.key) is None:
        return replace(content, items=(*content.items, item))
    return replace(content, items=tuple(item if i.key == item.key else i for i in content.items))


def without_item(content: Content, key: str) -> Content:
    return replace(content, items=tuple(item for item in content.items if item.key != key))


def publish_problem(content: Content) -> str | None:
    """Why this cannot be shown to everybody yet, as a German sentence; None if it can."""
    if not content.items:
        return "Nennen Sie zuerst mindestens eine Sache, die Sie bieten oder suchen."
    return None


def changes(before: Content, after: Content) -> list[str]:
    """What somebody did, in German, one line per thing."""
    lines = []
    if before.intro != after.intro:
        lines.append("Vorstellung geändert")
    if before.links != after.links:
        lines.append("Links geändert")
    for item in after.items:
        old = before.item(item.key)
        if old is None:
            lines.append(f"neu: {label_of(item)}")
        elif old != item:
            lines.append(f"geändert: {label_of(item)}")
    lines += [f"entfernt: {label_of(i)}" for i in before.items if after.item(i.key) is None]
    return lines


def label_of(item: Item) -> str:
    return f"{item.direction.label}: {item.kind.label}"


def spoken_grades(first: int | None, last: int | None) -> str:
    """8, 10 -> 'Klassen 8 bis 10'; empty when meant for all."""
    if first is None and last is None:
        return ""
    if first == last:
        return f"Klasse {first}"
    if last is None:
        return f"ab Klasse {first}"
    return f"bis Klasse {last}" if first is None else f"Klassen {first} bis {last}"


def stand_of(
    status: str, *, latest: int, submitted: int | None, published: int | None
) -> EntryStand:
    """What to say about an entry, from its status and the numbers of its versions."""
    if status == EntryStatus.WITHDRAWN:
        return EntryStand.WITHDRAWN
    if submitted is not None:
        return EntryStand.WAITING
    if status == EntryStatus.DRAFT:
        return EntryStand.DRAFT
    return EntryStand.PUBLIC if published == latest else EntryStand.CHANGED


def is_fresh(confirmed_at: datetime | None, *, at: datetime) -> bool:
    """Whether somebody of the organisation said within a year that all is right."""
    return confirmed_at is not None and at - confirmed_at <= FRESH_FOR


def fresh_share(confirmed: Iterable[datetime | None], *, at: datetime) -> int | None:
    """Percent of entries that are fresh, rounded down; None without any entry."""
    rows = list(confirmed)
    return sum(is_fresh(row, at=at) for row in rows) * 100 // len(rows) if rows else None
