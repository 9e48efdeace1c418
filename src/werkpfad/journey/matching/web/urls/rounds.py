from django.urls import URLPattern, path

from werkpfad.journey.matching.web.views import market, publish, rounds, runs

urlpatterns: list[URLPattern] = [
    path("programme/<str:programme_id>/zuteilung/", rounds.round_create, name="round_create"),
    path("runden/", rounds.round_list, name="round_list"),
    path("runden/laeufe/<str:public_id>/", runs.run_page, name="run"),
    path("runden/laeufe/<str:public_id>/abbrechen/", runs.run_cancel, name="run_cancel"),
    path("runden/laeufe/<str:public_id>/neu-starten/", runs.run_restart, name="run_restart"),
    path(
        "runden/laeufe/<str:public_id>/veroeffentlichen/", publish.run_publish, name="run_publish"
    ),
    path("runden/laeufe/<str:public_id>/zuruecknehmen/", publish.run_withdraw, name="run_withdraw"),
    path("runden/<str:public_id>/", rounds.round_page, name="round"),
    path("runden/<str:public_id>/bearbeiten/", rounds.round_edit, name="round_edit"),
    path("runden/<str:public_id>/restplaetze/", market.round_leftovers, name="round_leftovers"),
    path("runden/<str:public_id>/schritt/", rounds.round_step, name="round_step"),
    path("runden/<str:public_id>/rechnen/", runs.run_request, name="run_request"),
    path("runden/<str:public_id>/vergleich/", runs.run_compare, name="run_compare"),
]
