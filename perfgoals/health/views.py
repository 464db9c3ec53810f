"""``/healthz`` and ``/readyz``, for programs that watch the site: open to anybody, and telling nothing but this."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from perfgoals.health.checks import readiness


@login_not_required
@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is looked at: starting it anew would mend nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 where everything works that people use; else 503, with what is wrong in words."""
    checks = readiness()
    ready = not any(check.why for check in checks)
    answer = {"ready": ready, "checks": {check.name: check.why or "ok" for check in checks}}
    return JsonResponse(answer, status=200 if ready else 503, json_dumps_params={"ensure_ascii": False})
