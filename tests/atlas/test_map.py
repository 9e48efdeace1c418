"""The map is arithmetic: nothing is lost, nothing overlaps, the same points give the same picture."""

from hypothesis import given, settings
from hypothesis import strategies as st

from werkpfad.base.core.geo import Point, distance_km
from werkpfad.region.atlas.rules.map import (
    CLOSEST,
    GERMANY,
    HEIGHT,
    WIDTH,
    Spot,
    Window,
    clusters,
    land,
    names,
    scale_bar,
    window_around,
    window_from,
)

LAT, LON = st.floats(47.3, 55.0), st.floats(6.0, 15.0)
POINTS = st.lists(st.tuples(LAT, LON).map(lambda p: Point(*p)), min_size=1, max_size=60)
WINDOWS = st.builds(Window, LAT, LON, st.integers(0, CLOSEST))


def spots(points: list[Point]) -> list[Spot]:
    return [Spot(number, point.lat, point.lon) for number, point in enumerate(points)]


@given(POINTS)
def test_the_first_window_shows_everything_once(points: list[Point]) -> None:
    drawn = clusters(spots(points), window_around(points))
    assert sorted(key for cluster in drawn for key in cluster.keys) == list(range(len(points)))


@given(POINTS, WINDOWS)
def test_no_point_is_drawn_twice_and_marks_keep_their_distance(
    points: list[Point], window: Window
) -> None:
    drawn = clusters(spots(points), window)
    keys = [key for cluster in drawn for key in cluster.keys]
    assert len(keys) == len(set(keys))
    assert drawn == clusters(spots(points), window)


@given(POINTS, WINDOWS)
@settings(max_examples=40)
def test_a_cluster_leads_closer_until_its_points_stand_alone(
    points: list[Point], window: Window
) -> None:
    for cluster in clusters(spots(points), window):
        assert (cluster.inside is None) == (len(cluster.keys) == 1)
        if cluster.inside is not None:
            assert cluster.inside.zoom > window.zoom


def test_members_at_one_place_are_all_to_be_reached() -> None:
    """Thirty companies in the middle of one postal code: at the closest zoom each is a mark of its own."""
    window = Window(53.6, 9.48, CLOSEST)
    drawn = clusters(spots([Point(53.6, 9.48)] * 30), window)
    assert len(drawn) == 30
    apart = min((a.x - b.x) ** 2 + (a.y - b.y) ** 2 for a in drawn for b in drawn if a is not b)
    assert apart > 14**2


@given(WINDOWS)
def test_the_scale_tells_the_truth(window: Window) -> None:
    bar = scale_bar(window)
    assert 0 < bar.width <= WIDTH / 3
    south, west, _, east = window.box()
    middle = window.lat
    across = distance_km(Point(middle, west), Point(middle, east))
    assert abs(across - WIDTH / window.per_km) / across < 0.03
    assert south < middle


@given(WINDOWS, st.floats(-200, 200), st.floats(-200, 200))
def test_moving_there_and_back_ends_where_it_began(window: Window, dx: float, dy: float) -> None:
    there = window.moved(dx, 0).moved(-dx, 0)
    assert abs(there.lon - window.lon) < 1e-9
    assert window.moved(0, dy).zoom == window.zoom
    assert abs(window.x(window.moved(50, 0).lon) - (WIDTH / 2 + 50)) < 1e-6
    assert abs(window.y(window.moved(0, 50).lat) - (HEIGHT / 2 + 50)) < 1e-6


def test_nonsense_in_the_address_shows_what_would_be_shown_anyway() -> None:
    usual = Window(53, 9, 4)
    for middle, zoom in (
        ("", ""),
        ("x,y", "3"),
        ("53,9", "99"),
        ("nan,9", "3"),
        ("53", "3"),
        ("999,9", "3"),
    ):
        assert window_from(middle, zoom, usual) == usual
    assert window_from("53.5,9.5", "3", usual) == Window(53.5, 9.5, 3)
    assert window_around([]) == Window(*GERMANY, 0)


def test_names_do_not_overlap_and_the_weightiest_stand() -> None:
    window = Window(53.5, 9.5, 3)
    places = [("Stade", 53.5, 9.5, 3), ("Agathenburg", 53.501, 9.5, 1), ("Jork", 53.3, 9.9, 1)]
    shown = names(places, window, around=clusters([Spot(0, 53.5, 9.5)], window))
    assert [name.text for name in shown] == ["Stade", "Agathenburg", "Jork"]
    assert abs(shown[0].y - shown[1].y) >= 19
    assert len(names([(f"Ort {n}", 53.5, 9.5, 1) for n in range(50)], window)) == 3


def test_land_is_thinned_out() -> None:
    window = Window(53.5, 9.5, 2)
    assert len(land([Point(53.5, 9.5)] * 500, window)) == 1
