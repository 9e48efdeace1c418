from django.urls import path

from werkpfad.region.schools.web.views import (
    child,
    classes,
    codes,
    profile,
    pupils,
    school_year,
    schools,
)

app_name = "schools"
urlpatterns = [
    path("klassen/", classes.class_list, name="class_list"),
    path("klassen/neu/", classes.class_new, name="class_new"),
    path("klassen/<str:public_id>/", classes.class_page, name="class_page"),
    path("klassen/<str:public_id>/bearbeiten/", classes.class_edit, name="class_edit"),
    path("klassen/<str:public_id>/lehrkraefte/", classes.class_teachers, name="class_teachers"),
    path(
        "klassen/<str:public_id>/lehrkraefte/<str:teaching_id>/entfernen/",
        classes.class_teacher_remove,
        name="class_teacher_remove",
    ),
    path("klassen/<str:public_id>/neu/", pupils.pupil_new, name="pupil_new"),
    path("klassen/<str:public_id>/codes/", codes.class_codes, name="class_codes"),
    path(
        "klassen/<str:public_id>/anmeldezettel.pdf", codes.class_codes_pdf, name="class_codes_pdf"
    ),
    path("klassen/<str:public_id>/liste.pdf", codes.class_list_pdf, name="class_list_pdf"),
    path("klassen/<str:public_id>/elternbriefe/", codes.class_letters, name="class_letters"),
    path(
        "klassen/<str:public_id>/elternbriefe.pdf",
        codes.class_letters_pdf,
        name="class_letters_pdf",
    ),
    path("schueler/<str:public_id>/", pupils.pupil_page, name="pupil_page"),
    path("schueler/<str:public_id>/bearbeiten/", pupils.pupil_edit, name="pupil_edit"),
    path("schueler/<str:public_id>/klasse/", pupils.pupil_move, name="pupil_move"),
    path("schueler/<str:public_id>/abmelden/", pupils.pupil_remove, name="pupil_remove"),
    path("schueler/<str:public_id>/zurueck/", pupils.pupil_bring_back, name="pupil_bring_back"),
    path("schueler/<str:public_id>/code/", codes.pupil_code, name="pupil_code"),
    path("schule/<str:public_id>/schuljahr/", school_year.year_change, name="year_change"),
    path("schulen/neu/", schools.school_new, name="school_new"),
    path("schulen/<str:public_id>/bearbeiten/", schools.school_edit, name="school_edit"),
    path("profil/", profile.profile, name="profile"),
    path("profil/<slug:word>/", profile.profile_step, name="profile_step"),
    path("kind/", child.child, name="child"),
]
