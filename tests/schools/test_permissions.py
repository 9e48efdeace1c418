import pytest

from tests.factories.network import make_user
from tests.factories.schools import make_class, make_pupil
from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.permissions import Permission as P
from werkpfad.region.schools.permissions import (
    can_edit_class,
    can_edit_pupil,
    can_fill_profile,
    can_manage_classes,
    can_manage_school,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("held", "at_own_school", "classes", "school"),
    [
        ({P.MANAGE_CLASSES}, True, True, False),
        ({P.MANAGE_CLASSES, P.MANAGE_SCHOOL}, True, True, True),
        ({P.MANAGE_CLASSES, P.MANAGE_SCHOOL}, False, False, False),
        ({P.BE_PUPIL}, True, False, False),
        ({P.MANAGE_REGION}, True, False, False),
        (set(), True, False, False),
    ],
)
def test_only_the_own_school_is_managed(
    held: set[P], at_own_school: bool, classes: bool, school: bool
) -> None:
    pupil = make_pupil()
    own = pupil.school_class.school
    organisation = own.organisation_id + (0 if at_own_school else 1000)
    grants = Grants(in_organisations=frozenset((p, organisation) for p in held))
    assert can_manage_classes(grants, own) is classes
    assert can_edit_pupil(grants, pupil) is classes
    assert can_manage_school(grants, own) is school
    assert can_edit_class(grants, pupil.school_class) is school


def test_a_profile_belongs_to_its_pupil_alone() -> None:
    pupil, other = make_pupil(), make_user()
    assert can_fill_profile(Grants(user_id=pupil.user_id), pupil)
    assert not can_fill_profile(Grants(user_id=other.pk), pupil)


def test_a_pupil_without_account_has_no_profile_to_fill() -> None:
    pupil = make_pupil(with_user=False, school_class=make_class())
    assert not can_fill_profile(Grants(), pupil)
