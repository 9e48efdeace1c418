"""Passkeys, checked by allauth and fido2. A question is kept in the session until its answer comes back."""

import struct
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError

from werkpfad.base.accounts.models import User

# What the libraries raise for an answer that was tampered with, cut off or made for another question.
_BAD_ANSWER = (
    ValidationError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    struct.error,
    InvalidSignature,
)


class PasskeyRefused(Exception):
    """The browser's answer does not fit the question, or belongs to no known passkey."""


def registration_question(user: User) -> dict[str, Any]:
    """Options for `navigator.credentials.create`. The device must check its owner (PIN, finger, face)."""
    return dict(auth.begin_registration(user, passwordless=True))


def registration_answer(answer: Any) -> dict[str, Any]:
    """The new credential, ready to be stored. Raises PasskeyRefused."""
    try:
        auth.parse_registration_response(answer)
        data = auth.complete_registration(answer)
    except _BAD_ANSWER as error:
        raise PasskeyRefused from error
    if not data.is_user_verified():
        raise PasskeyRefused
    return dict(answer)


def sign_in_question(user: User | None) -> dict[str, Any]:
    """Options for `navigator.credentials.get`; without a user any passkey of this instance may answer."""
    return dict(auth.begin_authentication(user))


def sign_in_answer(user: User | None, answer: Any) -> tuple[User, Authenticator]:
    """Whose passkey answered. Raises PasskeyRefused."""
    try:
        auth.parse_authentication_response(answer)
        owner = user or auth.extract_user_from_response(answer)
        authenticator = auth.complete_authentication(owner, answer)
    except _BAD_ANSWER as error:
        raise PasskeyRefused from error
    if not isinstance(owner, User):
        raise PasskeyRefused
    return owner, authenticator
