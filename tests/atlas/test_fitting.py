"""Who fits whom: complementary, near, for the same grades; and both hear of each other once."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.atlas import item, make_draft, make_entry
from tests.factories.internships import make_programme
from tests.factories.network import (
    make_contact,
    make_membership,
    make_organisation,
    make_region,
    make_site,
)
from tests.factories.schools import make_school
from tests.factories.signed_in import client_of
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core.actor import SYSTEM
from werkpfad.base.core.geo import Point
from werkpfad.base.core.models import AuditEvent
from werkpfad.region.atlas.actions import (
    AlreadyIntroduced,
    NobodyToAsk,
    forget_introductions,
    introduce,
)
from werkpfad.region.atlas.enums import Direction, ItemKind
from werkpfad.region.atlas.models import Introduction
from werkpfad.region.atlas.rules import Content, Item, Side, best_fit, reason, suggestions
from werkpfad.region.network.models import Organisation, Region
from werkpfad.region.notifications.models import OutboxMail

HERE, NEAR, FAR = Point(53.6, 9.47), Point(53.636, 9.47), Point(52.5, 9.47)


def side(key: int, *items: Item, point: Point | None = HERE, **values: object) -> Side:
    return Side(key=key, content=Content(items=items), point=point, **values)  # type: ignore[arg-type]


def need(**values: object) -> Item:
    return item(direction=Direction.NEED, **values)


def test_an_offer_meets_a_need_of_the_same_kind_and_nothing_else() -> None:
    me = side(1, need(kind=ItemKind.VISIT))
    assert best_fit(me, side(2, item(kind=ItemKind.VISIT))) is not None
    assert best_fit(me, side(2, need(kind=ItemKind.VISIT))) is None
    assert best_fit(me, side(2, item(kind=ItemKind.EVENT))) is None


@pytest.mark.parametrize(
    ("theirs", "fits"),
    [
        ({"first_grade": 9, "last_grade": 10}, True),
        ({"first_grade": 11}, False),
        ({"fields": ("metall",)}, True),
        ({"fields": ("holz",)}, False),
        ({"forms": ("oberschule",)}, True),
        ({"forms": ("gymnasium",)}, False),
    ],
)
def test_grades_fields_and_school_forms_must_meet(theirs: dict[str, object], fits: bool) -> None:
    me = side(
        1,
        need(fields=("metall",), first_grade=8, last_grade=10),
        is_school=True,
        forms=frozenset({"oberschule"}),
    )
    assert (best_fit(me, side(2, item(**theirs))) is not None) is fits


def test_the_nearer_goes_first_and_the_far_is_left_out() -> None:
    me = side(1, need())
    others = [side(2, item(), point=NEAR), side(3, item()), side(4, item(), point=FAR), me]
    assert [fit.key for fit in suggestions(me, others)] == [3, 2]
    nowhere = suggestions(me, [side(5, item(), point=None), side(2, item(), point=NEAR)])
    assert [fit.key for fit in nowhere] == [2, 5]


def test_what_one_looks_for_counts_more_than_what_one_offers() -> None:
    me = side(1, need(kind=ItemKind.VISIT), item(kind=ItemKind.EVENT))
    others = [side(2, need(kind=ItemKind.EVENT)), side(3, item(kind=ItemKind.VISIT))]
    assert [fit.key for fit in suggestions(me, others)] == [3, 2]


def test_the_reason_is_one_sentence() -> None:
    me = side(1, item(fields=("metall",), first_grade=8))
    other = side(2, need(fields=("metall",), last_grade=10), point=NEAR)
    fit = best_fit(me, other)
    assert fit is not None
    assert reason(fit, {"metall": "Metall"}) == (
        "sucht Betriebserkundung (Metall), 4,0\u00a0km, Klassen 8 bis 10"
    )


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def school(region: Region) -> Organisation:
    """A school that looks for a tour."""
    found = make_school(region=region).organisation
    make_site(organisation=found)
    make_draft(found, need(text="Eine Führung für Klasse 9."))
    return found


@pytest.fixture
def teacher(school: Organisation) -> Client:
    held = make_membership(RoleCode.SCHOOL_COORDINATOR, organisation=school)
    return client_of(held.user)


def company(region: Region, name: str = "Metallbau Beispiel") -> Organisation:
    found = make_organisation(region=region, name=name)
    make_site(organisation=found)
    make_entry(found, item())
    return found


def test_one_click_writes_to_both_once(teacher: Client, region: Region, now: datetime) -> None:
    found = company(region)
    make_membership(RoleCode.COMPANY_MANAGER, organisation=found)
    page = teacher.get("/netzwerk/passt/").content.decode()
    assert "bietet Betriebserkundung, unter 1\u00a0km" in page
    path = f"/netzwerk/passt/{found.network_entry.public_id}/"
    form = teacher.get(path).content.decode()
    assert "wir suchen: Betriebserkundung. Sie bieten das an" in form
    OutboxMail.objects.all().delete()
    for _ in range(2):
        assert teacher.post(path, {"text": "Guten Tag, passt das?"}).status_code == 302
    mails = list(OutboxMail.objects.order_by("pk"))
    assert len(mails) == 2
    assert all("Guten Tag, passt das?" in mail.body for mail in mails)
    assert {mail.to_email for mail in mails} == {
        mail.body.split("So erreichen Sie einander: ")[1].split("\n")[0] for mail in mails
    }
    assert "Mail ist geschrieben" in teacher.get("/netzwerk/passt/").content.decode()
    assert AuditEvent.objects.filter(event="introduction.made").count() == 1


def test_nobody_is_introduced_to_whom_nobody_can_write(
    school: Organisation, teacher: Client, region: Region, now: datetime
) -> None:
    found = company(region)
    values = {"asking": school, "other": found, "kind": ItemKind.VISIT, "text": "Hallo"}
    with pytest.raises(NobodyToAsk):
        introduce(**values, by=SYSTEM, at=now, today=now.date())  # type: ignore[arg-type]
    make_contact(organisation=found, email="betrieb@example.org")
    introduce(**values, by=SYSTEM, at=now, today=now.date())  # type: ignore[arg-type]
    with pytest.raises(AlreadyIntroduced):
        introduce(**values, by=SYSTEM, at=now, today=now.date())  # type: ignore[arg-type]


def test_other_regions_and_hidden_entries_are_not_suggested(
    teacher: Client, region: Region
) -> None:
    foreign = company(make_region(), "Fremd GmbH")
    draft = make_organisation(region=region, name="Geheim GmbH")
    make_draft(draft, item())
    page = teacher.get("/netzwerk/passt/").content.decode()
    assert "Fremd GmbH" not in page
    assert "Geheim GmbH" not in page
    path = f"/netzwerk/passt/{foreign.network_entry.public_id}/"
    assert teacher.get(path).status_code == 404


def test_the_schools_calendar_stands_beside_its_name(region: Region) -> None:
    found = make_school(region=region)
    make_entry(found.organisation, need())
    make_programme(
        region=region,
        schools=[found],
        title="Praktikum 9",
        first_day=date(2027, 2, 1),
        last_day=date(2027, 2, 12),
    )
    firm = company(region)
    client = client_of(make_membership(RoleCode.COMPANY_MANAGER, organisation=firm).user)
    assert (
        "Praktikum 9 vom 1. Februar bis 12. Februar 2027"
        in client.get("/netzwerk/passt/").content.decode()
    )


def test_suggestions_cost_the_same_with_one_and_three(teacher: Client, region: Region) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert teacher.get("/netzwerk/passt/").status_code == 200
        return len(queries)

    company(region)
    cost()
    one = cost()
    company(region, "Zweite")
    company(region, "Dritte")
    assert cost() == one


def test_letters_are_forgotten_after_a_year(region: Region, now: datetime) -> None:
    firm, other = company(region), company(region, "Andere")
    made = {"region": region, "asking": firm, "other": other, "text": "x"}
    Introduction.objects.create(**made, kind="visit", made_at=now.replace(year=2025, day=19))
    Introduction.objects.create(**made, kind="event", made_at=now)
    assert forget_introductions(at=now) == 1
    assert Introduction.objects.get().kind == "event"
