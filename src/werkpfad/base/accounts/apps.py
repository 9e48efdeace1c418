from datetime import timedelta

from django.apps import AppConfig

from werkpfad.base.core.schedule import register_periodic


class AccountsConfig(AppConfig):
    name = "werkpfad.base.accounts"
    verbose_name = "Konten"

    def ready(self) -> None:
        register_periodic(
            "accounts.tidy", every=timedelta(days=1), call="werkpfad.base.accounts.tasks.tidy"
        )
