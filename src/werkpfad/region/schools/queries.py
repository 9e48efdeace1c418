"""Which classes and pupils somebody sees, and what pages need to know of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from werkpfad.base.accounts.codes import code_of
from werkpfad.base.accounts.grants import Grants
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.permissions import Permission
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.region.network.models import Membership, Place, Region
from werkpfad.region.schools.models import (
    ClassTeacher,
    Guardian,
    Profile,
    ProfileField,
    Pupil,
    School,
    SchoolClass,
)
from werkpfad.region.schools.rules import ProfileProgress, YearOfClass, progress_of

AT_SCHOOL = Q(left_on__isnull=True)


def visible_schools(grants: Grants) -> QuerySet[School]:
    """Schools of one's regions; pupils and guardians see their own."""
    own = grants.organisations
    regional = grants.regions_with(Permission.SEE_REGION_FIGURES)
    return School.objects.filter(
        Q(organisation__in=own) | Q(organisation__region__in=regional)
    ).select_related("organisation")


def visible_classes(grants: Grants) -> QuerySet[SchoolClass]:
    """Whole schools for the school's coordination, own classes for teachers. Coordinators see no classes."""
    own = ClassTeacher.objects.filter(user=grants.user_id).values("school_class")
    return SchoolClass.objects.filter(
        Q(school__organisation__in=grants.organisations_with(Permission.SEE_ALL_CLASSES))
        | Q(
            school__organisation__in=grants.organisations_with(Permission.MANAGE_CLASSES),
            pk__in=own,
        )
    ).select_related("school__organisation__region")


def visible_pupils(grants: Grants) -> QuerySet[Pupil]:
    """Teachers see pupils of their classes, pupils themselves, guardians their child. Nobody else sees a name."""
    own = grants.organisations_with(Permission.BE_PUPIL)
    child = grants.organisations_with(Permission.BE_GUARDIAN)
    children = Guardian.objects.filter(user=grants.user_id).values("pupil")
    return Pupil.objects.filter(
        Q(school_class__in=visible_classes(grants))
        | Q(user=grants.user_id, school_class__school__organisation__in=own)
        | Q(pk__in=children, school_class__school__organisation__in=child)
    )


def taught_pupils(grants: Grants) -> QuerySet[Pupil]:
    """Pupils of the classes one sees as a teacher; what teachers' pages load from."""
    return Pupil.objects.filter(school_class__in=visible_classes(grants)).select_related(
        "school_class__school__organisation__region", "user", "profile"
    )


def current_pupil(grants: Grants, *, today: date) -> Pupil | None:
    """The pupil who is signed in, with class, school and region loaded."""
    if grants.user_id is None or not grants.has(Permission.BE_PUPIL):
        return None
    return (
        Pupil.objects.select_related("school_class__school__organisation__region", "profile")
        .filter(Q(left_on__isnull=True) | Q(left_on__gt=today), user=grants.user_id)
        .first()
    )


def current_child(grants: Grants, *, today: date) -> Pupil | None:
    """The child of the guardian who is signed in."""
    if grants.user_id is None or not grants.has(Permission.BE_GUARDIAN):
        return None
    return (
        Pupil.objects.select_related("school_class__school__organisation__region")
        .filter(
            Q(left_on__isnull=True) | Q(left_on__gt=today),
            guardians__user=grants.user_id,
            school_class__school__organisation__in=grants.organisations_with(
                Permission.BE_GUARDIAN
            ),
        )
        .first()
    )


def managed_schools(grants: Grants) -> QuerySet[School]:
    """Schools whose classes, teachers and school years one may change."""
    return School.objects.filter(
        organisation__in=grants.organisations_with(Permission.MANAGE_SCHOOL)
    ).select_related("organisation__region")


def teaching_schools(grants: Grants) -> QuerySet[School]:
    """Schools at which one has classes, as a teacher or as the school's coordination."""
    return School.objects.filter(
        organisation__in=grants.organisations_with(Permission.MANAGE_CLASSES)
    ).select_related("organisation__region")


def school_years(grants: Grants) -> list[int]:
    """School years in which one sees classes, the newest first."""
    years = visible_classes(grants).order_by("-school_year").values_list("school_year", flat=True)
    return list(years.distinct())


def classes_with_figures(grants: Grants, *, school_year: int) -> QuerySet[SchoolClass]:
    """Classes with `pupil_count` (present ones) and `signed_in_count` (used their code at least once)."""
    here = Q(pupils__left_on__isnull=True)
    return (
        visible_classes(grants)
        .filter(school_year=school_year)
        .annotate(
            pupil_count=Count("pupils", filter=here, distinct=True),
            signed_in_count=Count(
                "pupils",
                filter=here & Q(pupils__user__access_code__last_used_at__isnull=False),
                distinct=True,
            ),
        )
        .prefetch_related(
            Prefetch("teachers", ClassTeacher.objects.select_related("user").order_by("pk"))
        )
        .order_by("school__organisation__name", "grade", "name")
    )


