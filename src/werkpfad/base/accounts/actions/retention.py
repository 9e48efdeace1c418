"""What accounts forget by themselves."""

from datetime import datetime, timedelta

from django.db.models import F

from werkpfad.base.accounts.models import ActionLink, SignIn

KEPT_FOR = timedelta(days=90)
LONGEST_SESSION = timedelta(hours=12)


def forget_links(*, at: datetime) -> int:
    """Remove links that ended 90 days ago; returns how many."""
    return ActionLink.objects.filter(expires_at__lt=at - KEPT_FOR).delete()[0]


def forget_sign_ins(*, at: datetime) -> int:
    """Close rows of sessions that have run out by themselves, remove those closed 90 days ago; returns how many went."""
    SignIn.objects.filter(ended_at__isnull=True, created_at__lt=at - LONGEST_SESSION).update(
        ended_at=F("last_seen_at"), session_key=""
    )
    return SignIn.objects.filter(ended_at__lt=at - KEPT_FOR).delete()[0]
