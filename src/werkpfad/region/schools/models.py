"""Schools, classes, pupils and who cares for them. Pupils are minors: least data, and only what a step needs."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from werkpfad.base.core.models import Record
from werkpfad.base.core.privacy import Privacy, Retention
from werkpfad.base.occupations.models import Field
from werkpfad.region.network.models import Organisation
from werkpfad.region.schools.enums import ProfileStep, SchoolForm, TravelMode


class School(Record):
    """What a school has beyond an organisation. The Schulnummer is the organisation's `external_key`."""

    privacy = Privacy(
        purpose="Schulen und Schulformen",
        retention=Retention.WHILE_MEMBER,
        open={"organisation", "main_form", "forms", "social_index"},
    )

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="school"
    )
    main_form = models.CharField(max_length=20, choices=SchoolForm)
    forms = models.JSONField(default=list, blank=True)
    social_index = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(main_form__in=SchoolForm.values), name="school_form_known"
            ),
            models.CheckConstraint(
                condition=Q(social_index__isnull=True) | Q(social_index__range=(1, 9)),
                name="school_index_1_to_9",
            ),
        ]

    def __str__(self) -> str:
        return f"school {self.organisation_id}"


class SchoolClass(Record):
    """One class in one school year, e.g. 9b in 2026 (= 2026/27)."""

    privacy = Privacy(
        purpose="Klassen",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        open={"school", "school_year", "name", "grade"},
    )

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="classes")
    school_year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=20)
    grade = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year", "name"], name="class_once_a_year"
            ),
            models.CheckConstraint(condition=Q(grade__range=(1, 13)), name="class_grade_1_to_13"),
        ]

    def __str__(self) -> str:
        return self.name


class ClassTeacher(Record):
    """A teacher who accompanies a class; the class-level right behind `visible_pupils`."""

    privacy = Privacy(
        purpose="Zuständigkeit von Lehrkräften",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        personal={"user"},
        open={"school_class"},
    )

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="teachers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="class_teachings",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_class", "user"], name="class_teacher_once")
        ]

    def __str__(self) -> str:
        return f"teacher {self.user_id} of {self.school_class_id}"


class Pupil(Record):
    """A pupil as the school knows them. Home is the middle of a postal code, no street."""

    privacy = Privacy(
        purpose="Praktikum finden und begleiten",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        personal={
            "user",
            "school_class",
            "given_name",
            "family_name",
            "birth_date",
            "school_key",
            "home_postal_code",
            "home_place",
            "home_lat",
            "home_lon",
            "is_full_time_compulsory",
            "left_on",
        },
    )

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pupil",
    )
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="pupils")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    birth_date = models.DateField()
    school_key = models.CharField(max_length=60)
    home_postal_code = models.CharField(max_length=5, blank=True)
    home_place = models.CharField(max_length=120, blank=True)
    home_lat = models.FloatField(null=True, blank=True)
    home_lon = models.FloatField(null=True, blank=True)
    is_full_time_compulsory = models.BooleanField(default=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "school_key"], name="pupil_once_in_class"
            ),
            models.CheckConstraint(condition=~Q(school_key=""), name="pupil_key_not_empty"),
        ]
        indexes = [
            models.Index(
                fields=["school_class", "family_name", "given_name"],
                name="pupil_class_list",
            ),
        ]

    def __str__(self) -> str:
        return f"pupil {self.public_id}"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class PastClass(Record):
    """A class a pupil belonged to before the present one; written when the pupil leaves it, never changed."""

    privacy = Privacy(
        purpose="Verlauf über die Schuljahre",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        personal={"pupil"},
        open={"school_class", "until"},
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="past_classes")
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.CASCADE, related_name="past_pupils"
    )
    until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pupil", "school_class"], name="past_class_once")
        ]

    def __str__(self) -> str:
        return f"{self.pupil_id} in {self.school_class_id} until {self.until}"


class Profile(Record):
    """What a pupil says about wishes and ways; five minutes on a phone.

    `done_steps` lists the `ProfileStep` codes that were answered or passed over; with all of them it is complete.
    """

    privacy = Privacy(
        purpose="Passende Praktika finden",
        retention=Retention.WINDOW_PLUS_THREE_MONTHS,
        personal={
            "pupil",
            "travel_mode",
            "max_distance_km",
            "likes",
            "strengths",
            "wants_to_try",
            "done_steps",
            "completed_at",
        },
    )

    pupil = models.OneToOneField(Pupil, on_delete=models.CASCADE, related_name="profile")
    travel_mode = models.CharField(max_length=8, choices=TravelMode, default=TravelMode.TRANSIT)
    max_distance_km = models.PositiveSmallIntegerField(default=15)
    likes = models.CharField(max_length=300, blank=True)
    strengths = models.CharField(max_length=300, blank=True)
    wants_to_try = models.CharField(max_length=300, blank=True)
    done_steps = models.JSONField(default=list, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(travel_mode__in=TravelMode.values),
                name="profile_travel_known",
            ),
            models.CheckConstraint(
                condition=Q(max_distance_km__range=(1, 200)),
                name="profile_distance_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"profile {self.public_id}"

    @property
    def steps_done(self) -> list[str]:
        """All steps of a profile that was completed, whatever steps are asked today."""
        return ProfileStep.values if self.completed_at else self.done_steps


class ProfileField(Record):
    """A field of interest, ranked from 1."""

    privacy = Privacy(
        purpose="Passende Praktika finden",
        retention=Retention.WINDOW_PLUS_THREE_MONTHS,
        personal={"profile", "field", "rank"},
    )

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="interests")
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="interested_profiles")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "field"], name="profile_field_once"),
            models.UniqueConstraint(fields=["profile", "rank"], name="profile_rank_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.field_id}"


class Guardian(Record):
    """Somebody who cares for a pupil, signing in with the code of the letter sheet (Elternzettel)."""

    privacy = Privacy(
        purpose="Erziehungsberechtigte informieren",
        retention=Retention.SCHOOL_YEAR_PLUS_ONE,
        personal={"pupil", "user"},
        open={"position"},
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="guardians")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guardian"
    )
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pupil", "position"], name="guardian_position_once"),
            models.CheckConstraint(condition=Q(position__in=(1, 2)), name="guardian_at_most_two"),
        ]

    def __str__(self) -> str:
        return f"guardian {self.position} of {self.pupil_id}"
