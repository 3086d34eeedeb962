"""A lead's choice to be told each month, and the way from that message to the report."""

from datetime import timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from supervision.forms.announcements import AnnouncementForm
from supervision.operations.announcements import set_announcement
from supervision.queries.announcements import announced_to
from wellbeing.domain.roles import Strand
from wellbeing.operations.once import Answer
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send


def announced(request: SignedIn) -> HttpResponse:
    """Whether, and of what, this lead is told each month."""
    if not request.viewer.is_lead:
        raise Http404
    held = announced_to(request.viewer.person)
    form = AnnouncementForm(posted(request), initial={"strand": held or ""})
    if request.method == "POST" and form.is_valid():
        return send(
            request,
            lambda: set_announcement(request.user, form.chosen(), at=request.at),
            lambda _: Answer(reverse("announced"), "Saved."),
        )
    return render(request, "supervision/announced.html", {"form": form})


def last_month(request: SignedIn) -> HttpResponse:
    """To the report at the last month-end, of what this lead is told of."""
    if not request.viewer.is_lead:
        raise Http404
    strand = announced_to(request.viewer.person) or Strand.SUPERVISION
    month_end = request.on.replace(day=1) - timedelta(days=1)
    query = urlencode({"on": month_end.isoformat(), "strand": strand.value})
    return redirect(f"{reverse('coverage')}?{query}")
