"""Codes on sign-in sheets: eight characters, reprintable, stored nowhere.

A code is derived by HMAC from the server's code key, the row and its generation. The database holds only
a keyed digest to look it up, so a stolen database opens no account, and a reprinted sheet shows the same code.
"""

import hashlib
import hmac

from django.conf import settings

from werkpfad.base.accounts.models import AccessCode
from werkpfad.base.core.ids import ALPHABET

LENGTH = 8


def _mac(purpose: str, text: str) -> bytes:
    key = str(settings.CODE_KEY).encode()
    return hmac.new(key, f"werkpfad-code\0{purpose}\0{text}".encode(), hashlib.sha256).digest()


def code_of(access: AccessCode) -> str:
    """The eight characters without hyphen, lower case: 30^8 = 6.6e11 possibilities."""
    number = int.from_bytes(_mac("derive", f"{access.public_id}:{access.generation}"), "big")
    characters = []
    for _ in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[index])
    return "".join(characters)


def printed(code: str) -> str:
    """As people read it: ABCD-EFGH."""
    return f"{code[:4]}-{code[4:]}".upper()


def normalised(typed: str) -> str:
    """What somebody typed, without hyphens, spaces and case."""
    return "".join(character for character in typed.lower() if character.isalnum())


def lookup_of(code: str) -> str:
    """The keyed digest under which a code is found."""
    return _mac("lookup", normalised(code)).hex()
