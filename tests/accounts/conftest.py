"""What the tests of accounts share."""

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    cache.clear()


@pytest.fixture
def browser() -> Client:
    """A browser that checks CSRF as in production would be a hindrance here; T21 has its own."""
    return Client()
