from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "werkpfad.surface.portal"
    verbose_name = "Portal"
