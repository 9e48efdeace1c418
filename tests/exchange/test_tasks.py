"""Imports beside the request: asked for, worked on, ended; nothing twice, nothing half, and a sentence for each end."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from tests.access.sign_in import sign_in_as
from tests.exchange.files import csv
from tests.factories.network import make_membership, make_organisation, make_place, make_region
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core import clock, progress
from werkpfad.base.core.models import AuditEvent
from werkpfad.region.network.models import Membership, Organisation, Region, Site
from werkpfad.region.network.queries import grants_for
from werkpfad.region.schools.models import School
from werkpfad.surface.exchange import actions, tasks
from werkpfad.surface.exchange.enums import BatchState
from werkpfad.surface.exchange.models import ImportBatch, ImportFile
from werkpfad.surface.exchange.queries import is_stalled, scope_of, stand_of

pytestmark = pytest.mark.django_db
MANY = tasks.FEW_ROWS + 700


@pytest.fixture(autouse=True)
def traveller(now: Any) -> Any:
    with time_machine.travel(now, tick=False) as frozen:
        yield frozen


@pytest.fixture
def region() -> Region:
    make_place()
    return make_region(state="NI")


@pytest.fixture
def membership(region: Region) -> Membership:
    return make_membership(RoleCode.COORDINATOR, region=region)


@pytest.fixture
def coordinator(client: Client, membership: Membership) -> Client:
    return sign_in_as(client, membership.user)


def schools(count: int, *, padding: str = "") -> bytes:
    rows = (f"{n};Schule {n}{padding};Gymnasium;21680" for n in range(1, count + 1))
    return csv("Schulnummer;Name;Schulform;PLZ", *rows)


def upload(client: Client, data: bytes) -> ImportBatch:
    response = client.post(
        reverse("exchange:import_create", args=["schools"]),
        {"file": SimpleUploadedFile("schulen.csv", data)},
    )
    assert response.status_code == 302, response.content.decode()
    return ImportBatch.objects.latest("pk")


def press(client: Client, what: str, batch: ImportBatch) -> str:
    url = reverse(f"exchange:import_{what}", args=[batch.public_id])
    return client.post(url, follow=True).content.decode()


def page(client: Client, batch: ImportBatch) -> str:
    return client.get(reverse("exchange:import_detail", args=[batch.public_id])).content.decode()


def state(batch: ImportBatch) -> str:
    batch.refresh_from_db()
    return batch.state


def test_few_rows_are_there_with_the_answer(coordinator: Client) -> None:
    batch = upload(coordinator, schools(3))
    assert "Übernommen am" in press(coordinator, "commit", batch)
    assert (state(batch), School.objects.count()) == (BatchState.COMMITTED, 3)


def test_many_rows_wait_for_the_worker_and_two_clicks_ask_once(
    coordinator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    batch = upload(coordinator, schools(MANY))
    with django_capture_on_commit_callbacks() as asked:
        text = press(coordinator, "commit", batch)
        press(coordinator, "commit", batch)
    assert "Gleich geht es los" in text
    assert 'hx-trigger="every 2s"' in text
    assert "Stand aktualisieren" in text
    assert (state(batch), School.objects.count(), len(asked)) == (BatchState.QUEUED, 0, 1)
    for _ in range(2):
        tasks.carry_on.call(batch.public_id)
    assert (state(batch), School.objects.count()) == (BatchState.COMMITTED, MANY)
    assert "every 2s" not in page(coordinator, batch)
    events = AuditEvent.objects.filter(object_id=batch.public_id).order_by("pk")
    assert [event.event for event in events] == [
        "import.staged",
        "import.requested",
        "import.committed",
    ]
    assert events[2].actor_user_id == batch.asked_by_id
    press(coordinator, "undo", batch)
    assert not School.objects.exists()


def test_a_takeover_is_stopped_before_it_begins_and_not_after(coordinator: Client) -> None:
    batch = upload(coordinator, schools(MANY))
    press(coordinator, "commit", batch)
    assert "Es wurde nichts übernommen" in press(coordinator, "withdraw", batch)
    assert state(batch) == BatchState.STAGED
    tasks.carry_on.call(batch.public_id)
    assert (state(batch), School.objects.count()) == (BatchState.STAGED, 0)
    press(coordinator, "commit", batch)
    assert actions.begin_work(batch_id=batch.public_id, at=clock.now()) is not None
    assert "hat schon begonnen" in press(coordinator, "withdraw", batch)
    assert "läuft gerade" in press(coordinator, "discard", batch)
    assert state(batch) == BatchState.RUNNING


def breaking(after: int) -> Any:
    """A database that breaks when the sites of the chunk after `after` chunks are written."""
    written = 0

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal written
        if sql.startswith("INSERT INTO") and '"network_site"' in sql[:40]:
            written += 1
            if written > after:
                raise RuntimeError("power cut")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_when_the_last_rows_break(coordinator: Client) -> None:
    batch = upload(coordinator, schools(MANY))
    actions.request_commit(batch=batch, by=_by(batch), at=clock.now())
    with breaking(after=2):
        tasks.carry_on.call(batch.public_id)
    assert (state(batch), batch.committed_at, batch.ledger) == (BatchState.FAILED, None, {})
    assert Organisation.objects.filter(kind="school").count() == Site.objects.count() == 0
    assert "unerwarteter Fehler" in page(coordinator, batch)
    assert progress.told(batch.public_id) is None
    actions.restart_import(batch=batch, by=_by(batch), at=clock.now())
    tasks.carry_on.call(batch.public_id)
    assert (state(batch), School.objects.count(), batch.problem) == ("committed", MANY, "")


@pytest.mark.django_db(transaction=True)
def test_control_without_the_transaction_half_would_stay(
    coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail: the same break outside a transaction leaves rows behind."""
    from werkpfad.surface.exchange.actions import commit

    batch = upload(coordinator, schools(MANY))
    actions.request_commit(batch=batch, by=_by(batch), at=clock.now())
    monkeypatch.setattr(commit, "transaction", _NoTransaction)
    monkeypatch.setattr(commit, "_lock_running", lambda batch, attempt: _plain(batch))
    with breaking(after=2):
        tasks.carry_on.call(batch.public_id)
    assert Organisation.objects.filter(kind="school").count() > 0


