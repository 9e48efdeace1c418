"""The same settings, quicker: no files outside a temporary folder, cheap password hashes, tasks at once."""

import os
import tempfile

os.environ.setdefault("WERKPFAD_DATA", tempfile.mkdtemp(prefix="werkpfad-test-"))
os.environ.setdefault("WERKPFAD_SECRET_KEY", "only-for-tests")
os.environ["WERKPFAD_DEBUG"] = "0"

from werkpfad.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING_CONFIG = None
