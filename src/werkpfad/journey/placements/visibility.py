"""Who sees which datum of a placement, before and after everybody has agreed. Values only; a test walks the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Viewer(StrEnum):
    PUPIL = "pupil"
    GUARDIAN = "guardian"
    SCHOOL = "school"
    COMPANY = "company"
    COORDINATOR = "coordinator"
    PUBLIC = "public"


class Datum(StrEnum):
    FIRST_NAME = "first_name"
    FULL_NAME = "full_name"
    SCHOOL = "school"
    GRADE = "grade"
    AGE_BAND = "age_band"
    BIRTH_DATE = "birth_date"
    HOME = "home"
    MESSAGE = "message"
    COMPANY_CONTACT = "company_contact"
    ATTENDANCE = "attendance"
    COMPANY_FEEDBACK = "company_feedback"
    PUPIL_FEEDBACK = "pupil_feedback"


_V, _D = Viewer, Datum
_FAMILY = frozenset({_V.PUPIL, _V.GUARDIAN, _V.SCHOOL})
_PARTIES = _FAMILY | {_V.COMPANY}

BEFORE: Mapping[Datum, frozenset[Viewer]] = {
    _D.FIRST_NAME: _PARTIES,
    _D.FULL_NAME: _FAMILY,
    _D.SCHOOL: _FAMILY,
    _D.GRADE: _PARTIES | {_V.COORDINATOR},
    _D.AGE_BAND: _PARTIES | {_V.COORDINATOR},
    _D.BIRTH_DATE: _FAMILY,
    _D.HOME: _FAMILY,
    _D.MESSAGE: frozenset({_V.PUPIL, _V.SCHOOL, _V.COMPANY}),
    _D.COMPANY_CONTACT: frozenset({_V.SCHOOL, _V.COMPANY, _V.COORDINATOR}),
    _D.ATTENDANCE: _PARTIES,
    _D.COMPANY_FEEDBACK: frozenset({_V.PUPIL, _V.SCHOOL, _V.COMPANY}),
    _D.PUPIL_FEEDBACK: frozenset({_V.PUPIL, _V.SCHOOL, _V.COORDINATOR}),
}
# The company needs name, birth date and home for its register of young people (§ 49 JArbSchG).
AFTER: Mapping[Datum, frozenset[Viewer]] = {
    **BEFORE,
    _D.FULL_NAME: _PARTIES,
    _D.SCHOOL: _PARTIES,
    _D.BIRTH_DATE: _PARTIES,
    _D.HOME: _PARTIES,
    _D.COMPANY_CONTACT: _PARTIES | {_V.COORDINATOR},
}


def may_see(datum: Datum, viewer: Viewer, *, agreed: bool) -> bool:
    return viewer in (AFTER if agreed else BEFORE)[datum]


@dataclass(frozen=True, slots=True)
class Sight:
    """What one viewer may see of one placement; templates ask this, never the state."""

    viewer: Viewer
    agreed: bool

    def sees(self, datum: Datum) -> bool:
        return may_see(datum, self.viewer, agreed=self.agreed)


def code_of(public_id: str) -> str:
    """The five characters by which the office and a teacher speak of the same pupil."""
    return public_id[:5].upper()


def pseudonym(public_id: str) -> str:
    """What stands for a name where names may not be seen; the same everywhere, telling nothing."""
    return f"Schüler:in {code_of(public_id)}"


def short_name(given_name: str, family_name: str) -> str:
    """'Mika P.'"""
    return f"{given_name} {family_name[:1]}.".strip()
