"""Which places a pupil could have without naming them."""

from werkpfad.base.core.geo import Point, distance_km
from werkpfad.journey.matching.candidates import Place, Seeker, candidates

STADE, BUXTEHUDE, HAMBURG = Point(53.6, 9.4667), Point(53.4767, 9.7003), Point(53.55, 10.0)


def seeker(
    name: str, *fields: str, home: Point | None = STADE, km: int = 30, age: int = 15
) -> Seeker:
    return Seeker(name, home, km, age, fields or ("holz",))


def place(
    name: str, point: Point | None = STADE, field: str = "holz", seats: int = 1, age: int = 13
) -> Place:
    return Place(name, point, field, seats, age)


def chosen(found: list[object]) -> list[str]:
    return [row.place for row in found]  # type: ignore[attr-defined]


def test_only_liked_fields_within_reach_and_old_enough() -> None:
    places = [
        place("near"),
        place("middle", BUXTEHUDE),
        place("far", HAMBURG),
        place("old", age=16),
        place("other", field="metall"),
    ]
    found = candidates([seeker("a", km=25)], places)["a"]
    assert chosen(found) == ["near", "middle"]
    assert [row.km for row in found] == [0, round(distance_km(STADE, BUXTEHUDE))]


def test_the_dearest_field_comes_first_with_its_rank() -> None:
    places = [place("wood"), place("metal", field="metall")]
    found = candidates([seeker("a", "metall", "holz")], places)["a"]
    assert [(row.place, row.field_rank) for row in found] == [("metal", 1), ("wood", 2)]


def test_an_unknown_way_counts_as_the_limit() -> None:
    found = candidates([seeker("a", home=None, km=12)], [place("x"), place("y", None)])["a"]
    assert [row.km for row in found] == [12, 12]


def test_half_of_a_list_are_places_that_few_others_could_take() -> None:
    """Nine live beside the crowded places; the one in Stade also gets the calm place farther off."""
    crowded = [place(f"crowded{n}", BUXTEHUDE) for n in range(6)]
    calm = place("calm", Point(53.75, 9.30), seats=3)
    others = [seeker(f"b{n}", home=BUXTEHUDE, km=5) for n in range(9)]
    found = candidates([seeker("a"), *others], [*crowded, calm], per_field=4)
    assert len(found["a"]) == 4
    assert "calm" in chosen(list(found["a"]))
    assert all("calm" not in chosen(list(found[other.id])) for other in others)


def test_the_order_of_the_input_changes_nothing() -> None:
    seekers = [seeker(f"s{n}", home=BUXTEHUDE if n % 2 else STADE) for n in range(6)]
    places = [place(f"p{n}", BUXTEHUDE if n % 3 else STADE) for n in range(12)]
    straight = candidates(seekers, places, per_field=4)
    assert straight == candidates(seekers[::-1], places[::-1], per_field=4)


def test_nobody_and_nothing_is_fine() -> None:
    assert candidates([], []) == {}
    assert candidates([seeker("a")], []) == {"a": []}
