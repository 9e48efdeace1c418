from django.urls import path

from werkpfad.region.meetings.web.views import answering, circles, inviting, meetings, periods

app_name = "meetings"
urlpatterns = [
    path("netzwerke/", circles.circle_list, name="circle_list"),
    path("netzwerke/neu/", circles.circle_new, name="circle_new"),
    path("netzwerke/zeitraum/", periods.period, name="period"),
    path("netzwerke/zeitraum/<str:public_id>/", periods.period_done, name="period_done"),
    path(
        "netzwerke/zeitraum/<str:public_id>/zuruecknehmen/",
        periods.period_undo,
        name="period_undo",
    ),
    path("netzwerke/<str:public_id>/", meetings.circle, name="circle"),
    path("netzwerke/<str:public_id>/treffen/neu/", meetings.meeting_new, name="meeting_new"),
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
    path("treffen/<str:public_id>/", meetings.meeting, name="meeting"),
    path("treffen/<str:public_id>/bearbeiten/", meetings.meeting_edit, name="meeting_edit"),
    path("treffen/<str:public_id>/einladen/", inviting.invite_people, name="invite"),
    path("treffen/<str:public_id>/absagen/", meetings.meeting_call_off, name="meeting_call_off"),
    path("treffen/<str:public_id>/aufnehmen/", meetings.meeting_take_up, name="meeting_take_up"),
    path("treffen/<str:public_id>/anwesenheit/", inviting.checkin, name="checkin"),
    path("treffen/<str:public_id>/anwesenheit.pdf", inviting.checkin_pdf, name="checkin_pdf"),
    path("meine-treffen/", answering.my_meetings, name="my_meetings"),
    path("meine-treffen/<str:public_id>/", answering.my_meeting, name="my_meeting"),
    path(
        "meine-treffen/<str:public_id>/termin.ics", answering.my_meeting_ics, name="my_meeting_ics"
    ),
    path(
        "meine-treffen/<str:public_id>/bescheinigung.pdf",
        answering.my_meeting_certificate,
        name="my_meeting_certificate",
    ),
    path(
        "meine-treffen/<str:public_id>/kalender/",
        answering.my_meeting_calendar,
        name="my_meeting_calendar",
    ),
    path("einladung-treffen/<str:token>/", answering.answer, name="answer"),
    path("einladung-treffen/<str:token>/termin.ics", answering.answer_ics, name="answer_ics"),
    path(
        "einladung-treffen/<str:token>/bescheinigung.pdf",
        answering.answer_certificate,
        name="answer_certificate",
    ),
    path(
        "einladung-treffen/<str:token>/kalender/",
        answering.answer_calendar,
        name="answer_calendar",
    ),
    path("kalender/<str:token>.ics", answering.feed, name="feed"),
]
