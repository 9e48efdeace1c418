"""The outbox: mails are written down with the change they tell of, and leave afterwards.

Three sorts of trouble: the server does not answer (all wait five minutes, for as long as it takes), it refuses one
mail for now (growing pauses, about two days), it refuses one mail for good (the region's log shows it).
"""

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from werkpfad.base.accounts.models import User
from werkpfad.region.network.models import Organisation, Region
from werkpfad.region.notifications.enums import ALWAYS_SENT, Delivery, MailStatus
from werkpfad.region.notifications.models import MailAttachment, OutboxMail
from werkpfad.region.notifications.notice import Notice
from werkpfad.region.notifications.queries import delivery_of, due_mails

GIVE_UP_AFTER_TRIES = 30
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
SERVER_PAUSE = timedelta(minutes=5)
CLAIM_LASTS = timedelta(minutes=10)
DIGEST_HOUR = 16


class ServerSilent(Exception):
    """The mail server does not answer, or stopped answering: no use in trying the next mail now."""


def notify(
    notice: Notice,
    *,
    at: datetime,
    region: Region | None = None,
    to_user: User | None = None,
    to_email: str | None = None,
    organisation: Organisation | None = None,
) -> OutboxMail | None:
    """Queue a mail in the caller's transaction; None if nobody can or wants to be told, or was told already."""
    address = (to_email or (to_user.email if to_user else None) or "").strip().lower()
    if not address:
        return None
    delivery = Delivery.NOW
    if to_user is not None and notice.kind not in ALWAYS_SENT:
        delivery = delivery_of(to_user.pk, notice.kind, organisation.pk if organisation else None)
    if delivery is Delivery.NEVER:
        return None
    if notice.attachments:
        delivery = Delivery.NOW
    try:
        with transaction.atomic():
            mail = OutboxMail.objects.create(
                region=region,
                to_email=address,
                to_user=to_user,
                kind=notice.kind,
                subject=notice.subject,
                body=notice.body,
                headers=notice.headers,
                dedupe_key=f"{notice.dedupe_key}:{address}"[:160],
                is_urgent=notice.urgent,
                hold_for_digest=delivery is Delivery.DAILY,
                next_try_at=next_digest(at) if delivery is Delivery.DAILY else at,
            )
    except IntegrityError:
        return None
    MailAttachment.objects.bulk_create(
        MailAttachment(mail=mail, name=each.name, mime=each.mime, content=each.content)
        for each in notice.attachments
    )
    return mail


def next_digest(at: datetime) -> datetime:
    """Today's or tomorrow's collecting hour, by the clock on the wall."""
    local = timezone.localtime(at)
    today = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if local < today else today + timedelta(days=1)


def send_outbox(*, at: datetime, batch: int = 100) -> tuple[int, int]:
    """Send what is due; returns (sent, failed). Safe to run in two workers: a mail is claimed before it leaves.

    A crash between sending and marking may send one mail twice, never lose one.
    """
    sent = failed = 0
    due = list(due_mails(at=at).values_list("pk", flat=True)[:batch])
    if not due:
        return 0, 0
    connection = get_connection()
    try:
        for mail_id in due:
            outcome = _send_one(mail_id, connection, at=at)
            sent += outcome is True
            failed += outcome is False
    except ServerSilent as silence:
        waiting = due_mails(at=at).filter(pk__in=due)
        failed += waiting.update(next_try_at=at + SERVER_PAUSE, last_error=str(silence)) + 1
    finally:
        _close(connection)
    return sent, failed


def _send_one(mail_id: int, connection: BaseEmailBackend, *, at: datetime) -> bool | None:
    """True when it left, False when it did not, None when another worker has it. Raises ServerSilent."""
    claimed = OutboxMail.objects.filter(
        pk=mail_id, status=MailStatus.QUEUED, next_try_at__lte=at
    ).update(next_try_at=at + CLAIM_LASTS)
    if not claimed:
        return None
    mail = OutboxMail.objects.get(pk=mail_id)
    try:
        _message(mail, connection).send()
    except (SMTPRecipientsRefused, SMTPResponseException) as refusal:
        _put_back(mail, refusal, at=at)
        _close(connection)
        return False
    except OSError as error:
        mail.last_error, mail.next_try_at = type(error).__name__, at + SERVER_PAUSE
        mail.save(update_fields=["last_error", "next_try_at", "updated_at"])
        raise ServerSilent(mail.last_error) from error
    mail.status, mail.sent_at, mail.last_error = MailStatus.SENT, at, ""
    mail.save(update_fields=["status", "sent_at", "last_error", "updated_at"])
    return True


def _message(mail: OutboxMail, connection: BaseEmailBackend) -> EmailMessage:
    """Calendar objects come twice, as calendar programs expect: as another form of the text, and as a file to keep."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.body,
        to=[mail.to_email],
        headers={"Auto-Submitted": "auto-generated", "X-Werkpfad-Id": mail.public_id}
        | mail.headers,
        connection=connection,
    )
    for each in mail.attachments.order_by("pk"):
        content = bytes(each.content)
        if each.mime.startswith("text/calendar"):
            message.attach_alternative(content.decode(), each.mime)
            message.attach(each.name, content, "application/ics")
        else:
            message.attach(each.name, content, each.mime)
    return message


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        return


def _put_back(mail: OutboxMail, error: Exception, *, at: datetime) -> None:
    """Plan the next try. The error's text may hold the address, so only its kind and code are kept."""
    code = _code(error)
    mail.attempts += 1
    mail.last_error = f"{type(error).__name__} {code}".strip()
    if 500 <= code < 600 or mail.attempts >= GIVE_UP_AFTER_TRIES:
        mail.status = MailStatus.FAILED
    mail.next_try_at = at + min(FIRST_PAUSE * 2 ** min(mail.attempts, 10), LONGEST_PAUSE)
    mail.save(update_fields=["attempts", "last_error", "status", "next_try_at", "updated_at"])


def _code(error: Exception) -> int:
    """The server's three digits: 4xx for now, 5xx for good."""
    if isinstance(error, SMTPRecipientsRefused):
        return max((answer[0] for answer in error.recipients.values()), default=0)
    return int(getattr(error, "smtp_code", 0))


@transaction.atomic
def try_again(*, mail: OutboxMail, at: datetime) -> bool:
    """Queue a mail that was given up; False if it is no longer one."""
    return bool(
        OutboxMail.objects.filter(pk=mail.pk, status=MailStatus.FAILED).update(
            status=MailStatus.QUEUED,
            attempts=0,
            last_error="",
            next_try_at=at,
            version=F("version") + 1,
        )
    )
