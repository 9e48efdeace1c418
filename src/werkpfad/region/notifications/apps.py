from datetime import timedelta

from django.apps import AppConfig

from werkpfad.base.core.schedule import register_periodic


class NotificationsConfig(AppConfig):
    name = "werkpfad.region.notifications"
    verbose_name = "Benachrichtigungen"

    def ready(self) -> None:
        register_periodic(
            "notifications.outbox",
            every=timedelta(minutes=1),
            call="werkpfad.region.notifications.tasks.deliver",
        )
        register_periodic(
            "notifications.tidy",
            every=timedelta(days=1),
            call="werkpfad.region.notifications.tasks.tidy",
        )
