"""Taking another time instead: the new place is taken and the old one given up, or neither."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from supervision.forms.sessions import SearchForm
from supervision.presenters.sessions import days_of_places, search_words, session_hours
from supervision.queries.agreements import live_agreement, to_sign
from supervision.queries.sessions import bookable, own_first
from supervision.queries.supervisors import supervisors_for
from supervision.views.sessions import PER_PAGE, SEEN, is_busy_then, shown
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.forms.govuk import ActionForm
from wellbeing.models import Booking, Event
from wellbeing.operations.bookings import check_reschedulable, take_instead
from wellbeing.operations.once import Answer
from wellbeing.presenters.bookings import booking_line
from wellbeing.presenters.dates import day
from wellbeing.queries.busy_times import has_busy_calendar
from wellbeing.queries.events import visible_event
from wellbeing.request import SignedIn, posted
from wellbeing.views.bookings import load
from wellbeing.views.sending import send

SIGN_FIRST = (
    "You have chosen this supervisor. Sign the agreement first, then choose the time again."
)


def _load(request: SignedIn, public_id: UUID) -> Booking:
    booking = load(request, public_id)
    if booking.event.kind != EventKind.SUPERVISION or not request.viewer.is_staff:
        raise Http404
    return booking


def booking_move(request: SignedIn, public_id: UUID) -> HttpResponse:
    """What may be had instead; the time of the place itself is no clash."""
    booking = _load(request, public_id)
    line = booking_line(booking, at=request.at)
    if not line.move:
        return redirect("booking_detail", booking.public_id)
    me, on = request.viewer.person, request.on
    form = SearchForm(
        request.GET,
        hosts=supervisors_for(me, on),
        on=on,
        has_calendar=has_busy_calendar(me),
    )
    form.only_free()
    search = form.search()
    places = bookable(me, search, at=request.at, instead_of=booking.event) if search else []
    agreement = live_agreement(me)
    own = agreement.supervisor_id if agreement else None
    page = Paginator(own_first(places, own), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "booking": booking,
        "line": line,
        "count": len(places),
        "page": page,
        "days": days_of_places(page.object_list, moving=booking, own=own),
        "search": search,
        "words": search_words(search, form.host_name()) if search else "",
    }
    return render(request, "supervision/booking_move.html", context)


def booking_move_to(request: SignedIn, public_id: UUID, event_id: UUID) -> HttpResponse:
    """One page, one button: from when to when."""
    booking = _load(request, public_id)
    event = visible_event(request.viewer, event_id, EventKind.SUPERVISION)
    if event is None:
        raise Http404
    if to_sign(request.viewer.person, event.host_id):
        messages.info(request, SIGN_FIRST)
        return redirect("agreement_sign")
    form = ActionForm(posted(request))
    form.helper.inputs[0].value = "Move to this time"
    if request.method == "POST":
        try:
            return _move(request, booking, event)
        except Refused as refused:
            form.refuse(refused)
    context = {
        **shown(event, with_place=False),
        "form": form,
        "booking": booking,
        "line": booking_line(booking, at=request.at),
        "refusal": _refusal(request, booking, event),
        "is_busy": is_busy_then(request, event, but_for=booking.event),
    }
    return render(request, "supervision/booking_move_to.html", context)


def _move(request: SignedIn, booking: Booking, event: Event) -> HttpResponse:
    words = f"Moved to {day(event.local_on)}, {session_hours(event)}. {SEEN}"
    return send(
        request,
        lambda: take_instead(booking, event.pk, by=request.user, at=request.at),
        lambda made: Answer(reverse("booking_detail", args=[made.public_id]), words),
        check=lambda: check_reschedulable(booking, event, at=request.at),
    )


def _refusal(request: SignedIn, booking: Booking, event: Event) -> str:
    try:
        check_reschedulable(booking, event, at=request.at)
    except Refused as refused:
        return refused.sentence
    return ""
