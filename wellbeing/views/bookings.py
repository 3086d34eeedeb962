"""My bookings: coming and past, each with what can be done about it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.forms.bookings import CancelForm
from wellbeing.models import Booking
from wellbeing.operations.bookings import cancel
from wellbeing.presenters.bookings import booking_line
from wellbeing.queries.events import own_booking, own_bookings
from wellbeing.request import SignedIn, posted

KINDS = (EventKind.SUPERVISION, EventKind.TRAINING)
MOST_PAST = 50


def booking_list(request: SignedIn) -> HttpResponse:
    """What is coming, soonest first; what is past, latest first."""
    bookings = own_bookings(request.viewer, KINDS)
    lines = [booking_line(b, at=request.at) for b in bookings]
    past = [line for line in reversed(lines) if not line.is_ahead]
    context = {
        "ahead": [line for line in lines if line.is_ahead],
        "past": past[:MOST_PAST],
        "past_count": len(past),
    }
    return render(request, "wellbeing/booking_list.html", context)


def _load(request: SignedIn, public_id: UUID) -> Booking:
    booking = own_booking(request.viewer, public_id)
    if booking is None or booking.event.kind not in KINDS:
        raise Http404
    return booking


def booking_detail(request: SignedIn, public_id: UUID) -> HttpResponse:
    """One booking: when, with whom, where, and what became of it."""
    booking = _load(request, public_id)
    context = {"booking": booking, "line": booking_line(booking, at=request.at)}
    return render(request, "wellbeing/booking_detail.html", context)


def booking_cancel(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Gives up a place; asks for one of four reasons."""
    booking = _load(request, public_id)
    form = CancelForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = CancelReason(form.cleaned_data["reason"])
        try:
            cancel(booking, reason=reason, by=request.user, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Your place is cancelled. You can book another time.")
            return redirect("booking_list")
    line = booking_line(booking, at=request.at)
    if booking.status != BookingStatus.BOOKED and request.method == "GET":
        return redirect("booking_detail", booking.public_id)
    context = {"form": form, "booking": booking, "line": line}
    return render(request, "wellbeing/booking_cancel.html", context)
