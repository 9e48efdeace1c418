from django.urls import path

from werkpfad.region.notifications.web.views import mail_log, preferences

app_name = "notifications"
urlpatterns = [
    path("konto/mails/", preferences.preferences, name="preferences"),
    path("mails/", mail_log.mail_log, name="mail_log"),
    path("mails/<str:public_id>/erneut/", mail_log.mail_again, name="mail_again"),
]
