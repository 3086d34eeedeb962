"""A line manager's people."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from supervision.presenters.team import headline, team_lines
from supervision.queries.team import team as members_of
from wellbeing.presenters.dates import day
from wellbeing.request import SignedIn


def team(request: SignedIn) -> HttpResponse:
    """A row a person: status, due by, last date, last check-in."""
    if not request.viewer.is_line_manager:
        raise Http404
    members = members_of(request.viewer.person, request.on)
    context = {
        "lines": team_lines(members),
        "headline": headline(members),
        "day": day(request.on),
    }
    return render(request, "supervision/team.html", context)
