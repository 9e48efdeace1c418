"""The second factor: app codes, passkeys and recovery codes, checked by allauth, stored encrypted."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from werkpfad.base.accounts.models import User


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user).exists())


def has_passkey(user: User) -> bool:
    rows = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return bool(rows.exists())


def factors_of(user: User) -> list[Authenticator]:
    """App and passkeys, without the recovery codes."""
    rows = Authenticator.objects.filter(user=user).order_by("created_at")
    return list(rows.exclude(type=Authenticator.Type.RECOVERY_CODES))


def recovery_codes_of(user: User) -> list[str]:
    """The unused ones."""
    row = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(row.wrap().get_unused_codes()) if row else []


def new_app_secret() -> str:
    """Base32, 160 bits."""
    return str(generate_totp_secret())


def fits_app_secret(secret: str, typed: str) -> bool:
    """Whether `typed` is a code of the present half minute, or of the one before or after."""
    return bool(validate_totp_code(secret, typed))


def app_address(user: User, secret: str) -> str:
    """What the QR code for the app says (otpauth:)."""
    return str(Adapter().build_totp_url(user, secret))


def is_right_code(user: User, typed: str) -> bool:
    """Whether `typed` is a fresh code of the person's app or an unused recovery code; uses it up."""
    rows = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN)
    for row in rows:
        if row.wrap().validate_code(typed):
            row.record_usage()
            return True
    return False


def _cipher() -> Fernet:
    # The key of the printed codes outlives a change of SECRET_KEY, and so must this.
    key = hashlib.sha256(f"werkpfad-second-factor\0{settings.CODE_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class Adapter(DefaultMFAAdapter):
    """allauth's hooks: secrets are encrypted at rest, names are German, mails come from us."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return str(getattr(user, "email", "") or user.pk)

    def _get_site_name(self) -> str:
        return "Werkpfad"

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        entity: dict[str, object] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": getattr(user, "display_name", "") or "Werkpfad"}
