"""For which pupil somebody asks."""

from datetime import date

from django.http import Http404, HttpRequest

from werkpfad.base.accounts.request import grants_of
from werkpfad.base.core.ui.shortcuts import load, require
from werkpfad.journey.matching.permissions import can_wish
from werkpfad.region.schools.models import Pupil
from werkpfad.region.schools.queries import current_pupil, taught_pupils


def pupil_asked(request: HttpRequest, pupil_id: str | None, *, today: date) -> Pupil:
    """The pupil whose list is meant: the one signed in, or, named in the address, one that the visitor teaches."""
    grants = grants_of(request)
    if pupil_id is None:
        pupil = current_pupil(grants, today=today)
        require(pupil is not None)
        if pupil is None:
            raise Http404
    else:
        pupil = load(taught_pupils(grants).filter(left_on__isnull=True), pupil_id)
    require(can_wish(grants, pupil))
    return pupil
