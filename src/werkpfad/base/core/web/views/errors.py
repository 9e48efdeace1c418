"""What people read when something below us is gone: which it is, that nothing was half saved, and what to do."""

import errno
import logging
import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

log = logging.getLogger("werkpfad.errors")

RETRY_AFTER_SECONDS = "15"


def _is_full(error: BaseException | None) -> bool:
    """The disk, or the room the database may take, is used up."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, DatabaseError) and (
        "disk is full" in str(error) or "No space left" in str(error)
    )


def _is_away(error: BaseException | None) -> bool:
    """The database does not answer: restarted, unreachable, or too busy for this moment."""
    return isinstance(error, OperationalError | InterfaceError)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`: tells a full disk and a database that is away from an error of ours. Reads no database."""
    error = sys.exc_info()[1]
    if _is_full(error):
        log.critical("storage is full")
        return HttpResponse(render_to_string("507.html"), status=507)
    if _is_away(error):
        log.error("database is away: %s", type(error).__name__)
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = RETRY_AFTER_SECONDS
        return response
    return HttpResponse(render_to_string("500.html"), status=500)
