from django.urls import URLPattern, path

from werkpfad.journey.internships.web.views import programmes

urlpatterns: list[URLPattern] = [
    path("programme/", programmes.programme_list, name="programme_list"),
    path("programme/neu/", programmes.programme_create, name="programme_create"),
    path("programme/<str:public_id>/", programmes.programme, name="programme"),
    path("programme/<str:public_id>/bearbeiten/", programmes.programme_edit, name="programme_edit"),
    path("programme/<str:public_id>/tage/", programmes.programme_days, name="programme_days"),
    path("programme/<str:public_id>/oeffnen/", programmes.programme_open, name="programme_open"),
    path(
        "programme/<str:public_id>/abschliessen/",
        programmes.programme_close,
        name="programme_close",
    ),
]
