from django.urls import URLPattern, path

from werkpfad.journey.applications.web.views import apply

app_name = "applications"
urlpatterns: list[URLPattern] = [
    path("bewerben/<str:public_id>/", apply.apply, name="apply"),
    path("bewerbungen/<str:public_id>/zurueckziehen/", apply.withdraw, name="withdraw"),
]
