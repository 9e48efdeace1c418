from django.urls import URLPattern, path

from werkpfad.steering.reporting.web.views import overview

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    path("ueberblick/", overview.overview, name="overview"),
    path("ueberblick/<str:public_id>/", overview.programme, name="programme"),
    path("ueberblick/<str:public_id>/leere-angebote/", overview.empty_offers, name="empty_offers"),
]
