"""What the network forgets by itself."""

from datetime import datetime, timedelta

from django.db.models import Q

from werkpfad.base.core.actor import SYSTEM
from werkpfad.region.network.actions.organisations import forget_unconfirmed
from werkpfad.region.network.models import Invitation

INVITATIONS_KEPT_FOR = timedelta(days=90)
UNCONFIRMED_KEPT_FOR = timedelta(days=14)


def forget_invitations(*, at: datetime) -> int:
    """Remove invitations that were answered, withdrawn or ran out 90 days ago; returns how many."""
    limit = at - INVITATIONS_KEPT_FOR
    ended = Q(accepted_at__lt=limit) | Q(revoked_at__lt=limit) | Q(expires_at__lt=limit)
    return Invitation.objects.filter(ended).delete()[0]


def forget_registrations(*, at: datetime) -> int:
    """Remove companies that registered and never confirmed their address; returns how many."""
    return forget_unconfirmed(before=at - UNCONFIRMED_KEPT_FOR, by=SYSTEM, at=at)
