"""Addresses of this room, by topic."""

from django.urls import URLPattern

from werkpfad.journey.matching.web.urls import cockpit, rounds, wishes

app_name = "matching"
urlpatterns: list[URLPattern] = [*cockpit.urlpatterns, *rounds.urlpatterns, *wishes.urlpatterns]
