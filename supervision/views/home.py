"""Home: the one thing to do, whoever is signed in."""

from django.http import HttpResponse
from django.shortcuts import render

from supervision.presenters.home import agreement_line, chosen_words, group_line, is_of_group
from supervision.presenters.standing import check_in_to_person, is_late, to_person, why
from supervision.presenters.today import home_words
from supervision.queries.actions import own_open_actions
from supervision.queries.agreements import live_agreement
from supervision.queries.diary import hosted, to_record
from supervision.queries.home import (
    next_booking,
    next_group_meeting,
    next_round,
    not_met_yet,
    open_offers,
    own_standing,
)
from supervision.views.running import held_lines
from supervision.views.today import led_part, needing
from wellbeing.domain.roles import Strand
from wellbeing.domain.viewer import Viewer
from wellbeing.presenters.bookings import booking_line
from wellbeing.request import SignedIn


def home(request: SignedIn) -> HttpResponse:
    """Own matters first; then links to what one's other parts ask for."""
    viewer = request.viewer
    context: dict[str, object] = {"has_nothing": not _has_a_part(viewer)}
    if viewer.is_staff:
        context |= _staff(request)
    if viewer.is_supervisor:
        context["today"] = held_lines(request, hosted(viewer.person, request.on, request.on))
        context["to_record"] = to_record(viewer.person, request.on).count()
        context["chosen"] = chosen_words(not_met_yet(viewer.person, request.at))
    if viewer.is_lead or viewer.is_line_manager:
        context["actions"] = own_open_actions(viewer, request.on)
    if viewer.is_lead:
        context["lead_words"] = home_words(needing(request, led_part(request)).by_unit())
    return render(request, "supervision/home.html", context)


def _has_a_part(viewer: Viewer) -> bool:
    is_any = viewer.is_staff or viewer.is_supervisor or viewer.is_line_manager
    return is_any or viewer.is_lead or bool(viewer.roles)


def _staff(request: SignedIn) -> dict[str, object]:
    person = request.viewer.person
    standing = own_standing(person, Strand.SUPERVISION, request.on)
    check_in = own_standing(person, Strand.CHECK_IN, request.on)
    booking = next_booking(person, request.at)
    meeting = next_group_meeting(person, request.at)
    next_on = booking.event.local_on if booking else None
    return {
        "standing": standing,
        "headline": to_person(standing, next_on) if standing else "",
        "why": why(standing) if standing else "",
        "is_new": standing is not None and standing.never_seen,
        "is_late": standing is not None and is_late(standing, next_on),
        "next": booking_line(booking, at=request.at) if booking else None,
        "next_group": meeting.group if meeting and is_of_group(meeting, booking) else "",
        "agreement": agreement_line(live_agreement(person), request.on),
        "group": group_line(meeting, booking),
        "offers": [booking_line(b, at=request.at) for b in open_offers(person, request.at)],
        "round": next_round(request.viewer, request.at),
        "check_in": check_in_to_person(check_in) if check_in else "",
    }
