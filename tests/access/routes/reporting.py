from tests.access.route import Route

SEES_FIGURES = {"coordinator", "partner"}

ROUTES = {
    "reporting:overview": Route(allowed=SEES_FIGURES, status=302),
    "reporting:programme": Route(
        args=lambda world: {"public_id": world.own.programme.public_id},
        foreign=lambda world: {"public_id": world.foreign.programme.public_id},
        allowed=SEES_FIGURES,
    ),
    "reporting:empty_offers": Route(
        args=lambda world: {"public_id": world.own.programme.public_id},
        foreign=lambda world: {"public_id": world.foreign.programme.public_id},
        allowed=SEES_FIGURES,
    ),
}
