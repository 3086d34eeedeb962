"""A lead's "To do": each thing with its one step."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from supervision.presenters.to_do import register_line, reoffer_line
from supervision.queries.to_do import to_be_recorded, to_reoffer, to_settle
from wellbeing.request import SignedIn

# So many of one kind fit the page; the rest comes when these are done.
MOST = 100


def session_to_do(request: SignedIn) -> HttpResponse:
    """Places to offer again, outcomes to settle, sessions of which nobody has said who came."""
    viewer = request.viewer
    if not viewer.is_lead:
        raise Http404
    reoffers = to_reoffer(viewer, request.at)
    settle = list(to_settle(viewer)[: MOST + 1])
    record = list(to_be_recorded(viewer, request.at)[: MOST + 1])
    context = {
        "reoffers": [reoffer_line(one, request.on) for one in reoffers],
        "settle": [register_line(event) for event in settle[:MOST]],
        "record": [register_line(event) for event in record[:MOST]],
        "more": max(len(settle), len(record)) > MOST,
        "most": MOST,
        "within": settings.REOFFER_WORKING_DAYS,
        "is_done": not (reoffers or settle or record),
    }
    return render(request, "supervision/session_to_do.html", context)
