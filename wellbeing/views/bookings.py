"""My bookings: coming and past, each with what can be done about it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wellbeing.domain.booking import CancelReason
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.forms.bookings import CancelForm
from wellbeing.models import Booking
from wellbeing.operations.bookings import cancel
from wellbeing.operations.once import Answer
from wellbeing.presenters.bookings import booking_line
from wellbeing.queries.bookings import own_booking, own_bookings
from wellbeing.queries.busy_times import busy_events
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send

KINDS = (EventKind.SUPERVISION, EventKind.TRAINING)
PER_PAGE = 50
CANCELLED = (
    "Your place is cancelled, and goes to whoever waits for it. You can book another time."
)


def booking_list(request: SignedIn) -> HttpResponse:
    """What is coming, soonest first; what is past, latest first."""
    ahead = own_bookings(request.viewer, KINDS, at=request.at, ahead=True)
    past = own_bookings(request.viewer, KINDS, at=request.at, ahead=False)
    page = Paginator(past, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "ahead": [booking_line(b, at=request.at) for b in ahead],
        "past": [booking_line(b, at=request.at) for b in page.object_list],
        "past_count": page.paginator.count,
        "page": page,
    }
    return render(request, "wellbeing/booking_list.html", context)


def load(request: SignedIn, public_id: UUID, *kinds: EventKind) -> Booking:
    """One of one's own, of the kinds that have a page; anything else is not there."""
    booking = own_booking(request.viewer, public_id)
    if booking is None or booking.event.kind not in (*KINDS, *kinds):
        raise Http404
    return booking


def booking_detail(request: SignedIn, public_id: UUID) -> HttpResponse:
    """One booking: when, with whom, where, and what became of it.

    A calendar names this address whatever is booked, for others may read it there: a
    Round's leads on to the Round.
    """
    booking = load(request, public_id, EventKind.ROUND)
    if booking.event.kind == EventKind.ROUND:
        return redirect("round_detail", booking.event.public_id)
    return render(request, "wellbeing/booking_detail.html", shown(request, booking))


def shown(request: SignedIn, booking: Booking) -> dict[str, object]:
    """What a booking's page is drawn from; of an offer, whether one is busy then."""
    line = booking_line(booking, at=request.at)
    is_busy = bool(line.until and busy_events(request.viewer.person, [booking.event]))
    return {"booking": booking, "line": line, "is_busy": is_busy}


def booking_cancel(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Gives up a place; asks for one of four reasons."""
    booking = load(request, public_id)
    form = CancelForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = CancelReason(form.cleaned_data["reason"])
        try:
            return send(
                request,
                lambda: cancel(booking, reason=reason, by=request.user, at=request.at),
                lambda _: Answer(reverse("booking_list"), CANCELLED),
            )
        except Refused as refused:
            form.refuse(refused)
    line = booking_line(booking, at=request.at)
    if not line.cancel and request.method == "GET":
        return redirect("booking_detail", booking.public_id)
    context = {"form": form, "booking": booking, "line": line}
    return render(request, "wellbeing/booking_cancel.html", context)
