"""When the database is away or the disk is full: a clear German page, nothing half saved, and work goes on afterwards."""

import pytest
from django.db import close_old_connections, connection, connections
from django.test import Client

from tests.factories.network import make_membership
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.accounts.sessions import SECOND_FACTOR
from werkpfad.base.core.models import AuditEvent
from werkpfad.region.network.models import Region


def coordinator_client() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(
        make_membership(RoleCode.COORDINATOR).user,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    return client


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_named_and_nothing_is_half_saved() -> None:
    """SQLite is given no page more than it has: what a full disk does, for real."""
    if connection.vendor != "sqlite":
        pytest.skip("the limit on pages is SQLite's own")
    client = coordinator_client()
    form = client.get("/region/").context["form"]
    texts = {"imprint": "Impressum " * 700, "privacy_notice": "Hinweis " * 700}
    typed = {name: form[name].value() or "" for name in form.fields} | {"version": "1"} | texts
    with connection.cursor() as cursor:
        # Pages that earlier tests emptied would be room left.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    try:
        response = client.post("/region/", typed)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert response.status_code == 507
    assert "Der Speicherplatz ist voll" in response.content.decode()
    assert not Region.objects.exclude(imprint="").exists()
    assert not AuditEvent.objects.filter(event__startswith="region").exists()
    assert client.post("/region/", typed).status_code == 302


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_database_that_went_away_is_named_and_the_next_click_works() -> None:
    client = coordinator_client()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = cursor.fetchone()[0]
    other = connections["default"].copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [own])
    other.close()
    away = client.get("/ueberblick/")
    assert away.status_code == 503
    assert "Die Datenbank antwortet gerade nicht" in away.content.decode()
    assert away["Retry-After"]
    close_old_connections()  # what the server does at the end of each request; the test client does not
    assert client.get("/ueberblick/").status_code in (200, 302)
