"""What the middleware put on a request, with its type."""

from werkpfad.base.accounts.grants import NOBODY, Grants


def grants_of(request: object) -> Grants:
    """The rights of whoever asks; `NOBODY` where no middleware ran."""
    found = getattr(request, "grants", NOBODY)
    return found if isinstance(found, Grants) else NOBODY


def is_half_in(request: object) -> bool:
    """Whether a needed second factor has not been shown yet."""
    return getattr(request, "is_half_in", False) is True
