"""Joining the waiting list of a session that is full."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.views.sessions import shown
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.forms.govuk import ActionForm
from wellbeing.operations.once import Answer
from wellbeing.operations.waiting import wait
from wellbeing.queries.bookings import own_live_booking
from wellbeing.queries.events import visible_event
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send

JOINED = "You are on the waiting list. If a place comes free it is held for you, and you are told by e-mail."


def session_wait(request: SignedIn, public_id: UUID) -> HttpResponse:
    """One page, one button: how the list works, and who sees it."""
    event = visible_event(request.viewer, public_id, EventKind.SUPERVISION)
    if event is None or not request.viewer.is_staff:
        raise Http404
    who, at = request.user, request.at
    form = ActionForm(posted(request))
    form.helper.inputs[0].value = "Join the waiting list"
    if request.method == "POST":
        try:
            return send(
                request,
                lambda: wait(event, person=who, by=who, at=at),
                lambda made: Answer(reverse("booking_detail", args=[made.public_id]), JOINED),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        **shown(event, with_place=False),
        "form": form,
        "booking": own_live_booking(request.viewer, event),
    }
    return render(request, "supervision/session_wait.html", context)
