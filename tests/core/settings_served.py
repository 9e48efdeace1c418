"""The tests' settings for a server and a worker in processes of their own: tasks wait in the database for the worker."""

from werkpfad.config.settings_test import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
