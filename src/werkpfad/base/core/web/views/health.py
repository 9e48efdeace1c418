"""Two answers for whoever watches the instance: is the process there, and can it do its work."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from werkpfad.base.core import clock
from werkpfad.base.core.health import readiness


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    checks = readiness(at=clock.now())
    ready = all(check.ok for check in checks)
    return JsonResponse(
        {
            "status": "ok" if ready else "not ready",
            "checks": {check.name: check.detail for check in checks},
        },
        status=200 if ready else 503,
    )
