"""Entries: what others see was released, each change names its author, and owners are asked once a year."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.atlas import item, make_draft, make_entry
from tests.factories.network import (
    make_contact,
    make_membership,
    make_organisation,
    make_region,
    make_site,
)
from tests.factories.signed_in import client_of, coordinator_of
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actions import EditConflict
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.internships.actions import merge_organisations, undo_merge
from werkpfad.region.atlas.actions import (
    NotPublishable,
    ask_stale,
    publish_entry,
    release_entry,
    save_content,
    trust_entry,
)
from werkpfad.region.atlas.enums import EntryStatus
from werkpfad.region.atlas.models import EntryItem, EntryVersion, MemberEntry
from werkpfad.region.atlas.queries import public_entries
from werkpfad.region.atlas.rules import Content
from werkpfad.region.network.enums import OrganisationKind, OrganisationStatus
from werkpfad.region.network.models import Organisation, Region
from werkpfad.region.notifications.actions import send_outbox
from werkpfad.region.notifications.models import OutboxMail

pytestmark = pytest.mark.django_db
FROZEN = time_machine.travel("2026-11-20T09:00:00+01:00", tick=False)


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def company(region: Region) -> Organisation:
    return make_organisation(region=region, name="Metallbau Beispiel")


@pytest.fixture
def owner(company: Organisation) -> Client:
    return client_of(make_membership(RoleCode.COMPANY_MANAGER, organisation=company).user)


ITEM = {
    "direction": "offer",
    "kind": "visit",
    "text": "Wir führen durch die Schlosserei.",
    "keywords": "Schweißen, Metall",
    "first_grade": "8",
    "last_grade": "10",
    "school_forms": ["oberschule"],
}


@FROZEN
def test_an_owner_writes_and_the_office_releases(
    owner: Client, company: Organisation, region: Region
) -> None:
    office = coordinator_of(region)
    path = f"/netzwerk/eintrag/{company.public_id}/"
    assert owner.post(f"{path}punkt/", ITEM | {"version": 0})["Location"] == path
    entry = MemberEntry.objects.get()
    public = f"/netzwerk/mitglied/{entry.public_id}/"
    assert Client().get(public).status_code == 404
    owner.post(f"{path}veroeffentlichen/")
    assert Client().get(public).status_code == 404
    waiting = OutboxMail.objects.get(kind="region")
    assert waiting.subject == "Metallbau Beispiel wartet auf die Freigabe des Eintrags im Netzwerk"
    assert "Freigeben" in office.get("/netzwerk/pflege/?stand=wartet").content.decode()
    office.post(f"/netzwerk/pflege/{entry.public_id}/", {"step": "release"})
    page = Client().get(public).content.decode()
    assert "Wir führen durch die Schlosserei." in page
    assert "Klassen 8 bis 10" in page
    assert OutboxMail.objects.filter(kind="network").count() == 1
    events = AuditEvent.objects.filter(event__startswith="entry.").order_by("pk")
    assert [event.event for event in events] == [
        "entry.saved",
        "entry.submitted",
        "entry.released",
    ]


@FROZEN
def test_a_change_is_public_only_after_release_unless_the_office_trusts(
    owner: Client, company: Organisation, now: datetime
) -> None:
    entry = make_entry(company)
    key, path = entry.content["items"][0]["key"], f"/netzwerk/eintrag/{company.public_id}/"
    public = f"/netzwerk/mitglied/{entry.public_id}/"
    owner.post(f"{path}punkt/{key}/", ITEM | {"version": entry.version})
    owner.post(f"{path}veroeffentlichen/")
    assert "Schlosserei" not in Client().get(public).content.decode()
    trust_entry(entry=entry, trusted=True, by=SYSTEM, at=now)
    owner.post(f"{path}veroeffentlichen/")
    assert "Schlosserei" in Client().get(public).content.decode()
    assert list(EntryItem.objects.values_list("text", flat=True)) == [ITEM["text"]]


def test_who_changed_what_stays_on_record(owner: Client, company: Organisation) -> None:
    path = f"/netzwerk/eintrag/{company.public_id}/"
    owner.post(f"{path}punkt/", ITEM | {"version": 0})
    version = MemberEntry.objects.get().version
    owner.post(f"{path}vorstellung/", {"intro": "Wir bauen Treppen.", "version": version})
    author = EntryVersion.objects.get(number=2).author
    assert author is not None
    page = owner.get(path).content.decode()
    assert "neu: Wir bieten: Betriebserkundung" in page
    assert "Vorstellung geändert" in page
    assert author.display_name in page


def test_two_colleagues_do_not_overwrite_each_other(owner: Client, company: Organisation) -> None:
    path = f"/netzwerk/eintrag/{company.public_id}/"
    owner.post(f"{path}punkt/", ITEM | {"version": 0})
    clash = owner.post(f"{path}vorstellung/", {"intro": "Von der zweiten.", "version": 0})
    assert clash.status_code == 409
    assert "Von der zweiten." in clash.content.decode()
    version = MemberEntry.objects.get().version
    owner.post(f"{path}vorstellung/", {"intro": "Von der zweiten.", "version": version})
    content = EntryVersion.objects.get(number=2).content
    assert (content["intro"], len(content["items"])) == ("Von der zweiten.", 1)


def test_a_stale_save_raises(company: Organisation, now: datetime) -> None:
    make_draft(company)
    with pytest.raises(EditConflict):
        save_content(organisation=company, content=Content(), seen_version=0, by=SYSTEM, at=now)


def test_wrong_input_keeps_what_was_typed(owner: Client, company: Organisation) -> None:
    path = f"/netzwerk/eintrag/{company.public_id}/punkt/"
    answer = owner.post(path, ITEM | {"version": 0, "first_grade": "10", "last_grade": "8"})
    assert "Die letzte Klasse liegt vor der ersten." in answer.content.decode()
    assert "Wir führen durch die Schlosserei." in answer.content.decode()
    assert not MemberEntry.objects.exists()


def test_html_in_every_field_is_only_text(owner: Client, company: Organisation) -> None:
    evil = "<script>alert(1)</script>"
    path = f"/netzwerk/eintrag/{company.public_id}/"
    owner.post(f"{path}punkt/", ITEM | {"version": 0, "text": evil, "keywords": evil})
    intro = {"intro": evil, "label1": evil, "url1": "https://example.org/", "version": 1}
    owner.post(f"{path}vorstellung/", intro)
    entry = MemberEntry.objects.get()
    release_entry(entry=entry, by=SYSTEM, at=entry.created_at, today=entry.created_at.date())
    for page in (owner.get(path), Client().get(f"/netzwerk/mitglied/{entry.public_id}/")):
        assert evil not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()


def test_a_link_that_is_no_web_address_is_refused(owner: Client, company: Organisation) -> None:
    path = f"/netzwerk/eintrag/{company.public_id}/vorstellung/"
    answer = owner.post(path, {"label1": "hier", "url1": "javascript:alert(1)", "version": 0})
    assert answer.status_code == 200
    assert not MemberEntry.objects.exists()


def test_an_empty_entry_cannot_be_released(company: Organisation, now: datetime) -> None:
    entry = save_content(
        organisation=company, content=Content(intro="Hallo"), seen_version=0, by=SYSTEM, at=now
    )
    with pytest.raises(NotPublishable):
        publish_entry(entry=entry, by=SYSTEM, at=now, today=now.date())
    with pytest.raises(IntegrityError), transaction.atomic():
        MemberEntry.objects.filter(pk=entry.pk).update(status=EntryStatus.PUBLIC)


def test_contacts_are_public_with_consent_only(company: Organisation) -> None:
    make_contact(organisation=company, name="Maja Offen", is_public=True, email="maja@example.org")
    make_contact(organisation=company, name="Nils Privat", email="nils@example.org")
    page = Client().get(f"/netzwerk/mitglied/{make_entry(company).public_id}/").content.decode()
    assert "Maja Offen" in page
    assert "maja@example.org" in page
    assert "Nils" not in page
    assert "nils@example.org" not in page


@pytest.mark.parametrize(
    "status", [OrganisationStatus.PAUSED, OrganisationStatus.BLOCKED, OrganisationStatus.REQUESTED]
)
def test_only_active_organisations_are_shown(company: Organisation, status: str) -> None:
    make_entry(company)
    assert public_entries().count() == 1
    Organisation.objects.filter(pk=company.pk).update(status=status)
    assert public_entries().count() == 0


def test_a_chamber_writes_its_own_entry_and_no_other(region: Region, company: Organisation) -> None:
    chamber = make_organisation(region=region, kind=OrganisationKind.CHAMBER)
    partner = client_of(make_membership(RoleCode.PARTNER, organisation=chamber).user)
    path = f"/netzwerk/eintrag/{chamber.public_id}/punkt/"
    assert partner.post(path, ITEM | {"version": 0}).status_code == 302
    other = f"/netzwerk/eintrag/{company.public_id}/punkt/"
    assert partner.post(other, ITEM | {"version": 0}).status_code == 403
    assert MemberEntry.objects.get().organisation == chamber


def ask(company: Organisation, now: datetime) -> str:
    """The path in the mail that asks about a year-old entry."""
    make_membership(RoleCode.COMPANY_MANAGER, organisation=company)
    make_entry(company, confirmed_at=now - timedelta(days=366))
    OutboxMail.objects.all().delete()
    assert ask_stale(at=now, today=now.date()) == 1
    send_outbox(at=now)
    line = next(line for line in mail.outbox[-1].body.splitlines() if "stimmt-noch" in line)
    return line[line.index("/netzwerk/") :]


@FROZEN
def test_owners_are_asked_once_a_year_and_answer_without_account(
    company: Organisation, now: datetime
) -> None:
    path = ask(company, now)
    assert ask_stale(at=now + timedelta(days=1), today=now.date()) == 0
    assert "Stimmt dieser Eintrag noch?" in Client().get(path).content.decode()
    assert MemberEntry.objects.get().confirmed_at == now - timedelta(days=366)
    assert "bestätigt" in Client().post(path, {"answer": "yes"}).content.decode()
    assert MemberEntry.objects.get().confirmed_at == now
    assert Client().post(path, {"answer": "withdraw"}).status_code == 410
    assert MemberEntry.objects.get().status == EntryStatus.PUBLIC
    assert AuditEvent.objects.get(event="entry.confirmed").actor_kind == "link"


@FROZEN
def test_the_link_takes_an_entry_off_the_map(company: Organisation, now: datetime) -> None:
    path = ask(company, now)
    assert Client().post(path, {}).status_code == 422
    Client().post(path, {"answer": "withdraw"})
    entry = MemberEntry.objects.get()
    assert (entry.status, entry.items.count(), entry.versions.count()) == ("withdrawn", 0, 1)


@FROZEN
def test_fresh_entries_are_left_alone(company: Organisation, now: datetime) -> None:
    """Control for the question: a day earlier nobody is asked."""
    make_entry(company, confirmed_at=now - timedelta(days=364))
    assert ask_stale(at=now, today=now.date()) == 0


def test_an_unknown_link_opens_nothing() -> None:
    assert Client().get("/netzwerk/stimmt-noch/nobody/").status_code == 404


@FROZEN
def test_the_office_sees_what_is_old(region: Region, company: Organisation, now: datetime) -> None:
    office = coordinator_of(region)
    make_entry(company, confirmed_at=now - timedelta(days=400))
    fresh = make_entry(make_organisation(region=region, name="Frisch GmbH"))
    page = office.get("/netzwerk/pflege/?stand=alt").content.decode()
    assert "Metallbau Beispiel" in page
    assert fresh.organisation.name not in page
    assert "50 %" in page


def test_the_care_list_costs_the_same_with_one_and_three(region: Region) -> None:
    office = coordinator_of(region)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get("/netzwerk/pflege/").status_code == 200
        return len(queries)

    make_entry(make_organisation(region=region))
    cost()
    one = cost()
    for _ in range(2):
        make_entry(make_organisation(region=region), item(), item())
    assert cost() == one


def test_merging_keeps_the_only_entry_and_parting_gives_it_back(
    region: Region, company: Organisation, now: datetime
) -> None:
    double = make_organisation(region=region)
    make_site(organisation=double)
    entry = make_entry(double)
    merge = merge_organisations(loser=double, winner=company, by=SYSTEM, at=now)
    entry.refresh_from_db()
    assert entry.organisation == company
    undo_merge(merge=merge, by=SYSTEM, at=now)
    entry.refresh_from_db()
    assert entry.organisation == double
