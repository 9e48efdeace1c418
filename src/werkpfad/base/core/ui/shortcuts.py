"""The three steps of every view: load, require, act; and two small questions about the request."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from werkpfad.base.core.ui.pagination import paginate

__all__ = ["is_htmx", "load", "paginate", "require"]

M = TypeVar("M", bound=Model)


def load(queryset: QuerySet[M], public_id: UUID | str) -> M:
    """The row with this public id among those the visitor may see; everything else is a 404.

    A foreign row and a row that does not exist answer alike, so nobody can find out which ids exist.
    """
    try:
        return queryset.get(public_id=public_id)
    except (ObjectDoesNotExist, ValidationError, ValueError):
        raise Http404("Das gibt es hier nicht.") from None


def require(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless ``allowed``."""
    if not allowed:
        raise PermissionDenied


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asked for a fragment; a history restore wants the whole page."""
    details: Any = getattr(request, "htmx", None)
    if details is not None:
        return bool(details) and not details.history_restore_request
    return request.headers.get("HX-Request") == "true"
