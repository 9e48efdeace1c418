from datetime import timedelta

from django.apps import AppConfig

from werkpfad.base.core.schedule import register_periodic


class MatchingConfig(AppConfig):
    name = "werkpfad.journey.matching"
    verbose_name = "Zuteilung"

    def ready(self) -> None:
        register_periodic(
            "matching.advance_rounds",
            every=timedelta(hours=1),
            call="werkpfad.journey.matching.tasks.advance_rounds",
        )
        register_periodic(
            "matching.remind_of_wishes",
            every=timedelta(hours=1),
            call="werkpfad.journey.matching.tasks.remind_of_wishes",
        )
