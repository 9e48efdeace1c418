"""Which kinds of notices concern whom; others are not offered on the preferences page."""

from werkpfad.region.network.enums import OrganisationKind as Kind
from werkpfad.region.notifications.enums import NoticeKind as N

_NETWORK = (N.NETWORK, N.TASK)
_PARTNER = (N.REMINDER, *_NETWORK)
KINDS_AT: dict[Kind, tuple[N, ...]] = {
    Kind.OFFICE: (N.REGION, N.ROUND, N.REMINDER, N.CANCELLED, *_NETWORK),
    Kind.SCHOOL: (N.ROUND, N.ANSWER, N.CONFIRMED, N.CANCELLED, N.REMINDER, N.FEEDBACK, *_NETWORK),
    Kind.COMPANY: (
        N.REQUEST,
        N.ANSWER,
        N.CONFIRMED,
        N.CANCELLED,
        N.REMINDER,
        N.ATTENDANCE,
        N.FEEDBACK,
        *_NETWORK,
    ),
    Kind.CHAMBER: _PARTNER,
    Kind.INTERMEDIARY: _PARTNER,
    Kind.YOUTH_PLACE: _PARTNER,
}
