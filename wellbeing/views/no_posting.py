"""A page of the staff, for whoever was on it or will be: a sentence on why there is nothing."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from wellbeing.presenters.people import nothing_here
from wellbeing.queries.postings import posting_to_come_or_past
from wellbeing.request import SignedIn


def no_posting(request: SignedIn, heading: str) -> HttpResponse:
    """Nothing but the day of their own posting; 404 for whoever never had one and gets none."""
    posting = posting_to_come_or_past(request.viewer.person, request.on)
    if posting is None:
        raise Http404
    context = {
        "heading": heading,
        "words": nothing_here(posting, request.on),
        "is_past": posting.start_on <= request.on,
    }
    return render(request, "wellbeing/no_posting.html", context)
