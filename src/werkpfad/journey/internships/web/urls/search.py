from django.urls import URLPattern, path

from werkpfad.journey.internships.web.views import search

urlpatterns: list[URLPattern] = [
    path("angebote/", search.offer_search, name="offer_search"),
    path("angebote/<str:public_id>/", search.offer_detail, name="offer_detail"),
]
