from datetime import timedelta

from django.apps import AppConfig

from werkpfad.base.core.schedule import register_periodic


class NetworkConfig(AppConfig):
    name = "werkpfad.region.network"
    verbose_name = "Netzwerk"

    def ready(self) -> None:
        register_periodic(
            "network.tidy", every=timedelta(days=1), call="werkpfad.region.network.tasks.tidy"
        )
