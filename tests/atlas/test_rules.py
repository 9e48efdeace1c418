"""Entries as values: stored and read back, compared, and old after a year."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.atlas import RELEASED, item
from werkpfad.region.atlas.enums import Direction, EntryStand, EntryStatus, ItemKind
from werkpfad.region.atlas.rules import (
    FRESH_FOR,
    Content,
    Item,
    WebLink,
    as_data,
    changes,
    content_from,
    fresh_share,
    is_fresh,
    publish_problem,
    spoken_grades,
    stand_of,
    with_item,
    without_item,
)

GRADE = st.none() | st.integers(1, 13)
ITEMS = st.builds(
    Item,
    key=st.text("abcdef", min_size=4, max_size=8),
    direction=st.sampled_from(Direction),
    kind=st.sampled_from(ItemKind),
    text=st.text(max_size=40),
    keywords=st.text(max_size=20),
    fields=st.lists(st.sampled_from(["holz", "metall"]), unique=True).map(tuple),
    forms=st.lists(st.sampled_from(["gymnasium"]), unique=True).map(tuple),
    first_grade=GRADE,
    last_grade=GRADE,
)
CONTENTS = st.builds(
    Content,
    intro=st.text(max_size=40),
    links=st.lists(st.builds(WebLink, st.text(max_size=9), st.text(max_size=9))).map(tuple),
    items=st.lists(ITEMS, max_size=4, unique_by=lambda i: i.key).map(tuple),
)


@given(CONTENTS)
def test_what_is_stored_is_read_back(content: Content) -> None:
    assert content_from(as_data(content)) == content
    assert changes(content, content) == []


@given(CONTENTS, ITEMS)
def test_adding_and_removing_touch_one_item_only(content: Content, new: Item) -> None:
    added = with_item(content, new)
    assert added.item(new.key) == new
    assert without_item(added, new.key) == without_item(content, new.key)


def test_changes_are_told_one_by_one() -> None:
    first, second = item(), item(direction=Direction.NEED, kind=ItemKind.ADVICE)
    before = Content(intro="a", items=(first, second))
    after = Content(intro="b", items=(item(key=first.key, text="neu"), item(kind=ItemKind.ROOM)))
    assert changes(before, after) == [
        "Vorstellung geändert",
        "geändert: Wir bieten: Betriebserkundung",
        "neu: Wir bieten: Räume und Ausstattung",
        "entfernt: Wir suchen: Beratung",
    ]


def test_an_entry_without_anything_to_give_or_seek_is_not_shown() -> None:
    assert publish_problem(Content(intro="Wir sind nett.")) is not None
    assert publish_problem(Content(items=(item(),))) is None


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, ""),
        (8, 8, "Klasse 8"),
        (8, 10, "Klassen 8 bis 10"),
        (8, None, "ab Klasse 8"),
        (None, 6, "bis Klasse 6"),
    ],
)
def test_grades_are_spoken(first: int | None, last: int | None, words: str) -> None:
    assert spoken_grades(first, last) == words


@pytest.mark.parametrize(
    ("status", "latest", "submitted", "published", "stand"),
    [
        (EntryStatus.DRAFT, 1, None, None, EntryStand.DRAFT),
        (EntryStatus.DRAFT, 1, 1, None, EntryStand.WAITING),
        (EntryStatus.PUBLIC, 1, None, 1, EntryStand.PUBLIC),
        (EntryStatus.PUBLIC, 2, None, 1, EntryStand.CHANGED),
        (EntryStatus.PUBLIC, 2, 2, 1, EntryStand.WAITING),
        (EntryStatus.WITHDRAWN, 2, None, 2, EntryStand.WITHDRAWN),
    ],
)
def test_the_stand_says_what_waits(
    status: str, latest: int, submitted: int | None, published: int | None, stand: EntryStand
) -> None:
    assert stand_of(status, latest=latest, submitted=submitted, published=published) == stand


def test_an_entry_is_fresh_for_a_year() -> None:
    last = RELEASED + FRESH_FOR
    assert is_fresh(RELEASED, at=last)
    assert not is_fresh(RELEASED, at=last + timedelta(seconds=1))
    assert not is_fresh(None, at=last)
    assert fresh_share([RELEASED, RELEASED, None], at=last) == 66
    assert fresh_share([], at=last) is None
