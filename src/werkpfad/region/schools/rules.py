"""What a school year, a class name and a profile step mean. Values only, no database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from werkpfad.base.core.school_year import school_year_ends_on
from werkpfad.region.schools.enums import ProfileStep, SchoolForm

MAX_INTERESTS = 5
OWN_KEY_PREFIX = "neu-"

# After which grade a form of school usually ends; the school can decide otherwise for each class.
LAST_GRADE: dict[str, int] = {
    SchoolForm.GRUNDSCHULE: 4,
    SchoolForm.HAUPTSCHULE: 9,
    SchoolForm.REALSCHULE: 10,
    SchoolForm.OBERSCHULE: 10,
    SchoolForm.GESAMTSCHULE: 13,
    SchoolForm.GYMNASIUM: 13,
    SchoolForm.FOERDERSCHULE: 10,
    SchoolForm.WALDORFSCHULE: 13,
    SchoolForm.BERUFSSCHULE: 13,
    SchoolForm.ANDERE: 13,
}
HIGHEST_GRADE = 13

# Length of a Schulnummer where it is fixed; spreadsheets drop the leading zero.
DIGITS = {"NI": 5, "HB": 3, "NW": 6}
_NUMBER = re.compile(r"(?:([A-Z]{2})[-_ ]?)?([0-9A-Z][0-9A-Z./-]{0,30})")
# Which of several forms names the school.
_WEIGHT = (
    SchoolForm.WALDORFSCHULE,
    SchoolForm.GESAMTSCHULE,
    SchoolForm.OBERSCHULE,
    SchoolForm.GYMNASIUM,
    SchoolForm.REALSCHULE,
    SchoolForm.HAUPTSCHULE,
    SchoolForm.FOERDERSCHULE,
    SchoolForm.BERUFSSCHULE,
    SchoolForm.ANDERE,
    SchoolForm.GRUNDSCHULE,
)


def is_school_number(value: str) -> bool:
    """Whether it can be one, with or without the letters of the state before it."""
    return _NUMBER.fullmatch(value) is not None


def school_key(number: str, state: str) -> str:
    """The number with its state, e.g. NI-05903: unique in Germany, whatever a spreadsheet did to it."""
    match = _NUMBER.fullmatch(number.upper().strip())
    prefix, rest = (match[1], match[2]) if match else (None, number)
    if prefix and prefix not in DIGITS and not rest[0].isdigit():
        prefix, rest = None, number
    land = prefix or state
    if rest.isdigit():
        rest = rest.zfill(DIGITS.get(land, 0))
    return f"{land}-{rest}" if land else rest


def by_weight(forms: Iterable[str]) -> list[str]:
    """School forms, the one that names the school first."""
    stated = set(forms)
    return [form.value for form in _WEIGHT if form in stated]


def main_form_of(forms: Iterable[str]) -> str:
    """The form that names the school, e.g. Oberschule for one with Haupt- and Realschule branches."""
    return next(iter(by_weight(forms)), SchoolForm.ANDERE.value)


def next_class_name(name: str, grade: int) -> str:
    """9b -> 10b; a name that does not begin with its grade ("Eulen", "DBK") stays as it is."""
    found = re.match(r"(0?)(\d+)", name)
    if found is None or int(found[2]) != grade:
        return name
    number = f"{grade + 1:0{len(found[0])}d}" if found[1] else str(grade + 1)
    return number + name[found.end() :]


def leaves_after(form: str, grade: int) -> bool:
    """Whether pupils of this grade usually leave this form of school in summer."""
    return grade >= LAST_GRADE.get(form, HIGHEST_GRADE)


def may_roll_over(from_year: int, *, today: date) -> bool:
    """A school year can be closed once it is over, from 1 August: before, everybody still belongs to it."""
    return today > school_year_ends_on(from_year)


def first_day_without(from_year: int) -> date:
    """The day on which leavers of a school year no longer belong to the school."""
    return school_year_ends_on(from_year) + timedelta(days=1)


def last_day_of_access(left_on: date) -> date:
    """Codes work up to the day before a pupil has left."""
    return left_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClassMove:
    """What happens to one class in summer: `new_name` in the next grade, or None when its pupils leave."""

    class_id: int
    new_name: str | None


@dataclass(frozen=True, slots=True)
class YearOfClass:
    """What the plan needs to know of a class."""

    class_id: int
    name: str
    grade: int
    public_id: str = ""


def plan_roll_over(classes: Iterable[YearOfClass], *, form: str) -> list[ClassMove]:
    """The usual summer of a school: every class one grade up, the last grade leaves."""
    return [
        ClassMove(
            c.class_id, None if leaves_after(form, c.grade) else next_class_name(c.name, c.grade)
        )
        for c in classes
    ]


@dataclass(frozen=True, slots=True)
class ProfileProgress:
    """How far a profile is: `done` and `total` count steps, `next_step` is the first open one."""

    done: int
    total: int
    next_step: ProfileStep | None

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total)

    @property
    def is_complete(self) -> bool:
        return self.next_step is None


def progress_of(done_steps: Iterable[str]) -> ProfileProgress:
    """Progress from the codes of the steps answered or passed over; unknown codes count nothing."""
    done = set(done_steps)
    left = [step for step in ProfileStep if step.value not in done]
    total = len(ProfileStep)
    return ProfileProgress(total - len(left), total, left[0] if left else None)


def shown_key(school_key: str) -> str:
    """A Schülernummer as the school wrote it; nothing for the keys pupils without one are given."""
    return "" if school_key.startswith(OWN_KEY_PREFIX) else school_key