class _NoTransaction:
    @staticmethod
    def atomic() -> Any:
        import contextlib

        return contextlib.nullcontext()


def _plain(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.get(pk=batch.pk)


def _by(batch: ImportBatch) -> Any:
    from werkpfad.base.core.actor import person

    assert batch.started_by_id is not None
    return person(batch.started_by_id)


def test_progress_is_told_while_the_transaction_is_open(
    coordinator: Client, membership: Membership
) -> None:
    batch = upload(coordinator, schools(MANY))
    press(coordinator, "commit", batch)
    work = actions.begin_work(batch_id=batch.public_id, at=clock.now())
    assert work is not None
    seen: list[bool] = []

    def watch(done: int, total: int) -> None:
        progress.tell(batch.public_id, done, total, at=clock.now())
        seen.append(f"{done} von {MANY} Zeilen" in page(coordinator, batch))

    actions.commit_import(
        batch=work.batch,
        scope=scope_of(
            grants_for(membership.user, today=clock.today()), batch, today=clock.today()
        ),
        by=_by(batch),
        at=clock.now(),
        progress=watch,
        attempt=work.attempt,
    )
    progress.forget(batch.public_id)
    assert seen == [True, True, True]


def test_a_dead_worker_is_noticed_and_its_work_done_again(
    coordinator: Client, membership: Membership, traveller: Any
) -> None:
    batch = upload(coordinator, schools(MANY))
    press(coordinator, "commit", batch)
    lost = actions.begin_work(batch_id=batch.public_id, at=clock.now())
    assert lost is not None
    assert "läuft noch" in press(coordinator, "restart", batch)
    progress.tell(batch.public_id, 500, MANY, at=clock.now())
    traveller.shift(timedelta(seconds=90))
    batch.refresh_from_db()
    assert not is_stalled(batch, at=clock.now())
    traveller.shift(timedelta(minutes=1))
    assert "antwortet nicht mehr" in page(coordinator, batch)
    press(coordinator, "restart", batch)
    tasks.carry_on.call(batch.public_id)
    assert (state(batch), School.objects.count()) == (BatchState.COMMITTED, MANY)
    with pytest.raises(actions.NotStaged):
        actions.commit_import(
            batch=batch,
            scope=scope_of(
                grants_for(membership.user, today=clock.today()), batch, today=clock.today()
            ),
            by=_by(batch),
            at=clock.now(),
            attempt=lost.attempt,
        )
    actions.fail_work(work=lost, problem="zu spät", at=clock.now())
    assert state(batch) == BatchState.COMMITTED


def test_a_task_that_comes_back_takes_over_what_was_given_up(
    coordinator: Client, traveller: Any
) -> None:
    batch = upload(coordinator, schools(MANY))
    press(coordinator, "commit", batch)
    actions.begin_work(batch_id=batch.public_id, at=clock.now())
    tasks.carry_on.call(batch.public_id)
    assert state(batch) == BatchState.RUNNING
    traveller.shift(timedelta(minutes=3))
    tasks.carry_on.call(batch.public_id)
    assert state(batch) == BatchState.COMMITTED


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_writes_is_known_to_live_however_silent(
    coordinator: Client, traveller: Any
) -> None:
    """It holds the row: neither a second worker nor a person takes the work from it."""
    batch = upload(coordinator, schools(3))
    actions.request_commit(batch=batch, by=_by(batch), at=clock.now())
    actions.begin_work(batch_id=batch.public_id, at=clock.now())
    traveller.shift(timedelta(minutes=10))
    refused: list[object] = []

    def meanwhile() -> None:
        try:
            refused.append(actions.begin_work(batch_id=batch.public_id, at=clock.now()))
            with pytest.raises(actions.NotStaged):
                actions.restart_import(batch=batch, by=_by(batch), at=clock.now())
            with pytest.raises(actions.NotStaged):
                actions.discard_import(batch=batch, by=_by(batch), at=clock.now())
            refused.append("all")
        finally:
            connection.close()

    with transaction.atomic():
        ImportBatch.objects.select_for_update().get(pk=batch.pk)
        other = threading.Thread(target=meanwhile)
        other.start()
        other.join(timeout=30)
    assert refused == [None, "all"]
    assert actions.begin_work(batch_id=batch.public_id, at=clock.now()) is not None


def test_a_changed_stock_leads_back_to_the_preview(coordinator: Client, region: Region) -> None:
    batch = upload(coordinator, schools(MANY))
    press(coordinator, "commit", batch)
    make_organisation(region=region, kind="school", external_key="NI-00007")
    tasks.carry_on.call(batch.public_id)
    assert (state(batch), School.objects.count()) == (BatchState.STAGED, 0)
    assert "sehen Sie sich die Vorschau noch einmal an" in page(coordinator, batch)


def test_who_lost_the_right_meanwhile_imports_nothing(
    coordinator: Client, membership: Membership
) -> None:
    batch = upload(coordinator, schools(MANY))
    press(coordinator, "commit", batch)
    membership.ends_on = clock.today()
    membership.save()
    tasks.carry_on.call(batch.public_id)
    assert (state(batch), School.objects.count()) == (BatchState.FAILED, 0)
    assert batch.problem == tasks.NOT_ALLOWED


def test_a_large_file_is_checked_in_the_background(coordinator: Client) -> None:
    data = schools(MANY, padding="x" * 170)
    assert len(data) > tasks.SMALL_FILE
    batch = upload(coordinator, data)
    assert (state(batch), batch.read) == (BatchState.CHECKING, 0)
    assert "wird als Nächstes geprüft" in page(coordinator, batch)
    tasks.carry_on.call(batch.public_id)
    assert (state(batch), batch.created) == (BatchState.STAGED, MANY)
    assert not ImportFile.objects.exists()
    assert "Alles übernehmen" in page(coordinator, batch)


def test_a_large_file_that_cannot_be_read_says_why_and_goes(coordinator: Client) -> None:
    batch = upload(coordinator, b"%PDF-1.7" + b"x" * tasks.SMALL_FILE)
    tasks.carry_on.call(batch.public_id)
    assert state(batch) == BatchState.FAILED
    assert not ImportFile.objects.exists()
    text = page(coordinator, batch)
    assert "eine PDF-Datei" in text
    assert "Andere Datei wählen" in text
    press(coordinator, "discard", batch)
    assert state(batch) == BatchState.DISCARDED


def test_a_large_file_is_withdrawn_before_it_is_checked(coordinator: Client) -> None:
    batch = upload(coordinator, schools(MANY, padding="x" * 170))
    press(coordinator, "discard", batch)
    tasks.carry_on.call(batch.public_id)
    assert state(batch) == BatchState.DISCARDED
    assert not ImportFile.objects.exists()


def test_stands_of_an_earlier_beginning_do_not_count(coordinator: Client, traveller: Any) -> None:
    batch = upload(coordinator, schools(MANY))
    press(coordinator, "commit", batch)
    progress.tell(batch.public_id, 500, MANY, at=clock.now())
    traveller.shift(timedelta(seconds=5))
    actions.begin_work(batch_id=batch.public_id, at=clock.now())
    batch.refresh_from_db()
    assert stand_of(batch) is None
    progress.forget(batch.public_id)


def test_the_database_knows_no_committed_import_without_a_time(region: Region) -> None:
    with pytest.raises(IntegrityError):
        ImportBatch.objects.create(
            region=region,
            kind="schools",
            state=BatchState.COMMITTED,
            file_name="a.csv",
            file_digest="0" * 64,
            school_year=2026,
        )
