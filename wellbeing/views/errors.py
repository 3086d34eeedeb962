"""Pages for what went wrong, in the service's own look."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from another session or an old page: nothing was done."""
    sentence = "This page was open for too long. Go back, reload it and try again."
    return render(request, "403.html", {"sentence": sentence}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks the database for nothing: it may be what is broken."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)
