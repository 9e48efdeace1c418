from datetime import timedelta

from django.apps import AppConfig

from werkpfad.base.core.schedule import register_periodic


class ExchangeConfig(AppConfig):
    name = "werkpfad.surface.exchange"
    verbose_name = "Import und Export"

    def ready(self) -> None:
        register_periodic(
            "exchange.forget_old_imports",
            every=timedelta(days=1),
            call="werkpfad.surface.exchange.actions.forget_old_imports",
        )
