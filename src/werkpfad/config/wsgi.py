"""The entry for a WSGI server: `werkpfad.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkpfad.config.settings")

application = get_wsgi_application()
