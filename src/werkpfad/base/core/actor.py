"""Who acts. Every write names its actor, so that the audit log can."""

from dataclasses import dataclass, replace

from werkpfad.base.core.enums import ActorKind, Channel


@dataclass(frozen=True, slots=True)
class Actor:
    """One acting party. `user_id` is absent for links without account and for the system itself."""

    kind: ActorKind
    channel: Channel
    user_id: int | None = None
    link_id: int | None = None

    def through(self, channel: Channel) -> "Actor":
        """The same party through another door, e.g. a teacher who records a signature on paper."""
        return replace(self, channel=channel)


SYSTEM = Actor(ActorKind.SYSTEM, Channel.SYSTEM)
COMMAND = Actor(ActorKind.COMMAND, Channel.SYSTEM)


def person(user_id: int, channel: Channel = Channel.PORTAL) -> Actor:
    return Actor(ActorKind.PERSON, channel, user_id=user_id)


def by_link(link_id: int) -> Actor:
    """Somebody who holds a mail link but need not have an account."""
    return Actor(ActorKind.LINK, Channel.MAIL_LINK, link_id=link_id)
