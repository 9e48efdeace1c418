"""One database into another: every row as it was, all or nothing, and only into one that nobody uses."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, models
from django.db.backends.sqlite3.base import DatabaseWrapper

from tests.factories.internships import make_offer, make_slot
from tests.factories.journey import make_application, make_placement
from tests.factories.network import make_membership, make_user
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actions import record
from werkpfad.base.core.actor import COMMAND
from werkpfad.base.core.copying import SOURCE, NotCopied, copied_models, copy_all, open_source
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.internships.models import Offer
from werkpfad.journey.internships.search_index import OFFERS
from werkpfad.region.network.models import Membership, Organisation

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = datetime(2020, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
FILE = "file"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Filled by the first test that needs it: migrating takes seconds."""
    return tmp_path_factory.mktemp("migrated") / "empty.sqlite3"


@pytest.fixture
def file(tmp_path: Path, template: Path) -> Iterator[Path]:
    """A migrated, empty SQLite file behind the alias `FILE`."""
    if not template.exists():
        connect(template)
        call_command("migrate", database=FILE, verbosity=0)
        disconnect()
    path = tmp_path / "other.sqlite3"
    shutil.copyfile(template, path)
    connect(path)
    yield path
    disconnect()


def connect(path: Path) -> None:
    settings = connection.settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {},
    }
    connections[FILE] = DatabaseWrapper(settings, FILE)


def disconnect() -> None:
    for alias in (FILE, SOURCE):
        if hasattr(connections._connections, alias):
            connections[alias].close()
            del connections[alias]


def contents(alias: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every column of every row."""
    return {
        model._meta.db_table: list(
            models.QuerySet(model=model, using=alias)
            .order_by("pk")
            .values_list(*(field.attname for field in model._meta.local_concrete_fields))
        )
        for model in copied_models()
    }


def furnish() -> Offer:
    offer = make_offer(title="Tischlern", search_text="tischlern")
    slot = make_slot(offer=offer)
    make_placement(slot=slot)
    make_application(slot=slot)
    make_membership(RoleCode.COORDINATOR)
    record("something.done", by=COMMAND, at=LONG_AGO, number=1)
    Organisation.objects.update(updated_at=LONG_AGO)
    return offer


def test_every_row_arrives_as_it_was(file: Path) -> None:
    offer = furnish()
    before = contents("default")
    there = copy_all(source="default", target=FILE)
    assert contents(FILE) == before
    assert there == {table: len(rows) for table, rows in before.items()}
    call_command("flush", verbosity=0, interactive=False)
    call_command("copy_database", "--from", str(file), verbosity=0)
    assert contents("default") == before
    assert set(Organisation.objects.values_list("updated_at", flat=True)) == {LONG_AGO}
    later = make_user()
    assert later.pk > max(row[0] for row in before["accounts_user"])
    words = OFFERS.has(connection, "tischlern")
    assert words is not None
    assert list(Offer.objects.filter(words)) == [offer]


def test_a_database_in_use_is_left_alone(file: Path) -> None:
    make_user()
    before = contents("default")
    with pytest.raises(CommandError, match="in use already"):
        call_command("copy_database", "--from", str(file), verbosity=0)
    assert contents("default") == before


def test_another_version_is_refused(file: Path) -> None:
    with connections[FILE].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'exchange'")
    with pytest.raises(CommandError, match="not of the same version"):
        call_command("copy_database", "--from", str(file), verbosity=0)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.sqlite3: there is no such database file"):
        call_command("copy_database", "--from", str(tmp_path / "nowhere.sqlite3"))
    with pytest.raises(NotCopied):
        open_source(tmp_path)


def test_a_row_the_new_database_refuses_leaves_it_empty(file: Path) -> None:
    """SQLite can be talked into rows that break a rule; then nothing is copied, and the table is named."""
    furnish()
    copy_all(source="default", target=FILE)
    call_command("flush", verbosity=0, interactive=False)
    with connections[FILE].cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("UPDATE network_organisation SET kind = 'nonsense'")
    with pytest.raises(CommandError, match="network_organisation: the new database refuses a row"):
        call_command("copy_database", "--from", str(file), verbosity=0)
    assert not User.objects.exists()
    assert not Membership.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_file_into_itself_is_refused(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only a SQLite file can be its own source")
    name = connection.settings_dict["NAME"]
    with pytest.raises(CommandError, match=r"same file|no such database file"):
        call_command("copy_database", "--from", str(name))
