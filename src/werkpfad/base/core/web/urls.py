from django.urls import path

from werkpfad.base.core.web import gallery
from werkpfad.base.core.web.views import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("ui/", gallery.gallery, name="gallery"),
    path("ui/<slug:page>/", gallery.gallery, name="gallery_page"),
]
