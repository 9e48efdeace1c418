from datetime import timedelta

from django.apps import AppConfig

from werkpfad.base.core.schedule import register_periodic


class MeetingsConfig(AppConfig):
    name = "werkpfad.region.meetings"
    verbose_name = "Netzwerke und Treffen"

    def ready(self) -> None:
        register_periodic(
            "meetings.remind",
            every=timedelta(hours=1),
            call="werkpfad.region.meetings.tasks.remind",
        )
        register_periodic(
            "meetings.tidy",
            every=timedelta(days=1),
            call="werkpfad.region.meetings.tasks.tidy",
        )
