"""Identifiers that may be shown, and secrets that may not be guessed."""

import secrets

# Without 0 1 i l o u: nothing to misread aloud, and no accidental words.
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


def new_public_id() -> str:
    """14 characters, 68 bits: names a row in an address. Knowing one grants nothing."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(14))


def new_secret() -> str:
    """43 URL-safe characters, 256 bits: for links that act. Store only its digest."""
    return secrets.token_urlsafe(32)
