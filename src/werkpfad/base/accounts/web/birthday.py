"""The additional question while somebody is trying codes in masses: the pupil's birthday, without the year."""

from datetime import date

from django.core.exceptions import ValidationError
from django.forms import CharField, TextInput

from werkpfad.base.accounts.models import User
from werkpfad.region.schools.models import Pupil


class BirthdayField(CharField):
    """Day and month as people write them: 14.3., 14.03, 14/3. Gives (day, month)."""

    widget = TextInput(
        attrs={"autocomplete": "off", "inputmode": "numeric", "placeholder": "TT.MM."}
    )

    def to_python(self, value: object) -> tuple[int, int] | None:  # type: ignore[override]
        parts = "".join(c if c.isdigit() else " " for c in str(value or "")).split()
        if not parts:
            return None
        try:
            day, month = int(parts[0]), int(parts[1])
            date(2000, month, day)
        except (IndexError, ValueError):
            raise ValidationError(
                "Bitte Tag und Monat, zum Beispiel 14.03.", code="birthday"
            ) from None
        return day, month


def is_birthday_of(user: User, birthday: tuple[int, int] | None) -> bool:
    """Whether day and month fit the pupil; for guardians, one of their children."""
    if birthday is None:
        return False
    own = Pupil.objects.filter(user=user)
    children = Pupil.objects.filter(guardians__user=user)
    days = [
        *own.values_list("birth_date", flat=True),
        *children.values_list("birth_date", flat=True),
    ]
    return any(day is not None and (day.day, day.month) == birthday for day in days)
