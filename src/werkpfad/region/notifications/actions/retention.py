"""Mails stay 90 days as proof, then they go."""

from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from werkpfad.region.notifications.enums import MailStatus
from werkpfad.region.notifications.models import OutboxMail

KEPT_FOR = timedelta(days=90)
ASKED_KEPT_FOR = timedelta(days=1)
LINK_TASK = "werkpfad.region.notifications.tasks.send_sign_in_link_to"


def forget_mails(*, at: datetime) -> int:
    """Remove what was told long ago, and the addresses in finished requests for a link. Returns how many mails went."""
    DBTaskResult.objects.finished().filter(
        task_path=LINK_TASK, finished_at__lt=at - ASKED_KEPT_FOR
    ).delete()
    old = OutboxMail.objects.filter(created_at__lt=at - KEPT_FOR).exclude(status=MailStatus.QUEUED)
    return old.delete()[0]
