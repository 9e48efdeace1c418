from django.urls import path

from werkpfad.region.notifications.web.views import announcements, mail_log, preferences

app_name = "notifications"
urlpatterns = [
    path("konto/mails/", preferences.preferences, name="preferences"),
    path("hinweise/", announcements.announcement_list, name="announcement_list"),
    path("hinweise/neu/", announcements.announcement_new, name="announcement_new"),
    path("hinweise/<str:public_id>/", announcements.announcement_edit, name="announcement_edit"),
    path(
        "hinweise/<str:public_id>/entfernen/",
        announcements.announcement_remove,
        name="announcement_remove",
    ),
    path("mails/", mail_log.mail_log, name="mail_log"),
    path("mails/<str:public_id>/erneut/", mail_log.mail_again, name="mail_again"),
]
