from django.apps import AppConfig


class OccupationsConfig(AppConfig):
    name = "werkpfad.base.occupations"
    verbose_name = "Berufe"
