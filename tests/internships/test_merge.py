"""Two records of one company become one: everything moves, nothing doubles, and the way back leads home."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from tests.access.sign_in import sign_in_as
from tests.exchange.files import csv
from tests.factories.atlas import make_entry
from tests.factories.internships import make_offer, make_programme, make_slot
from tests.factories.journey import make_application, make_placement
from tests.factories.meetings import make_participant
from tests.factories.network import (
    make_contact,
    make_membership,
    make_organisation,
    make_place,
    make_region,
    make_site,
    make_user,
)
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actor import COMMAND, person
from werkpfad.base.core.models import AuditEvent
from werkpfad.journey.internships.actions import (
    NotMergeable,
    merge_organisations,
    undo_merge,
)
from werkpfad.journey.internships.actions.merge import HANDLED
from werkpfad.journey.internships.models import Offer
from werkpfad.journey.internships.queries import words_of
from werkpfad.region.atlas.models import MemberEntry
from werkpfad.region.meetings.models import Participant
from werkpfad.region.network.actions import invite
from werkpfad.region.network.enums import OrganisationKind, OrganisationStatus
from werkpfad.region.network.models import (
    Contact,
    Invitation,
    Membership,
    Merge,
    Organisation,
    Region,
    Site,
)
from werkpfad.region.network.queries import grants_for
from werkpfad.region.network.rules import merge_problem
from werkpfad.region.notifications.models import Preference
from werkpfad.surface.exchange import actions as exchange
from werkpfad.surface.exchange.enums import Kind
from werkpfad.surface.exchange.stores import ImportScope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(now: Any) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def region() -> Region:
    make_place()
    return make_region(state="NI")


@pytest.fixture
def winner(region: Region) -> Organisation:
    company = make_organisation(region=region, name="Holzbau Meyer GmbH")
    make_site(organisation=company)
    return company


@pytest.fixture
def loser(region: Region) -> Organisation:
    company = make_organisation(region=region, name="Meyer Holzbau", website="https://example.org")
    make_site(organisation=company)
    return company


def merge(loser: Organisation, winner: Organisation, now: Any) -> Merge:
    return merge_organisations(loser=loser, winner=winner, by=COMMAND, at=now)


def test_each_key_to_organisations_and_sites_is_handled() -> None:
    """A new key would leave rows behind at a record that is seen nowhere."""
    keys = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model in (Organisation, Site)
    }
    assert keys == HANDLED.keys()


def test_everything_moves(
    winner: Organisation, loser: Organisation, region: Region, now: Any
) -> None:
    yard = make_site(organisation=loser, street="Am Hof 3", is_main=False)
    make_contact(organisation=loser, name="Ada Beispiel")
    manager = make_membership(RoleCode.COMPANY_MANAGER, organisation=loser).user
    invitation = _invited(loser, now)
    Preference.objects.create(user=manager, organisation=loser, kind="x")
    participant = make_participant(region=region, organisation=loser)
    entry = make_entry(organisation=loser)
    programme = make_programme(region=region)
    at_yard = make_offer(organisation=loser, site=yard, search_text="meyer holzbau")
    placement = make_placement(slot=make_slot(offer=at_yard, programme=programme))
    made = merge(loser, winner, now)
    loser.refresh_from_db()
    winner.refresh_from_db()
    at_yard.refresh_from_db()
    assert (loser.status, loser.merged_into) == (OrganisationStatus.MERGED, winner)
    assert (at_yard.organisation, at_yard.site) == (winner, yard)
    assert placement.slot.offer.public_id == at_yard.public_id
    assert "gmbh" in at_yard.search_text
    assert [site.street for site in winner.sites.order_by("pk")] == ["Werkstraße 1", "Am Hof 3"]
    assert [contact.name for contact in winner.contacts.all()] == ["Ada Beispiel"]
    assert winner.website == "https://example.org"
    assert [row.user for row in winner.memberships.all()] == [manager]
    assert [row.pk for row in winner.invitations.all()] == [invitation.pk]
    assert Preference.objects.get().organisation == winner
    assert [row.pk for row in winner.participants.all()] == [participant.pk]
    assert MemberEntry.objects.get().pk == entry.pk
    assert MemberEntry.objects.get().organisation == winner
    assert grants_for(manager, today=now.date()).organisations == {winner.pk}
    event = AuditEvent.objects.get(event="organisation.merged")
    assert (event.object_id, event.facts["loser"]) == (winner.public_id, loser.public_id)
    assert made.undone_at is None


def _invited(organisation: Organisation, now: Any) -> Invitation:
    return invite(
        organisation=organisation,
        role=RoleCode.SUPERVISOR,
        email="neu@example.org",
        name="",
        by=COMMAND,
        at=now,
    )


def test_what_the_winner_has_does_not_double(
    winner: Organisation, loser: Organisation, now: Any
) -> None:
    both = make_user()
    make_membership(
        RoleCode.COMPANY_MANAGER, organisation=winner, user=both, ends_on=date(2026, 9, 1)
    )
    make_membership(RoleCode.COMPANY_MANAGER, organisation=loser, user=both)
    for company in (winner, loser):
        make_contact(organisation=company, name="Kim Beispiel", email="kim@example.org")
        make_entry(organisation=company)
        _invited(company, now)
        Preference.objects.create(user=both, organisation=company, kind="x")
    offer = make_offer(organisation=loser, site=loser.sites.get())
    merge(loser, winner, now)
    offer.refresh_from_db()
    assert offer.site == winner.sites.get()
    assert winner.contacts.count() == 1
    assert winner.memberships.get().ends_on is None
    assert grants_for(both, today=now.date()).organisations == {winner.pk}
    open_ones = Invitation.objects.filter(revoked_at__isnull=True)
    assert [row.organisation for row in open_ones] == [winner]
    assert winner.preferences.count() == 1
    assert MemberEntry.objects.filter(organisation=winner).count() == 1


def _rows() -> dict[str, list[Any]]:
    """All that a merge may touch, without versions and times of change."""
    return {
        model.__name__: list(model.objects.order_by("pk").values_list(*names))
        for model, names in {
            Organisation: ("pk", "status", "merged_into", "website"),
            Site: ("pk", "organisation", "is_main"),
            Contact: ("pk", "organisation"),
            Membership: ("pk", "organisation", "starts_on", "ends_on"),
            Invitation: ("pk", "organisation", "revoked_at"),
            Preference: ("pk", "organisation"),
            Participant: ("pk", "organisation"),
            MemberEntry: ("pk", "organisation"),
            Offer: ("pk", "organisation", "site", "search_text"),
        }.items()
    }


def _full(winner: Organisation, loser: Organisation, now: Any) -> Offer:
    both = make_user()
    make_membership(RoleCode.SUPERVISOR, organisation=winner, user=both, ends_on=now.date())
    make_membership(RoleCode.SUPERVISOR, organisation=loser, user=both)
    make_membership(RoleCode.COMPANY_MANAGER, organisation=loser)
    make_contact(organisation=loser)
    make_participant(region=loser.region, organisation=loser)
    make_entry(organisation=loser)
    yard = make_site(organisation=loser, street="Am Hof 3", is_main=False)
    for company in (winner, loser):
        _invited(company, now)
    offer = make_offer(organisation=loser, site=yard)
    make_offer(organisation=loser, site=loser.sites.get(is_main=True))
    merge(winner=loser, loser=make_organisation(region=winner.region), now=now)
    for row in Offer.objects.all():
        Offer.objects.filter(pk=row.pk).update(search_text=words_of(row))
    return offer


def test_the_way_back_leads_home(winner: Organisation, loser: Organisation, now: Any) -> None:
    _full(winner, loser, now)
    before = _rows()
    made = merge(loser, winner, now)
    assert _rows() != before
    undo_merge(merge=made, by=COMMAND, at=now)
    assert _rows() == before
    with pytest.raises(NotMergeable, match="schon rückgängig"):
        undo_merge(merge=made, by=COMMAND, at=now)
    merge(loser, winner, now)


def test_no_way_back_after_somebody_worked_on(
    winner: Organisation, loser: Organisation, now: Any
) -> None:
    offer = _full(winner, loser, now)
    made = merge(loser, winner, now)
    new_one = make_offer(organisation=winner, site=offer.site)
    with pytest.raises(NotMergeable, match="neue Angebote"):
        undo_merge(merge=made, by=COMMAND, at=now)
    new_one.delete()
    Offer.objects.filter(pk=offer.pk).update(version=99)
    after = _rows()
    with pytest.raises(NotMergeable, match="bearbeitet"):
        undo_merge(merge=made, by=COMMAND, at=now)
    assert _rows() == after


def test_a_break_leaves_both_as_they_were(
    winner: Organisation, loser: Organisation, now: Any
) -> None:
    _full(winner, loser, now)
    before = _rows()

    def broken(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT INTO") and '"network_merge"' in sql:
            raise IntegrityError("power cut")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(broken), pytest.raises(IntegrityError), transaction.atomic():
        merge(loser, winner, now)
    assert _rows() == before


@pytest.mark.parametrize(
    ("kinds", "statuses"),
    [
        (("company", "company"), ("active", "active")),
        (("company", "company"), ("requested", "requested")),
        (("chamber", "chamber"), ("paused", "active")),
    ],
)
def test_two_of_a_kind_in_one_region_can_be_merged(
    kinds: tuple[str, str], statuses: tuple[str, str]
) -> None:
    assert merge_problem(same_region=True, kinds=kinds, statuses=statuses) is None


@pytest.mark.parametrize(
    ("same_region", "kinds", "statuses", "part"),
    [
        (False, ("company", "company"), ("active", "active"), "in einer Region"),
        (True, ("company", "chamber"), ("active", "active"), "derselben Art"),
        (True, ("school", "school"), ("active", "active"), "Betriebe oder zwei Partner"),
        (True, ("office", "office"), ("active", "active"), "Betriebe oder zwei Partner"),
        (True, ("company", "company"), ("merged", "active"), "schon zusammengeführt"),
        (True, ("company", "company"), ("active", "merged"), "schon zusammengeführt"),
        (True, ("company", "company"), ("blocked", "active"), "gesperrt"),
        (True, ("company", "company"), ("active", "blocked"), "gesperrt"),
        (True, ("company", "company"), ("active", "requested"), "noch nicht freigegeben"),
    ],
)
def test_why_two_cannot_be_merged(
    same_region: bool, kinds: tuple[str, str], statuses: tuple[str, str], part: str
) -> None:
    problem = merge_problem(same_region=same_region, kinds=kinds, statuses=statuses)
    assert problem is not None
    assert part in problem


def test_never_across_regions_and_never_with_itself(winner: Organisation, now: Any) -> None:
    for other in (make_organisation(), winner):
        with pytest.raises(NotMergeable):
            merge(other, winner, now)
    assert not Merge.objects.exists()


def test_the_database_knows_no_merged_record_without_its_other_half(
    winner: Organisation, loser: Organisation
) -> None:
    for change in ({"status": "merged"}, {"merged_into": winner}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.filter(pk=loser.pk).update(**change)


def test_a_list_that_names_the_loser_finds_the_winner(
    winner: Organisation, loser: Organisation, region: Region, now: Any
) -> None:
    Organisation.objects.filter(pk=loser.pk).update(external_key="77")
    make_programme(region=region, title="Praktikum")
    loser.refresh_from_db()
    merge(loser, winner, now)
    scope = ImportScope(today=now.date(), school_year=2026, region=region)
    header = "Nummer;Name;PLZ;Ort;Straße"
    lines = ("77;Ganz anders;21680;Stade;Neu 1", ";Meyer Holzbau;21680;Stade;Werkstraße 1")
    batch = exchange.stage_file(
        kind=Kind.COMPANIES, data=csv(header, *lines), name="a.csv", scope=scope, by=COMMAND, at=now
    )
    assert (batch.created, batch.updated, batch.skipped) == (0, 0, 2)
    assert "Gehört jetzt zu „Holzbau Meyer GmbH“" in str(batch.parts.get().rows[0]["notes"])


# ---- pages -----------------------------------------------------------------------------------------


@pytest.fixture
def coordinator(client: Client, region: Region) -> Client:
    return sign_in_as(client, make_membership(RoleCode.COORDINATOR, region=region).user)


def test_the_office_finds_compares_merges_and_parts(
    coordinator: Client, winner: Organisation, loser: Organisation
) -> None:
    make_application(slot=make_slot(offer=make_offer(organisation=loser, site=loser.sites.get())))
    url = reverse("network:merge", args=[winner.public_id])
    assert "Meyer Holzbau" in coordinator.get(url).content.decode()
    assert "Nichts gefunden" in coordinator.get(url + "?q=zzz").content.decode()
    both = url + f"?mit={loser.public_id}"
    assert "Offene Bewerbungen" in coordinator.get(both).content.decode()
    refused = coordinator.post(both)
    assert (refused.status_code, Merge.objects.count()) == (422, 0)
    done = coordinator.post(both, {"stays": winner.public_id}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("network:organisation", args=[winner.public_id])
    assert "Wieder trennen" in done.content.decode()
    assert "Meyer Holzbau" not in _listed(coordinator)
    assert "Meyer Holzbau" in _listed(coordinator, "?status=merged")
    undo = reverse("network:merge_undo", args=[Merge.objects.get().public_id])
    assert "Wieder getrennt" in coordinator.post(undo, follow=True).content.decode()
    assert "schon rückgängig" in coordinator.post(undo, follow=True).content.decode()


def _listed(client: Client, query: str = "") -> str:
    return (
        client.get(reverse("network:organisation_list") + query)
        .content.decode()
        .split("<table")[-1]
    )


def test_old_links_lead_to_the_record_that_stayed(
    coordinator: Client, winner: Organisation, loser: Organisation, now: Any
) -> None:
    merge(loser, winner, now)
    for name in ("organisation", "organisation_edit", "invite", "site_create"):
        answer = coordinator.get(reverse(f"network:{name}", args=[loser.public_id]), follow=True)
        assert answer.redirect_chain[0][0] == reverse(
            "network:organisation", args=[winner.public_id]
        )
        assert "„Meyer Holzbau“ gehört jetzt zu diesem Eintrag." in answer.content.decode()


def test_what_stands_in_the_way_is_said_on_the_page(
    coordinator: Client, winner: Organisation, loser: Organisation
) -> None:
    Organisation.objects.filter(pk=winner.pk).update(status="requested")
    url = reverse("network:merge", args=[winner.public_id]) + f"?mit={loser.public_id}"
    answer = coordinator.post(url, {"stays": winner.public_id})
    assert answer.status_code == 409
    assert "noch nicht freigegeben" in answer.content.decode()


def test_foreign_records_do_not_exist(coordinator: Client, winner: Organisation) -> None:
    url = reverse("network:merge", args=[winner.public_id])
    for other in (make_organisation(), winner):
        assert coordinator.get(url + f"?mit={other.public_id}").status_code == 404
    school = make_organisation(region=winner.region, kind=OrganisationKind.SCHOOL)
    assert coordinator.get(reverse("network:merge", args=[school.public_id])).status_code == 403


def test_an_import_cannot_take_back_what_was_merged_since(
    winner: Organisation, region: Region, now: Any
) -> None:
    scope = ImportScope(today=now.date(), school_year=2026, region=region)
    batch = exchange.stage_file(
        kind=Kind.COMPANIES,
        data=csv("Name;PLZ;Ort;Straße", "Neu;21680;Stade;Weg 9"),
        name="a.csv",
        scope=scope,
        by=person(1),
        at=now,
    )
    exchange.commit_import(batch=batch, scope=scope, by=COMMAND, at=now)
    merge(Organisation.objects.get(name="Neu"), winner, now)
    with pytest.raises(exchange.NotUndoable):
        exchange.undo_import(batch=batch, by=COMMAND, at=now + timedelta(hours=1))
    assert winner.sites.count() == 2
