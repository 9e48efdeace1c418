"""Personal codes on paper: eight characters, printed in two groups, carried by a QR code."""

import re

_CODE = re.compile(r"[0-9A-Z]{8}")


class NoPersonalCode(ValueError):
    """Not eight digits and letters (without the hyphen of the printed form)."""


def grouped(code: str) -> str:
    """abcd2345 -> ABCD-2345. Raises NoPersonalCode."""
    capital = code.upper()
    if not _CODE.fullmatch(capital):
        raise NoPersonalCode("a personal code has eight digits or letters")
    return f"{capital[:4]}-{capital[4:]}"


def link_with_code(address: str, code: str) -> str:
    """The sign-in address with the printed code in its fragment, which no browser sends to a server or its log."""
    return f"{address.partition('#')[0]}#code={grouped(code)}"
