from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "werkpfad.region.schools"
    verbose_name = "Schulen"
