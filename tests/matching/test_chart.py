"""The map's geometry: everything lies in the drawing, north is up, the land holds every point."""

from hypothesis import given
from hypothesis import strategies as st

from werkpfad.journey.matching.chart import WIDTH, frame_of, outline, radius

POINTS = st.lists(st.tuples(st.floats(53.0, 54.0), st.floats(9.0, 10.5)), min_size=1, max_size=12)


@given(POINTS)
def test_every_point_lies_inside_the_drawing(points: list[tuple[float, float]]) -> None:
    frame = frame_of(points)
    for point in points:
        x, y = frame.at(point)
        assert 0 <= x <= WIDTH
        assert 0 <= y <= frame.height


def test_north_is_up_and_east_is_right() -> None:
    frame = frame_of([(53.5, 9.2), (53.8, 9.9)])
    south_west, north_east = frame.at((53.5, 9.2)), frame.at((53.8, 9.9))
    assert south_west[0] < north_east[0]
    assert south_west[1] > north_east[1]


def test_the_land_is_the_hull_moved_outwards() -> None:
    square = [(100.0, 100.0), (200.0, 100.0), (200.0, 200.0), (100.0, 200.0), (150.0, 150.0)]
    corners = outline(square, around=10)
    assert len(corners) == 4
    assert min(x for x, _ in corners) < 100 < 200 < max(x for x, _ in corners)


def test_one_place_alone_still_has_land() -> None:
    frame = frame_of([(53.6, 9.5)])
    assert frame.height > 0
    assert len(outline([frame.at((53.6, 9.5))])) == 1


def test_circles_grow_with_their_area() -> None:
    assert radius(100, 100) == 2 * radius(25, 100)
    assert radius(0, 100) == radius(1, 1000)
