from django.urls import URLPattern, path

from werkpfad.journey.internships.web.views import offer_list, offer_new, offer_steps, offers

ONE = "betrieb/angebote/<str:public_id>/"
urlpatterns: list[URLPattern] = [
    path("angebote-verwalten/", offer_list.offer_list, name="offer_list"),
    path("angebote-verwalten/mehrere/", offer_list.offer_bulk, name="offer_bulk"),
    path("betrieb/angebote/", offer_list.company_offers, name="company_offers"),
    path("betrieb/angebote/neu/", offer_new.offer_new, name="offer_new"),
    path(ONE, offers.offer_review, name="offer_review"),
    path(f"{ONE}beschreibung/", offers.offer_text, name="offer_text"),
    path(f"{ONE}plaetze/", offers.offer_seats, name="offer_seats"),
    path(f"{ONE}ort/", offers.offer_place, name="offer_place"),
    path(f"{ONE}veroeffentlichen/", offer_steps.offer_publish, name="offer_publish"),
    path(f"{ONE}pausieren/", offer_steps.offer_pause, name="offer_pause"),
    path(f"{ONE}fortsetzen/", offer_steps.offer_resume, name="offer_resume"),
    path(f"{ONE}beenden/", offer_steps.offer_close, name="offer_close"),
    path(f"{ONE}loeschen/", offer_steps.offer_delete, name="offer_delete"),
    path(f"{ONE}uebernehmen/", offer_steps.offer_clone, name="offer_clone"),
]
