from datetime import timedelta

from django.apps import AppConfig

from werkpfad.base.core.schedule import register_periodic


class CoreConfig(AppConfig):
    name = "werkpfad.base.core"
    verbose_name = "Grundlagen"

    def ready(self) -> None:
        register_periodic(
            "core.tidy", every=timedelta(days=1), call="werkpfad.base.core.tasks.tidy"
        )
