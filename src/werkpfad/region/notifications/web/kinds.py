"""Which kinds of notices concern whom; others are not offered on the preferences page."""

from werkpfad.region.network.enums import OrganisationKind as Kind
from werkpfad.region.notifications.enums import NoticeKind as N

_PARTNER = (N.REMINDER, N.NETWORK)
KINDS_AT: dict[Kind, tuple[N, ...]] = {
    Kind.OFFICE: (N.REGION, N.ROUND, N.REMINDER, N.CANCELLED, N.NETWORK),
    Kind.SCHOOL: (
        N.ROUND,
        N.ANSWER,
        N.CONFIRMED,
        N.CANCELLED,
        N.REMINDER,
        N.FEEDBACK,
        N.NETWORK,
    ),
    Kind.COMPANY: (
        N.REQUEST,
        N.ANSWER,
        N.CONFIRMED,
        N.CANCELLED,
        N.REMINDER,
        N.ATTENDANCE,
        N.FEEDBACK,
        N.NETWORK,
    ),
    Kind.CHAMBER: _PARTNER,
    Kind.INTERMEDIARY: _PARTNER,
    Kind.YOUTH_PLACE: _PARTNER,
}
