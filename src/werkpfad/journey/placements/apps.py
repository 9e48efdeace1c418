from datetime import timedelta

from django.apps import AppConfig

from werkpfad.base.core.schedule import register_periodic


class PlacementsConfig(AppConfig):
    name = "werkpfad.journey.placements"
    verbose_name = "Praktikumsplätze"

    def ready(self) -> None:
        for name in (
            "expire_overdue",
            "remind_sides",
            "fill_rounds",
            "tell_of_leftovers",
            "complete_finished",
            "send_first_day_links",
        ):
            register_periodic(
                f"placements.{name}",
                every=timedelta(minutes=30),
                call=f"werkpfad.journey.placements.tasks.{name}",
            )
