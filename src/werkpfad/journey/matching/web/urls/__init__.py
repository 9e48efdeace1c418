"""Addresses of this room, by topic."""

from django.urls import URLPattern

from werkpfad.journey.matching.web.urls import rounds, wishes

app_name = "matching"
urlpatterns: list[URLPattern] = [*rounds.urlpatterns, *wishes.urlpatterns]
