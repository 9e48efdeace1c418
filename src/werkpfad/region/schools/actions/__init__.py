"""Schools promise: nobody is lost. Pupils move, pause and leave; rows stay until their retention ends.

Every change is recorded without names. Accounts follow the pupils: who leaves loses access, and nothing else.
"""

from werkpfad.region.schools.actions.access import (
    give_access,
    give_class_access,
    give_guardian_access,
    renew_code,
)
from werkpfad.region.schools.actions.classes import (
    ClassNameTaken,
    NotOfThisSchool,
    assign_teacher,
    create_class,
    unassign_teacher,
    update_class,
)
from werkpfad.region.schools.actions.profile import (
    UnknownPlace,
    save_answer,
    save_home,
    save_interests,
    save_profile,
    save_travel,
    skip_step,
)
from werkpfad.region.schools.actions.pupils import (
    KeyTaken,
    OtherSchool,
    add_pupil,
    bring_back_pupil,
    move_pupil,
    remove_pupil,
    update_pupil,
)
from werkpfad.region.schools.actions.school_year import RollOverNotPossible, roll_over_year
from werkpfad.region.schools.actions.schools import (
    NumberTaken,
    SchoolDetails,
    create_school,
    edit_school,
)

__all__ = [
    "ClassNameTaken",
    "KeyTaken",
    "NotOfThisSchool",
    "NumberTaken",
    "OtherSchool",
    "RollOverNotPossible",
    "SchoolDetails",
    "UnknownPlace",
    "add_pupil",
    "assign_teacher",
    "bring_back_pupil",
    "create_class",
    "create_school",
    "edit_school",
    "give_access",
    "give_class_access",
    "give_guardian_access",
    "move_pupil",
    "remove_pupil",
    "renew_code",
    "roll_over_year",
    "save_answer",
    "save_home",
    "save_interests",
    "save_profile",
    "save_travel",
    "skip_step",
    "unassign_teacher",
    "update_class",
    "update_pupil",
]
