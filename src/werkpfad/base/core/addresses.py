"""Addresses that leave the house, in mails and on paper: always the configured one, never the Host header's."""

from django.conf import settings


def absolute(path: str) -> str:
    """`path` (from `reverse`) below the configured base address."""
    return f"{str(settings.BASE_URL).rstrip('/')}/{path.lstrip('/')}"
