"""Addresses of this room, by topic."""

from django.urls import URLPattern

from werkpfad.journey.internships.web.urls import offers, programmes, search

app_name = "internships"
urlpatterns: list[URLPattern] = [
    *programmes.urlpatterns,
    *search.urlpatterns,
    *offers.urlpatterns,
]
