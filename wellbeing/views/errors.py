"""Pages for what went wrong, in the service's own look."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

# Where even the template cannot be drawn: a broken installation still says something.
LAST_RESORT = "<!DOCTYPE html><title>Sorry, something went wrong</title><h1>Sorry, something went wrong</h1>"


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from another session or an old page: nothing was done."""
    sentence = "This page was open for too long. Go back, reload it and try again."
    return render(request, "403.html", {"sentence": sentence}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request, so that it asks nothing of the database that may be broken."""
    try:
        page: str = render_to_string("500.html")
    except Exception:  # whatever it is, it must not take the place of the first fault
        page = LAST_RESORT
    return HttpResponse(page, status=500)
