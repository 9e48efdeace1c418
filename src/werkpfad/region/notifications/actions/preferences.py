"""How somebody wants to hear of what."""

from collections.abc import Mapping

from django.db import transaction

from werkpfad.base.accounts.models import User
from werkpfad.region.network.models import Organisation
from werkpfad.region.notifications.enums import Delivery, NoticeKind
from werkpfad.region.notifications.models import Preference


@transaction.atomic
def set_preferences(
    *, user: User, choices: Mapping[tuple[NoticeKind, Organisation], Delivery]
) -> None:
    """Store the choices for each kind and organisation. Mails already queued keep their way."""
    for (kind, organisation), delivery in choices.items():
        Preference.objects.update_or_create(
            user=user, organisation=organisation, kind=kind, defaults={"delivery": delivery}
        )
