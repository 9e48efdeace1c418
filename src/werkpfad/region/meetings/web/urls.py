from django.urls import path

from werkpfad.region.meetings.web.views import circles

app_name = "meetings"
urlpatterns = [
    path("netzwerke/", circles.circle_list, name="circle_list"),
    path("netzwerke/neu/", circles.circle_new, name="circle_new"),
    path("netzwerke/<str:public_id>/bearbeiten/", circles.circle_edit, name="circle_edit"),
    path("netzwerke/<str:public_id>/mitglieder/", circles.members, name="members"),
    path(
        "netzwerke/<str:public_id>/mitglieder/ansprechpersonen/",
        circles.members_from_contacts,
        name="members_from_contacts",
    ),
    path("netzwerk-mitglieder/<str:public_id>/", circles.participant, name="participant"),
    path(
        "netzwerk-mitglieder/<str:public_id>/entfernen/",
        circles.member_remove,
        name="member_remove",
    ),
]
