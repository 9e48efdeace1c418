"""The pages of pupils, schools and the coordination; list pages cost the same for one row and three."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from tests.access.sign_in import sign_in_as
from tests.factories.internships import make_offer, make_slot
from tests.factories.journey import make_application
from tests.factories.network import make_membership
from tests.factories.schools import make_pupil
from tests.placements.world import Scene, everybody_says_yes, make_scene
from werkpfad.base.accounts.models import User
from werkpfad.base.accounts.roles import RoleCode
from werkpfad.base.core import clock
from werkpfad.base.core.actor import SYSTEM
from werkpfad.journey.applications.models import Application
from werkpfad.journey.internships.models import Slot
from werkpfad.journey.placements.actions import issue_certificate, revoke_certificate
from werkpfad.journey.placements.models import Certificate, Placement
from werkpfad.region.network.enums import OrganisationStatus
from werkpfad.region.network.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene(capacity=5)


def as_user(user: User | None) -> Client:
    assert user is not None
    return sign_in_as(Client(), user)


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def more_pupils(scene: Scene) -> None:
    for _ in range(2):
        scene.placement(pupil=make_pupil(school_class=scene.school_class))
        make_application(pupil=make_pupil(school_class=scene.school_class), slot=scene.slot)


def more_of_mine(scene: Scene) -> None:
    for n in range(2):
        slot = make_slot(
            programme=scene.programme,
            offer=make_offer(region=scene.region),
            first_day=scene.slot.first_day + timedelta(days=n),
        )
        scene.placement(slot=slot)
        make_application(pupil=scene.pupil, slot=slot)


def more_without(scene: Scene) -> None:
    for _ in range(2):
        make_pupil(school_class=scene.school_class)


def more_seats(scene: Scene) -> None:
    for _ in range(2):
        scene.slot_elsewhere()


def member(role: RoleCode) -> Callable[[Scene], User]:
    def user(scene: Scene) -> User:
        if role is RoleCode.COORDINATOR:
            return make_membership(role, region=scene.region).user
        return make_membership(role, organisation=scene.company).user

    return user


LISTS: list[tuple[str, Callable[[Scene], Any], Callable[[Scene], None], str]] = [
    ("approvals", lambda s: s.teacher, more_pupils, ""),
    ("requests", member(RoleCode.COMPANY_MANAGER), more_pupils, ""),
    ("requests", member(RoleCode.COMPANY_MANAGER), more_pupils, "?ansicht=beantwortet"),
    ("my_internship", lambda s: s.pupil.user, more_of_mine, ""),
    ("without_place", member(RoleCode.COORDINATOR), more_without, ""),
]


@pytest.mark.parametrize(("name", "user", "more", "query"), LISTS)
def test_lists_cost_the_same_for_one_and_three(
    scene: Scene,
    name: str,
    user: Callable[[Scene], Any],
    more: Callable[[Scene], None],
    query: str,
) -> None:
    make_application(pupil=scene.pupil, slot=scene.slot)
    if name == "without_place":
        make_pupil(school_class=scene.school_class)
    scene.placement()
    client, path = as_user(user(scene)), reverse(f"placements:{name}") + query
    one = queries_of(client, path)
    more(scene)
    assert queries_of(client, path) == one


def test_the_day_page_costs_the_same_for_one_and_three(scene: Scene, now: datetime) -> None:
    scene.slot.first_day = scene.slot.last_day = clock.today()
    scene.slot.save()
    client = as_user(make_membership(RoleCode.SUPERVISOR, organisation=scene.company).user)
    path = reverse("placements:today")
    scene.placement(state="confirmed", confirmed_at=now)
    one = queries_of(client, path)
    for _ in range(2):
        pupil = make_pupil(school_class=scene.school_class)
        scene.placement(pupil=pupil, state="confirmed", confirmed_at=now)
    assert queries_of(client, path) == one


def test_a_seat_more_costs_nothing_when_proposing(scene: Scene) -> None:
    path = reverse("placements:propose", args=[scene.programme.public_id, scene.pupil.public_id])
    client = as_user(make_membership(RoleCode.COORDINATOR, region=scene.region).user)
    one = queries_of(client, path)
    more_seats(scene)
    assert queries_of(client, path) == one


def test_a_pupil_says_yes_and_takes_it_back(scene: Scene) -> None:
    placement, client = scene.placement(), as_user(scene.pupil.user)
    page = client.get(reverse("placements:my_internship")).content.decode()
    assert "Du bist dran" in page
    client.post(reverse("placements:say_yes", args=[placement.public_id]))
    page = client.get(reverse("placements:my_internship")).content.decode()
    assert "Mein Ja zurücknehmen" in page
    client.post(reverse("placements:take_back", args=[placement.public_id]))
    assert placement.consents.get(side="pupil").answer == "open"


def test_a_pupils_no_asks_first_and_needs_a_reason(scene: Scene) -> None:
    placement, client = scene.placement(), as_user(scene.pupil.user)
    path = reverse("placements:say_no", args=[placement.public_id])
    assert "sofort für andere frei" in client.get(path).content.decode()
    assert client.post(path, {}).status_code == 422
    assert client.post(path, {"reason": "too_far"}).status_code == 302
    placement.refresh_from_db()
    assert placement.state == "declined"


def test_approving_several_asks_once(scene: Scene) -> None:
    rows = [
        scene.placement(),
        scene.placement(pupil=make_pupil(school_class=scene.school_class)),
    ]
    client, path = as_user(scene.teacher), reverse("placements:approvals")
    chosen = {"selected": [row.public_id for row in rows]}
    asked = client.post(path, chosen)
    assert asked.status_code == 200
    assert "Alle genehmigen" in asked.content.decode()
    assert rows[0].consents.get(side="school").answer == "open"
    done = client.post(path, chosen | {"confirmed": "1"}, follow=True)
    assert "2 Plätze genehmigt" in done.content.decode()
    assert rows[0].consents.get(side="school").by_user_id == scene.teacher.pk


def test_another_schools_placement_cannot_be_approved(scene: Scene) -> None:
    other = make_scene(region=scene.region).placement()
    path = reverse("placements:approvals")
    as_user(scene.teacher).post(path, {"selected": other.public_id, "confirmed": "1"})
    assert other.consents.get(side="school").answer == "open"


def test_rejecting_tells_the_reason(scene: Scene) -> None:
    placement = scene.placement()
    path = reverse("placements:reject", args=[placement.public_id])
    client = as_user(scene.teacher)
    assert client.post(path, {"reason": "other"}).status_code == 422
    data = {"reason": "other", "text": "Der Betrieb gehört der Familie."}
    assert client.post(path, data).status_code == 302
    placement.refresh_from_db()
    assert (placement.state, placement.closed_by) == ("declined", "school")


def test_calling_off_from_the_page(scene: Scene, now: datetime) -> None:
    placement = scene.placement()
    everybody_says_yes(placement, at=now)
    path = reverse("placements:cancel", args=[placement.public_id])
    client = as_user(scene.teacher)
    assert "lässt sich nicht zurücknehmen" in client.get(path).content.decode()
    assert client.post(path, {"reason": "illness"}).status_code == 302
    assert client.get(path).status_code == 404
    scene.slot.refresh_from_db()
    assert scene.slot.taken == 0


def test_the_coordination_proposes_a_free_seat(scene: Scene) -> None:
    client = as_user(make_membership(RoleCode.COORDINATOR, region=scene.region).user)
    path = reverse("placements:propose", args=[scene.programme.public_id, scene.pupil.public_id])
    assert client.post(path, {"slot": scene.slot.public_id}).status_code == 302
    assert Placement.objects.get().source == "manual"


def test_a_blocked_company_gets_neither_proposals_nor_applications(scene: Scene) -> None:
    client = as_user(make_membership(RoleCode.COORDINATOR, region=scene.region).user)
    by_hand = reverse("placements:propose", args=[scene.programme.public_id, scene.pupil.public_id])
    apply = reverse("applications:apply", args=[scene.slot.public_id])
    assert scene.slot.offer.title in client.get(by_hand).content.decode()
    Organisation.objects.filter(pk=scene.company.pk).update(status=OrganisationStatus.BLOCKED)
    assert scene.slot.offer.title not in client.get(by_hand).content.decode()
    assert client.post(by_hand, {"slot": scene.slot.public_id}).status_code == 404
    refused = as_user(scene.pupil.user).post(apply, {"message": "Ich baue gern."})
    assert refused.status_code == 422
    assert "Das Angebot ist gerade nicht offen." in refused.content.decode()
    assert not Placement.objects.exists()
    assert not Application.objects.exists()


def test_applying_as_pupil_and_as_teacher(scene: Scene) -> None:
    path = reverse("applications:apply", args=[scene.slot.public_id])
    mine = as_user(scene.pupil.user).post(path, {"message": "Ich baue gern."})
    assert mine.status_code == 302
    other = make_pupil(school_class=scene.school_class)
    teacher = as_user(scene.teacher)
    assert teacher.post(path, {"pupil": other.public_id, "message": ""}).status_code == 302
    foreign = make_scene(region=scene.region).pupil
    assert teacher.post(path, {"pupil": foreign.public_id}).status_code == 422
    by = dict(Application.objects.values_list("pupil_id", "submitted_by_id"))
    assert by == {scene.pupil.pk: scene.pupil.user_id, other.pk: scene.teacher.pk}


def test_a_refused_application_keeps_what_was_typed(scene: Scene) -> None:
    Slot.objects.filter(pk=scene.slot.pk).update(capacity=1, taken=1)
    path = reverse("applications:apply", args=[scene.slot.public_id])
    words = "Ich baue gern Regale."
    mine = as_user(scene.pupil.user).post(path, {"message": words})
    other = make_pupil(school_class=scene.school_class)
    taught = as_user(scene.teacher).post(path, {"pupil": other.public_id, "message": words})
    for answer in (mine, taught):
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Alle Plätze sind vergeben." in page
        assert words in page
    assert not Application.objects.exists()


def test_what_stands_in_the_way_is_said_before(scene: Scene) -> None:
    scene.programme.accepts_direct = False
    scene.programme.save()
    path = reverse("applications:apply", args=[scene.slot.public_id])
    page = as_user(scene.pupil.user).get(path).content.decode()
    assert "werden die Plätze zugeteilt" in page
    assert "Jetzt bewerben" not in page


def finished(scene: Scene, now: datetime) -> Certificate:
    day = clock.today() - timedelta(days=1)
    scene.slot.first_day = scene.slot.last_day = day
    scene.slot.save()
    placement = scene.placement(state="completed", confirmed_at=now)
    placement.attendances.create(day=day, presence="present", recorded_at=now, channel="portal")
    return issue_certificate(placement=placement, by=SYSTEM, at=now)


def test_the_public_check_says_no_more_than_needed(scene: Scene, now: datetime) -> None:
    certificate, client = finished(scene, now), Client()
    typed = f"{certificate.code[:4]}-{certificate.code[4:8]}-{certificate.code[8:]}".upper()
    found = client.post(reverse("placements:check_form"), {"code": typed}, follow=True)
    text = found.content.decode()
    assert "Diese Bescheinigung ist echt" in text
    assert f"{scene.pupil.given_name} {scene.pupil.family_name[0]}." in text
    for secret in (scene.pupil.family_name, scene.school.organisation.name, "2012"):
        assert secret not in text
    revoke_certificate(certificate=certificate, by=SYSTEM, at=now)
    path = reverse("placements:check", args=[certificate.code])
    assert "gilt nicht mehr" in client.get(path).content.decode()
    assert client.get(reverse("placements:check", args=["unbekannt"])).status_code == 404


def test_a_changed_certificate_is_not_confirmed(scene: Scene, now: datetime) -> None:
    certificate = finished(scene, now)
    content = certificate.content | {"family_name": "Betrug"}
    Certificate.objects.filter(pk=certificate.pk).update(content=content)
    text = Client().get(reverse("placements:check", args=[certificate.code])).content.decode()
    assert "nicht bestätigen" in text
    assert "ist echt" not in text


def test_guessing_codes_is_slowed_down(client: Client) -> None:
    path = reverse("placements:check_form")
    codes = [client.post(path, {"code": f"falsch{n}"}).status_code for n in range(22)]
    assert set(codes[:19]) == {302}
    assert codes[-1] == 429


@pytest.mark.parametrize("name", ["agreement_pdf", "attendance_pdf", "certificate_pdf"])
def test_papers_are_pdf(scene: Scene, now: datetime, name: str) -> None:
    placement = finished(scene, now).placement
    path = reverse(f"placements:{name}", args=[placement.public_id])
    response = as_user(scene.teacher).get(path)
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert "attachment" in response["Content-Disposition"]
    assert scene.pupil.family_name not in response["Content-Disposition"]


def test_the_paper_sheet_is_entered_by_the_school(scene: Scene, now: datetime) -> None:
    day = clock.today() - timedelta(days=1)
    scene.slot.first_day = scene.slot.last_day = day
    scene.slot.save()
    placement = scene.placement(state="confirmed", confirmed_at=now)
    path = reverse("placements:paper", args=[placement.public_id])
    assert as_user(scene.teacher).post(path, {day.isoformat(): "late"}).status_code == 302
    row = placement.attendances.get()
    assert (row.presence, row.channel) == ("late", "paper")


def test_a_pupil_says_how_it_was(scene: Scene, now: datetime) -> None:
    placement = finished(scene, now).placement
    client = as_user(scene.pupil.user)
    path = reverse("placements:feedback", args=[placement.public_id])
    answers = {"task": "4", "guidance": "3", "welcome": "4", "insight": "4"}
    assert client.post(path, answers).status_code == 302
    assert placement.feedback.get().side == "pupil"
    page = client.get(reverse("placements:my_internship")).content.decode()
    assert "Sag, wie es war" not in page


@pytest.mark.parametrize(("answers", "shown"), [(4, False), (5, True)])
def test_companies_see_averages_of_enough_pupils_only(
    now: datetime, answers: int, shown: bool
) -> None:
    scene = make_scene(capacity=9)
    for _ in range(answers):
        placement = scene.placement(
            pupil=make_pupil(school_class=scene.school_class), state="completed", confirmed_at=now
        )
        scores = {"task": 4, "guidance": 3, "welcome": 4, "insight": 2}
        placement.feedback.create(side="pupil", scores=scores, text="geheim", given_at=now)
    client = as_user(make_membership(RoleCode.COMPANY_MANAGER, organisation=scene.company).user)
    page = client.get(reverse("placements:requests") + "?ansicht=beantwortet").content.decode()
    assert ("im Durchschnitt" in page) is shown
    assert "geheim" not in page


def test_the_school_withdraws_a_certificate(scene: Scene, now: datetime) -> None:
    certificate = finished(scene, now)
    client = as_user(scene.teacher)
    path = reverse("placements:revoke_certificate", args=[certificate.placement.public_id])
    assert "nicht mehr gilt" in client.get(path).content.decode()
    assert client.post(path).status_code == 302
    assert client.get(path).status_code == 404
    certificate.refresh_from_db()
    assert certificate.revoked_at is not None


@pytest.mark.parametrize(
    ("is_school_event", "told"),
    [(True, "Veranstaltung der Schule."), (False, "keine Veranstaltung der Schule.")],
)
def test_the_agreement_says_whose_event_it_is(
    scene: Scene, now: datetime, is_school_event: bool, told: str
) -> None:
    scene.programme.is_school_event = is_school_event
    scene.programme.save()
    placement = scene.placement(state="confirmed", confirmed_at=now)
    path = reverse("placements:agreement_pdf", args=[placement.public_id])
    pdf = as_user(scene.teacher).get(path).content
    text = " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    assert told in text
    assert ("freiwillig" in text) is not is_school_event
    assert "vereinbaren die täglichen Zeiten" in text
