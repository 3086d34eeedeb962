"""Help now: opens at once, needs nothing, records nothing."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def help_now(request: HttpRequest) -> HttpResponse:
    """The counselling line, the crisis lines, and what to do out of hours."""
    return render(
        request, "wellbeing/help_now.html", {"counselling_line": settings.COUNSELLING_LINE}
    )
