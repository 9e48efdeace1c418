from django.urls import path

from werkpfad.region.network.web.views import (
    merging,
    organisations,
    people,
    places,
    region,
    register,
    switch,
)

app_name = "network"
urlpatterns = [
    path("wechseln/", switch.switch, name="switch"),
    path("registrieren/", register.register, name="register"),
    path("registrieren/danke/", register.registered, name="registered"),
    path("einladung/<str:token>/", people.accept, name="accept"),
    path("einladung/<str:token>/neu/", people.accept_renew, name="accept_renew"),
    path(
        "einladungen/<str:invitation_id>/erneut/", people.invitation_again, name="invitation_again"
    ),
    path(
        "einladungen/<str:invitation_id>/zurueckziehen/",
        people.invitation_revoke,
        name="invitation_revoke",
    ),
    path(
        "mitgliedschaften/<str:membership_id>/beenden/",
        people.membership_end,
        name="membership_end",
    ),
    path("organisationen/", organisations.organisation_list, name="organisation_list"),
    path("organisationen/neu/", organisations.organisation_create, name="organisation_create"),
    path("organisationen/<str:public_id>/", organisations.organisation, name="organisation"),
    path(
        "organisationen/<str:public_id>/bearbeiten/",
        organisations.organisation_edit,
        name="organisation_edit",
    ),
    path(
        "organisationen/<str:public_id>/stand/",
        organisations.organisation_step,
        name="organisation_step",
    ),
    path(
        "organisationen/<str:public_id>/sperren/",
        organisations.organisation_block,
        name="organisation_block",
    ),
    path(
        "organisationen/<str:public_id>/zusammenfuehren/",
        merging.merge,
        name="merge",
    ),
    path("zusammenfuehrungen/<str:merge_id>/rueckgaengig/", merging.merge_undo, name="merge_undo"),
    path("organisationen/<str:public_id>/einladen/", people.invite, name="invite"),
    path("organisationen/<str:public_id>/standorte/neu/", places.site, name="site_create"),
    path("organisationen/<str:public_id>/standorte/<str:site_id>/", places.site, name="site"),
    path(
        "organisationen/<str:public_id>/standorte/<str:site_id>/entfernen/",
        places.site_remove,
        name="site_remove",
    ),
    path("organisationen/<str:public_id>/kontakte/neu/", places.contact, name="contact_create"),
    path(
        "organisationen/<str:public_id>/kontakte/<str:contact_id>/", places.contact, name="contact"
    ),
    path(
        "organisationen/<str:public_id>/kontakte/<str:contact_id>/entfernen/",
        places.contact_remove,
        name="contact_remove",
    ),
    path("region/", region.settings, name="region"),
    path("branding.css", region.branding, name="branding"),
]
