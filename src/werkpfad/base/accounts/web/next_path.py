"""Where to go after signing in: only pages of this instance."""

import re

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

# One slash, then no second one, no backslash, no control character and no blank anywhere.
_LOCAL = re.compile(r"/(?![/\\])[^\s\\\x00-\x20\x7f-\xa0]*")
NEXT = "next"


def is_local(path: str) -> bool:
    """Whether `path` certainly leads to a page of this instance, in every browser."""
    return (
        len(path) <= 500
        and _LOCAL.fullmatch(path) is not None
        and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    )


def next_path(request: HttpRequest) -> str:
    """The wanted page from the form or the address; empty if there is none or it leads elsewhere."""
    wanted = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    if not is_local(wanted) or wanted.startswith(
        (reverse("accounts:sign_in"), reverse("accounts:sign_out"))
    ):
        return ""
    return wanted
