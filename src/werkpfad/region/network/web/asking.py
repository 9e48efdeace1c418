"""Which organisation is meant."""

from django.http import HttpRequest

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.region.network.models import Organisation
from werkpfad.region.network.permissions import can_manage_organisation
from werkpfad.region.network.queries import visible_organisations


class MergedAway(Exception):
    """The organisation is part of another one now; the middleware leads there."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(organisation.public_id)
        self.organisation = organisation


def managed(request: HttpRequest, public_id: str) -> Organisation:
    """The organisation if the visitor sees it (else 404) and manages it (else 403)."""
    organisation = load(
        visible_organisations(grants_of(request)).select_related("region", "merged_into"), public_id
    )
    require(can_manage_organisation(grants_of(request), organisation))
    if organisation.merged_into_id is not None:
        raise MergedAway(organisation)
    return organisation
