"""What the office does before it publishes: decide by hand, try out, ask."""

from django.urls import URLPattern, path

from werkpfad.journey.matching.web.views import readiness, rulings, runs, variants

urlpatterns: list[URLPattern] = [
    path("runden/festlegungen/<str:public_id>/aufheben/", rulings.ruling_lift, name="ruling_lift"),
    path("runden/<str:public_id>/festlegungen/", rulings.rulings, name="rulings"),
    path("runden/<str:public_id>/erreichbar/", readiness.reach, name="reach"),
    path("runden/<str:public_id>/klassen/", readiness.classes, name="classes_missing"),
    path(
        "runden/<str:public_id>/klassen/<str:class_id>/erinnern/",
        readiness.class_remind,
        name="class_remind",
    ),
    path("runden/laeufe/<str:public_id>/orte/", runs.run_places, name="run_places"),
    path("runden/laeufe/<str:public_id>/verfahren/", variants.run_rules, name="run_rules"),
    path("runden/laeufe/<str:public_id>/was-waere-wenn/", variants.run_trial, name="run_trial"),
    path(
        "runden/laeufe/<str:public_id>/fragen/<str:slot_id>/",
        variants.ask_company,
        name="ask_company",
    ),
]
