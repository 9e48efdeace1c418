from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate  # noqa: TID251 -- about the schema, not the domain

from werkpfad.base.core.schedule import register_periodic


class AtlasConfig(AppConfig):
    name = "werkpfad.region.atlas"
    verbose_name = "Netzwerk der Region"

    def ready(self) -> None:
        from werkpfad.region.atlas import search_index  # noqa: PLC0415 -- apps are ready only now

        post_migrate.connect(search_index.build, sender=self, dispatch_uid="network-search-index")
        register_periodic(
            "atlas.ask_still_right",
            every=timedelta(days=1),
            call="werkpfad.region.atlas.tasks.ask_still_right",
        )
        register_periodic(
            "atlas.tidy", every=timedelta(days=1), call="werkpfad.region.atlas.tasks.tidy"
        )
