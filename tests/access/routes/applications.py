from tests.access.route import Route

OWN = frozenset({"pupil", "teacher", "school_coordinator"})

ROUTES = {
    "applications:apply": Route(
        allowed=OWN,
        args=lambda w: {"public_id": w.own.slot.public_id},
        foreign=lambda w: {"public_id": w.foreign.slot.public_id},
        methods=("GET", "POST"),
    ),
    "applications:withdraw": Route(
        allowed=OWN,
        args=lambda w: {"public_id": w.own.application.public_id},
        foreign=lambda w: {"public_id": w.foreign.application.public_id},
        methods=("GET", "POST"),
    ),
}
