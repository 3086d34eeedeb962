"""Home: the one thing to do, whoever is signed in."""

from django.http import HttpResponse
from django.shortcuts import render

from supervision.presenters.sessions import held
from supervision.presenters.standing import tag, to_person, why
from supervision.queries.diary import hosted, to_record
from supervision.queries.home import next_booking, next_round, own_standing
from wellbeing.domain.roles import Strand
from wellbeing.presenters.bookings import booking_line
from wellbeing.request import SignedIn


def home(request: SignedIn) -> HttpResponse:
    """Own matters first; then links to what one's other parts ask for."""
    viewer = request.viewer
    context: dict[str, object] = {}
    if viewer.is_staff:
        context |= _staff(request)
    if viewer.is_supervisor:
        today = hosted(viewer.person, request.on, request.on)
        context["today"] = [
            held(e, started=e.start_at is not None and e.start_at <= request.at) for e in today
        ]
        context["to_record"] = to_record(viewer.person, request.on).count()
    context["round"] = next_round(viewer, request.at)
    return render(request, "supervision/home.html", context)


def _staff(request: SignedIn) -> dict[str, object]:
    person = request.viewer.person
    standing = own_standing(person, Strand.SUPERVISION, request.on)
    check_in = own_standing(person, Strand.CHECK_IN, request.on)
    booking = next_booking(person, request.at)
    return {
        "standing": standing,
        "headline": to_person(standing) if standing else "",
        "why": why(standing) if standing else "",
        "tag": tag(standing) if standing else None,
        "next": booking_line(booking, at=request.at) if booking else None,
        "check_in": to_person(check_in, "check-in") if check_in else "",
    }
