"""Work outside of requests: mails leave here."""

from datetime import datetime

from django_tasks import task

from werkpfad.base.core import clock
from werkpfad.region.notifications.actions import (
    build_digests,
    forget_announcements,
    forget_mails,
    send_outbox,
    send_sign_in_link,
)

BATCH = 100


@task()
def send_sign_in_link_to(email: str, next_path: str) -> None:
    """Asked for on the sign-in page. Done here, so that the page takes equally long for every address."""
    at = clock.now()
    send_sign_in_link(email=email, next_path=next_path, at=at)
    send_outbox(at=at)


def deliver(*, at: datetime) -> None:
    """Send the mails that are due, collected ones as one mail per person."""
    build_digests(at=at)
    while sum(send_outbox(at=at, batch=BATCH)) == BATCH:
        continue


def tidy(*, at: datetime) -> None:
    """Forget mails and announcements whose time is over."""
    forget_mails(at=at)
    forget_announcements(at=at)
