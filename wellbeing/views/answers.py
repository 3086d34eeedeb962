"""A person's own answers: to an offer, to the waiting list, and to an outcome that is not right."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wellbeing.domain.booking import RECORDED
from wellbeing.domain.refusals import Refused
from wellbeing.forms.govuk import ActionForm
from wellbeing.operations.attendance import dispute
from wellbeing.operations.offers import accept, decline
from wellbeing.operations.once import Answer
from wellbeing.operations.waiting import leave
from wellbeing.request import SignedIn, posted
from wellbeing.views.bookings import load, shown
from wellbeing.views.sending import send

# What a button of the booking's page does, and what is said after it.
ANSWERS: dict[str, tuple[Callable[..., None], str]] = {
    "accept": (accept, "Booked. The place is yours."),
    "decline": (decline, "Declined. The place goes to somebody else, and nobody asks why."),
    "leave": (leave, "You are no longer on the waiting list."),
}


def booking_answer(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Accepts or declines an offer, or leaves the waiting list: a button of the booking's page."""
    booking = load(request, public_id)
    here = reverse("booking_detail", args=[booking.public_id])
    if request.method != "POST" or request.POST.get("answer") not in ANSWERS:
        return redirect(here)
    act, words = ANSWERS[request.POST["answer"]]
    try:
        return send(
            request,
            lambda: act(booking, by=request.user, at=request.at),
            lambda _: Answer(here, words),
        )
    except Refused as refused:
        form = ActionForm({})
        form.refuse(refused)
        fresh = load(request, public_id)
        context = {**shown(request, fresh), "form": form}
        return render(request, "wellbeing/booking_detail.html", context)


def booking_not_right(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Says that what was recorded is not right; asks nothing, and says who settles it."""
    booking = load(request, public_id)
    if booking.status not in RECORDED and request.method != "POST":
        raise Http404
    form = ActionForm(posted(request))
    form.helper.inputs[0].value = "This is not right"
    if request.method == "POST":
        here = reverse("booking_detail", args=[booking.public_id])
        words = "Thank you. A wellbeing lead looks at it, and it counts for nothing until then."
        try:
            return send(
                request,
                lambda: dispute(booking, by=request.user, at=request.at),
                lambda _: Answer(here, words),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {**shown(request, booking), "form": form}
    return render(request, "wellbeing/booking_not_right.html", context)
