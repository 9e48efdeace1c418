"""The operator's start page: regions and the state of the instance, no persons."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from werkpfad.base.core import clock
from werkpfad.base.core.health import readiness
from werkpfad.region.network.enums import OrganisationKind
from werkpfad.region.network.models import Region
from werkpfad.region.notifications.enums import MailStatus
from werkpfad.region.notifications.models import OutboxMail


def start(request: HttpRequest) -> HttpResponse:
    regions = Region.objects.annotate(
        schools=Count("organisations", filter=Q(organisations__kind=OrganisationKind.SCHOOL)),
        companies=Count(
            "organisations",
            filter=Q(organisations__kind=OrganisationKind.COMPANY, organisations__merged_into=None),
        ),
    ).order_by("name")
    mails = OutboxMail.objects.aggregate(
        queued=Count("pk", filter=Q(status=MailStatus.QUEUED)),
        failed=Count("pk", filter=Q(status=MailStatus.FAILED)),
    )
    return render(
        request,
        "portal/operator.html",
        {"regions": regions, "mails": mails, "checks": readiness(at=clock.now())},
    )
