"""Finding a session, looking at it, and booking a place."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from supervision.forms.sessions import SearchForm
from supervision.presenters.sessions import (
    MODE_WORDS,
    days_of_places,
    kind_words,
    session_hours,
)
from supervision.queries.diary import supervisors
from supervision.queries.sessions import bookable
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.forms.govuk import ActionForm
from wellbeing.models import Event
from wellbeing.operations.bookings import book, check_bookable
from wellbeing.permissions import can_run_event
from wellbeing.presenters.dates import day
from wellbeing.queries.events import areas_of, own_live_booking, visible_event
from wellbeing.request import SignedIn, posted

PER_PAGE = 40
BOOK = "Book this place"


def session_list(request: SignedIn) -> HttpResponse:
    """What I may book, by day, one button each."""
    if not request.viewer.is_staff:
        raise Http404
    form = SearchForm(request.GET, hosts=supervisors(), on=request.on)
    search = form.search()
    places = bookable(request.viewer.person, search, at=request.at) if search else []
    page = Paginator(places, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "count": len(places),
        "page": page,
        "days": days_of_places(page.object_list),
        "search": search,
    }
    return render(request, "supervision/session_list.html", context)


def _load(request: SignedIn, public_id: UUID) -> Event:
    event = visible_event(request.viewer, public_id, EventKind.SUPERVISION)
    if event is None:
        raise Http404
    return event


def session_detail(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Who, when, how, how many places; what supervision is and is not."""
    event = _load(request, public_id)
    booking = own_live_booking(request.viewer, event)
    runs = can_run_event(request.viewer, event, areas_of(event))
    context = {
        **_shown(event, with_place=runs or booking is not None),
        "booking": booking,
        "runs": runs,
        "refusal": _refusal(request, event),
    }
    return render(request, "supervision/session_detail.html", context)


def _refusal(request: SignedIn, event: Event) -> str:
    """Why this person cannot book here; empty where they can."""
    try:
        check_bookable(event, person=request.user, at=request.at)
    except Refused as refused:
        return refused.sentence
    return ""


def _shown(event: Event, *, with_place: bool) -> dict[str, object]:
    capacity = event.capacity or 0
    return {
        "event": event,
        "host": event.host,
        "day": day(event.local_on),
        "hours": session_hours(event),
        "mode": MODE_WORDS[event.mode],
        "kind": kind_words(event),
        "free": max(0, capacity - event.held),  # type: ignore[attr-defined]
        "place": event.place if with_place else "",
    }


def session_book(request: SignedIn, public_id: UUID) -> HttpResponse:
    """One page, one button, and one line that says who will see it."""
    event = _load(request, public_id)
    if not request.viewer.is_staff:
        raise Http404
    form = ActionForm(posted(request))
    form.helper.inputs[0].value = BOOK
    if request.method == "POST":
        form = ActionForm({})
        try:
            booking = book(event, person=request.user, by=request.user, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            words = f"Booked: {day(event.local_on)}, {session_hours(event)}."
            messages.success(request, words)
            return redirect("booking_detail", booking.public_id)
    context = {**_shown(event, with_place=False), "form": form}
    return render(request, "supervision/session_book.html", context)
