"""For whoever watches over the service: is the process there, is the database ready."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from wellbeing.queries.readiness import faults


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """Database reachable, migrations applied, guards in place; else 503 and why."""
    found = faults()
    text = "".join(f"{fault}\n" for fault in found) or "ready\n"
    return HttpResponse(text, content_type="text/plain", status=503 if found else 200)