def pupils_of(school_class: SchoolClass) -> QuerySet[Pupil]:
    """The class register: who belongs to the class today, by name, with what pages show of each."""
    return (
        Pupil.objects.filter(AT_SCHOOL, school_class=school_class)
        .select_related("user__access_code", "profile")
        .order_by("family_name", "given_name", "birth_date", "pk")
    )


def former_pupils_of(school_class: SchoolClass) -> QuerySet[Pupil]:
    """Who left the school from this class."""
    return Pupil.objects.filter(school_class=school_class, left_on__isnull=False).order_by(
        "family_name", "given_name", "birth_date", "pk"
    )


def pupils_who_were_in(school_class: SchoolClass, grants: Grants) -> QuerySet[Pupil]:
    """Who belonged to the class before and is still seen by this person in another class of theirs."""
    return (
        taught_pupils(grants)
        .filter(AT_SCHOOL, past_classes__school_class=school_class)
        .order_by("family_name", "given_name", "birth_date", "pk")
    )


def kept_schools(grants: Grants) -> QuerySet[School]:
    """Schools whose master data one keeps, as the coordination of their region."""
    regions = grants.regions_with(Permission.MANAGE_ORGANISATIONS)
    return School.objects.filter(organisation__region__in=regions).select_related(
        "organisation__region"
    )


def region_to_keep_schools_in(grants: Grants) -> Region | None:
    """Where a new school belongs: the region one coordinates, the first if there are several."""
    regions = grants.regions_with(Permission.MANAGE_ORGANISATIONS)
    return Region.objects.filter(pk__in=regions).order_by("pk").first()


def pupil_by_key(school: School, school_key: str) -> Pupil | None:
    """A pupil of the school by Schülernummer, whatever class and year; the newest class wins."""
    return (
        Pupil.objects.filter(school_class__school=school, school_key=school_key)
        .select_related("school_class__school__organisation")
        .order_by("-school_class__school_year", "-pk")
        .first()
    )


def profile_of(pupil: Pupil) -> Profile:
    """The stored profile, or an unsaved one with the usual values."""
    return Profile.objects.filter(pupil=pupil).first() or Profile(pupil=pupil)


def profile_progress(pupil: Pupil) -> ProfileProgress:
    """How far the pupil's profile is; no query when `profile` is loaded with the pupil."""
    profile = getattr(pupil, "profile", None)
    return progress_of(profile.steps_done if profile else ())


def ranked_interests(pupil: Pupil) -> list[ProfileField]:
    """The fields of a pupil's profile, the favourite first."""
    return list(
        ProfileField.objects.filter(profile__pupil=pupil).select_related("field").order_by("rank")
    )


def places_at(postal_code: str) -> QuerySet[Place]:
    """All places of one postal code; rural codes have a dozen."""
    return Place.objects.filter(postal_code=postal_code).order_by("name")


def school_staff(school: School, *, today: date) -> QuerySet[User]:
    """Who may accompany classes of the school today."""
    running = Membership.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=today),
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
        organisation=school.organisation,
        role__in=(RoleCode.TEACHER, RoleCode.SCHOOL_COORDINATOR),
    )
    return User.objects.filter(pk__in=running.values("user"), is_active=True).order_by(
        "family_name", "given_name", "pk"
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sign-in sheet: whose, and the eight characters. Never log it."""

    pupil: Pupil
    code: str


def pupil_sheets(school_class: SchoolClass) -> list[Sheet]:
    """The codes of all pupils of a class who have access."""
    pupils = pupils_of(school_class).filter(user__access_code__isnull=False)
    return [Sheet(pupil, code_of(pupil.user.access_code)) for pupil in pupils]


def guardian_sheets(school_class: SchoolClass, *, position: int = 1) -> list[Sheet]:
    """The codes of the guardians of a class who have access."""
    guardians = (
        Guardian.objects.filter(
            pupil__school_class=school_class,
            pupil__left_on__isnull=True,
            position=position,
            user__access_code__isnull=False,
        )
        .select_related("pupil", "user__access_code")
        .order_by("pupil__family_name", "pupil__given_name", "pupil__birth_date", "pupil__pk")
    )
    return [Sheet(g.pupil, code_of(g.user.access_code)) for g in guardians]


def years_of_classes(school: School, school_year: int) -> list[YearOfClass]:
    """The classes of one year in the order of the preview."""
    rows = SchoolClass.objects.filter(school=school, school_year=school_year).order_by(
        "grade", "name"
    )
    return [YearOfClass(c.pk, c.name, c.grade, c.public_id) for c in rows]


def pupil_counts(class_ids: list[int]) -> dict[int, int]:
    """Present pupils by class; classes without any are missing."""
    rows = Pupil.objects.filter(AT_SCHOOL, school_class__in=class_ids).values("school_class")
    return dict(rows.annotate(n=Count("pk")).values_list("school_class", "n"))
