from typing import Any

from tests.access.route import SIGNED_IN, Route
from tests.access.world import NOW, World
from tests.factories.notifications import make_announcement
from werkpfad.region.notifications.actions import notify
from werkpfad.region.notifications.enums import NoticeKind
from werkpfad.region.notifications.models import Announcement, OutboxMail
from werkpfad.region.notifications.notice import Notice


def _mail(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        region = getattr(world, side).region
        notice = Notice(NoticeKind.REGION, "Betreff", "Text", "access-matrix")
        found = OutboxMail.objects.filter(region=region).first() or notify(
            notice, at=NOW, to_email=f"{side}@example.org", region=region
        )
        assert found is not None
        return {"public_id": found.public_id}

    return arguments


def _announcement(side: str) -> Any:
    def arguments(world: World) -> dict[str, Any]:
        region = getattr(world, side).region
        found = Announcement.objects.filter(region=region).first()
        return {"public_id": (found or make_announcement(region=region)).public_id}

    return arguments


ROUTES = {
    "notifications:announcement_list": Route(allowed={"coordinator"}),
    "notifications:announcement_new": Route(allowed={"coordinator"}, methods=("GET", "POST")),
    "notifications:announcement_edit": Route(
        allowed={"coordinator"},
        args=_announcement("own"),
        foreign=_announcement("foreign"),
        methods=("GET", "POST"),
    ),
    "notifications:announcement_remove": Route(
        allowed={"coordinator"},
        args=_announcement("own"),
        foreign=_announcement("foreign"),
        methods=("GET", "POST"),
    ),
    "notifications:preferences": Route(
        allowed=SIGNED_IN - {"pupil", "guardian"}, methods=("GET", "POST")
    ),
    "notifications:mail_log": Route(allowed={"coordinator"}),
    "notifications:mail_again": Route(
        allowed={"coordinator"}, args=_mail("own"), foreign=_mail("foreign"), methods=("POST",)
    ),
}
