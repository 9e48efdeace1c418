from django.urls import path

from werkpfad.region.atlas.web.views import (
    care,
    cooperations,
    embed,
    entries,
    fitting,
    members,
    network,
    still_right,
)

app_name = "atlas"
urlpatterns = [
    path("netzwerk/", network.network, name="network"),
    path("netzwerk/eintraege.geojson", network.geojson, name="geojson"),
    path("netzwerk/eintraege.csv", network.csv, name="csv"),
    path("netzwerk/einbetten.js", embed.component, name="embed_script"),
    path("netzwerk/einbetten/<slug:slug>/", embed.frame, name="embed"),
    path("netzwerk/einbetten/<slug:slug>/farbe.css", embed.colour, name="embed_colour"),
    path("netzwerk/mitglied/<str:public_id>/", members.member, name="member"),
    path("netzwerk/passt/", fitting.fitting, name="fitting"),
    path("netzwerk/passt/<str:public_id>/", fitting.introduce_to, name="introduce"),
    path("kooperationen/", cooperations.cooperation_list, name="cooperation_list"),
    path("kooperationen/neu/", cooperations.cooperation_new, name="cooperation_new"),
    path("kooperationen/<str:public_id>/", cooperations.cooperation, name="cooperation"),
    path("kooperationen/<str:public_id>/stand/", cooperations.step, name="cooperation_step"),
    path("kooperationen/<str:public_id>/thema/", cooperations.topic_new, name="topic_new"),
    path("kooperationen/<str:public_id>/schritt/", cooperations.plan_new, name="plan_new"),
    path(
        "kooperationen/<str:public_id>/schritt/<str:step_id>/erledigt/",
        cooperations.plan_done,
        name="plan_done",
    ),
    path("kooperationen/<str:public_id>/urkunde.pdf", cooperations.charter_pdf, name="charter_pdf"),
    path("netzwerk/mein-eintrag/", entries.my_entry, name="my_entry"),
    path("netzwerk/eintrag/<str:public_id>/", entries.entry, name="entry"),
    path("netzwerk/eintrag/<str:public_id>/vorstellung/", entries.intro, name="entry_intro"),
    path("netzwerk/eintrag/<str:public_id>/punkt/", entries.item, name="item_new"),
    path("netzwerk/eintrag/<str:public_id>/punkt/<str:key>/", entries.item, name="item"),
    path(
        "netzwerk/eintrag/<str:public_id>/punkt/<str:key>/entfernen/",
        entries.item_remove,
        name="item_remove",
    ),
    path(
        "netzwerk/eintrag/<str:public_id>/veroeffentlichen/", entries.publish, name="entry_publish"
    ),
    path("netzwerk/eintrag/<str:public_id>/bestaetigen/", entries.confirm, name="entry_confirm"),
    path(
        "netzwerk/eintrag/<str:public_id>/zurueckziehen/", entries.withdraw, name="entry_withdraw"
    ),
    path("netzwerk/pflege/", care.care, name="care"),
    path("netzwerk/pflege/<str:public_id>/", care.care_step, name="care_step"),
    path("netzwerk/stimmt-noch/<str:token>/", still_right.still_right, name="still_right"),
]
