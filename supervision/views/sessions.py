"""Finding a session, looking at it, and booking a place."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.agreements import SignForm
from supervision.forms.sessions import BookForm, SearchForm
from supervision.models import Agreement
from supervision.operations.agreements import sign_and_book
from supervision.presenters.sessions import (
    MODE_WORDS,
    days_of_places,
    kind_words,
    search_words,
    session_hours,
)
from supervision.queries.agreements import live_agreement, to_sign
from supervision.queries.sessions import bookable, own_first
from supervision.queries.supervisors import supervisors_for
from supervision.views.running import back_from, started
from wellbeing.domain.booking import HOLDS_SEAT
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, Event
from wellbeing.operations.bookable import check_bookable, glance
from wellbeing.operations.bookings import take_place
from wellbeing.operations.once import Answer
from wellbeing.operations.seats import is_list_open
from wellbeing.permissions import can_run_event
from wellbeing.presenters.dates import day
from wellbeing.queries.bookings import own_live_booking
from wellbeing.queries.busy_times import busy_events, has_busy_calendar
from wellbeing.queries.events import areas_of, visible_event
from wellbeing.request import SignedIn, posted
from wellbeing.views.no_posting import no_posting
from wellbeing.views.sending import send

PER_PAGE = 40
SEEN = "We have e-mailed you an invitation. Your manager sees when you were last seen, not by whom."


def session_list(request: SignedIn) -> HttpResponse:
    """What I may book, by day, one button each."""
    viewer = request.viewer
    if not viewer.is_staff:
        return no_posting(request, "Find a session")
    form = SearchForm(
        request.GET,
        hosts=supervisors_for(viewer.person, request.on),
        on=request.on,
        has_calendar=has_busy_calendar(viewer.person),
    )
    search = form.search()
    places = bookable(viewer.person, search, at=request.at) if search else []
    agreement = live_agreement(viewer.person)
    own = agreement.supervisor_id if agreement else None
    page = Paginator(own_first(places, own), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "count": len(places),
        "page": page,
        "days": days_of_places(page.object_list, own=own),
        "search": search,
        "words": search_words(search, form.host_name()) if search else "",
    }
    return render(request, "supervision/session_list.html", context)


def session_detail(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Who, when, how, how many places; what supervision is and is not."""
    event = visible_event(request.viewer, public_id, EventKind.SUPERVISION, EventKind.TRAINING)
    if event is None:
        raise Http404
    runs = can_run_event(request.viewer, event, areas_of(event))
    is_supervision = event.kind == EventKind.SUPERVISION
    if not (runs or is_supervision):
        raise Http404
    booking = own_live_booking(request.viewer, event)
    may_ask = is_supervision and request.viewer.is_staff and _is_for_others(request, event)
    context = {
        **shown(event, with_place=runs or _has_seat(booking)),
        "booking": booking,
        "runs": runs,
        "is_ahead": not started(request, event),
        **back_from(request, event, runs=runs),
        "is_supervision": is_supervision,
        "may_ask": may_ask,
        "refusal": _refusal(request, event) if may_ask and booking is None else "",
        "is_busy": may_ask and booking is None and is_busy_then(request, event),
    }
    return render(request, "supervision/session_detail.html", context)


def _is_for_others(request: SignedIn, event: Event) -> bool:
    return event.host_id != request.viewer.person


def _refusal(request: SignedIn, event: Event) -> str:
    """Why this person cannot book here; empty where they can."""
    try:
        check_bookable(event, person=request.user, at=request.at)
    except Refused as refused:
        return refused.sentence
    return ""


def is_busy_then(request: SignedIn, event: Event, but_for: Event | None = None) -> bool:
    """Whether my own calendar says that I am busy; asked of the signed-in person only."""
    return bool(busy_events(request.viewer.person, [event], but_for=but_for))


def _has_seat(booking: Booking | None) -> bool:
    return booking is not None and booking.status in HOLDS_SEAT


def shown(event: Event, *, with_place: bool) -> dict[str, object]:
    """What the pages of a session say of it; the room or link for those who may come in."""
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
    """One page, one button, and one line that says who will see it; or why there is no button."""
    event = visible_event(request.viewer, public_id, EventKind.SUPERVISION)
    if event is None or not request.viewer.is_staff:
        raise Http404
    agreement = to_sign(request.viewer.person, event.host_id)
    form = _book_form(request, agreement)
    if request.method == "POST" and form.is_valid():
        try:
            return _book(request, event, agreement)
        except Refused as refused:
            form.refuse(refused)
    context = {
        **shown(event, with_place=False),
        "form": form,
        "agreement": agreement,
        "refusal": _refusal(request, event),
        "booking": own_live_booking(request.viewer, event),
        "is_busy": is_busy_then(request, event),
        "may_wait": event.held >= (event.capacity or 0) and is_list_open(event, request.at),  # type: ignore[attr-defined]
    }
    return render(request, "supervision/session_book.html", context)


def _book_form(request: SignedIn, agreement: Agreement | None) -> BookForm | SignForm:
    """Whoever has chosen this supervisor signs first, on the same page."""
    if agreement is None:
        return BookForm(posted(request))
    return SignForm(posted(request), button="Sign the agreement and book this place")


def _book(request: SignedIn, event: Event, agreement: Agreement | None) -> HttpResponse:
    who, at = request.user, request.at

    def perform() -> Booking:
        if agreement is not None:
            return sign_and_book(agreement, event.pk, person=who, by=who, at=at)
        return take_place(event.pk, person=who, by=who, at=at)

    words = f"Booked: {day(event.local_on)}, {session_hours(event)}. {SEEN}"
    return send(
        request,
        perform,
        lambda made: Answer(reverse("booking_detail", args=[made.public_id]), words),
        check=lambda: glance(event, person=who, at=at),
    )
