from collections.abc import Callable
from typing import Any

from tests.access.route import Route

TEACHERS = {"teacher", "school_coordinator"}
COORDINATION = {"school_coordinator"}


def school_class(world: Any) -> dict[str, str]:
    return {"public_id": world.own.school_class.public_id}


def other_class(world: Any) -> dict[str, str]:
    """The neighbour differs by its school only."""
    return {"public_id": world.neighbour.school_class.public_id}


def pupil(world: Any) -> dict[str, str]:
    return {"public_id": world.own.pupil.public_id}


def other_pupil(world: Any) -> dict[str, str]:
    return {"public_id": world.neighbour.pupil.public_id}


def teaching(of: str) -> Callable[[Any], dict[str, str]]:
    def build(world: Any) -> dict[str, str]:
        found = getattr(world, of).school_class
        return {"public_id": found.public_id, "teaching_id": found.teachers.get().public_id}

    return build


def on_class(allowed: set[str], **more: Any) -> Route:
    return Route(allowed=allowed, args=school_class, foreign=other_class, **more)


def on_pupil(**more: Any) -> Route:
    return Route(allowed=TEACHERS, args=pupil, foreign=other_pupil, **more)


BOTH = ("GET", "POST")


def school(world: Any) -> dict[str, str]:
    return {"public_id": world.own.school.public_id}


def foreign_school(world: Any) -> dict[str, str]:
    return {"public_id": world.foreign.school.public_id}


ROUTES = {
    "schools:school_new": Route(allowed={"coordinator"}, methods=BOTH),
    "schools:school_edit": Route(
        allowed={"coordinator"}, args=school, foreign=foreign_school, methods=BOTH
    ),
    "schools:class_list": Route(allowed=TEACHERS),
    "schools:class_new": Route(allowed=COORDINATION, methods=BOTH),
    "schools:class_page": on_class(TEACHERS),
    "schools:class_edit": on_class(COORDINATION, methods=BOTH),
    "schools:class_teachers": on_class(COORDINATION, methods=BOTH),
    "schools:class_teacher_remove": Route(
        allowed=COORDINATION, args=teaching("own"), foreign=teaching("neighbour"), methods=("POST",)
    ),
    "schools:pupil_new": on_class(TEACHERS, methods=BOTH),
    "schools:class_codes": on_class(TEACHERS, methods=BOTH),
    "schools:class_codes_pdf": on_class(TEACHERS),
    "schools:class_list_pdf": on_class(TEACHERS),
    "schools:class_letters": on_class(TEACHERS),
    "schools:class_letters_pdf": on_class(TEACHERS),
    "schools:pupil_page": on_pupil(),
    "schools:pupil_edit": on_pupil(methods=BOTH),
    "schools:pupil_move": on_pupil(methods=BOTH),
    "schools:pupil_remove": on_pupil(methods=BOTH),
    "schools:pupil_bring_back": on_pupil(methods=("POST",)),
    "schools:pupil_code": on_pupil(methods=BOTH),
    "schools:year_change": Route(
        allowed=COORDINATION,
        args=lambda world: {"public_id": world.own.school.public_id},
        foreign=lambda world: {"public_id": world.neighbour.school.public_id},
        methods=BOTH,
    ),
    "schools:profile": Route(allowed={"pupil"}),
    "schools:profile_step": Route(
        allowed={"pupil"}, args=lambda world: {"word": "gern"}, methods=BOTH
    ),
    "schools:child": Route(allowed={"guardian"}),
}
