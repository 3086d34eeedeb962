"""Line-manager check-ins: mine, and recording one with somebody of my team."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wellbeing.domain.refusals import Refused
from wellbeing.forms.govuk import ActionForm
from wellbeing.forms.people import CheckInForm
from wellbeing.models import Person
from wellbeing.operations.check_ins import record_check_in, take_back_check_in
from wellbeing.operations.once import Answer
from wellbeing.presenters.dates import short_day
from wellbeing.queries.check_ins import check_ins_of, recorded_by
from wellbeing.request import SignedIn, posted

from .no_posting import no_posting
from .people import load
from .sending import send

MOST = 100
TAKEN_BACK = "The check-in is taken back: it counts for nothing now."


def _page(person: Person) -> str:
    return reverse("person", args=[person.public_id])


def check_ins(request: SignedIn) -> HttpResponse:
    """The dates of my own, as my manager sees them."""
    if not (request.viewer.is_staff or request.viewer.is_line_manager):
        return no_posting(request, "My check-ins")
    mine = check_ins_of(request.viewer.person)
    context = {"check_ins": mine[:MOST], "count": mine.count()}
    return render(request, "wellbeing/check_ins.html", context)


def check_in_add(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The date, today's unless said otherwise; only for the person's own manager."""
    relation = load(request, public_id)
    if not relation.is_manager:
        raise Http404
    person = relation.person
    form = CheckInForm(posted(request), on=request.on)
    if request.method == "POST" and form.is_valid():
        held_on = form.cleaned_data["held_on"]
        by, at, on = request.user, request.at, request.on
        words = f"Check-in with {person.name} on {short_day(held_on)} recorded."
        try:
            return send(
                request,
                lambda: record_check_in(person, held_on=held_on, by=by, at=at, on=on),
                lambda _: Answer(_page(person), f"{words} They see it too."),
            )
        except Refused as refused:
            form.refuse(refused)
    return render(request, "wellbeing/check_in_add.html", {"form": form, "who": person})


def check_in_take_back(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Takes back one recorded by mistake, after asking; only by the manager who held it."""
    booking = recorded_by(request.viewer, public_id, request.on)
    if booking is None:
        raise Http404
    person = booking.person
    form = ActionForm()
    if request.method == "POST":
        form = ActionForm({})
        try:
            return send(
                request,
                lambda: take_back_check_in(booking, by=request.user, at=request.at),
                lambda _: Answer(_page(person), TAKEN_BACK),
            )
        except Refused as refused:
            form.refuse(refused)
    form.helper.inputs[0].value = "Take it back"
    context = {"form": form, "who": person, "on": booking.event.local_on}
    return render(request, "wellbeing/check_in_take_back.html", context)
