from datetime import timedelta

from django.apps import AppConfig

from werkpfad.base.core.schedule import register_periodic


class ApplicationsConfig(AppConfig):
    name = "werkpfad.journey.applications"
    verbose_name = "Bewerbungen"

    def ready(self) -> None:
        for name in ("expire_overdue", "remind_companies"):
            register_periodic(
                f"applications.{name}",
                every=timedelta(minutes=30),
                call=f"werkpfad.journey.applications.tasks.{name}",
            )
