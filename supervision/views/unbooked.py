"""Somebody came who had not booked: the host adds them to the register."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.sessions import UnbookedForm
from supervision.presenters.sessions import session_hours
from supervision.views.running import load_to_run, started
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, Event
from wellbeing.operations.once import Answer
from wellbeing.operations.unbooked import add_unbooked
from wellbeing.presenters.dates import day
from wellbeing.queries.people import person_called
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send


def register_add(request: SignedIn, public_id: UUID) -> HttpResponse:
    """By the whole e-mail address or staff number: a host looks nobody up."""
    event = load_to_run(request, public_id)
    if not event.is_bookable:
        raise Http404
    form = UnbookedForm(posted(request))
    if request.method == "POST" and form.is_valid():
        who = person_called(form.cleaned_data["who"])
        try:
            return send(
                request,
                lambda: add_unbooked(event, who, by=request.user, at=request.at),
                lambda made: _added(event, made),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "event": event,
        "day": day(event.local_on),
        "hours": session_hours(event),
        "started": started(request, event),
    }
    return render(request, "supervision/register_add.html", context)


def _added(event: Event, made: Booking) -> Answer:
    here = reverse("session_register", args=[event.public_id])
    return Answer(here, f"{made.person.name} is added and recorded as having come.")
