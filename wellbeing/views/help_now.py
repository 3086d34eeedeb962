"""Help now: opens at once, needs nothing, records nothing."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


@login_not_required
def help_now(request: HttpRequest) -> HttpResponse:
    """The counselling line, the crisis lines, and what to do out of hours.

    Drawn without the request: the same page for everybody, whoever is signed in, with no
    session read, no cookie set and no database asked, so that it opens when that is down.
    """
    words = {"counselling_line": settings.COUNSELLING_LINE}
    return HttpResponse(render_to_string("wellbeing/help_now.html", words))
