from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "werkpfad.steering.reporting"
    verbose_name = "Auswertung"
