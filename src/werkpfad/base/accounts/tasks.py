"""Work that repeats."""

from datetime import datetime

from werkpfad.base.accounts.actions import forget_links, forget_sign_ins


def tidy(*, at: datetime) -> None:
    """Forget links and sessions whose time is over."""
    forget_links(at=at)
    forget_sign_ins(at=at)
