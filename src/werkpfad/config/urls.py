"""All routes. A room lists its own in `web/urls.py`; here they are only put together."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("werkpfad.base.core.web.urls")),
    path("", include("werkpfad.base.accounts.web.urls")),
    path("", include("werkpfad.region.network.web.urls")),
    path("", include("werkpfad.region.notifications.web.urls")),
    path("", include("werkpfad.region.schools.web.urls")),
    path("", include("werkpfad.region.atlas.web.urls")),
    path("", include("werkpfad.region.meetings.web.urls")),
    path("", include("werkpfad.journey.internships.web.urls")),
    path("", include("werkpfad.journey.applications.web.urls")),
    path("", include("werkpfad.journey.matching.web.urls")),
    path("", include("werkpfad.journey.placements.web.urls")),
    path("", include("werkpfad.steering.reporting.web.urls")),
    path("", include("werkpfad.surface.exchange.web.urls")),
    path("", include("werkpfad.surface.portal.web.urls")),
]

handler500 = "werkpfad.base.core.web.views.errors.server_error"
