from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate  # noqa: TID251 -- about the schema, not the domain

from werkpfad.base.core.schedule import register_periodic


class InternshipsConfig(AppConfig):
    name = "werkpfad.journey.internships"
    verbose_name = "Praktika"

    def ready(self) -> None:
        from werkpfad.journey.internships import search_index  # noqa: PLC0415 -- apps are ready only now

        post_migrate.connect(search_index.build, sender=self, dispatch_uid="offer-search-index")
        register_periodic(
            "internships.tend_offers",
            every=timedelta(days=1),
            call="werkpfad.journey.internships.actions.tend_offers",
        )
