"""Registrations: one's own; for leads what ends, and the sessions to give to somebody else."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.editing import HandOverForm
from supervision.presenters.registrations import (
    ending_line,
    move_line,
    own_words,
    registration_line,
)
from supervision.queries.registrations import (
    ending_of,
    endings,
    hosts_to_relieve,
    led_sessions,
    registrations_of,
    takers,
    to_reassign,
    unregistered,
)
from supervision.queries.supervisors import supervisor_by_id
from wellbeing.domain.refusals import Refused
from wellbeing.operations.once import Answer
from wellbeing.operations.series import hand_over
from wellbeing.presenters.dates import counted
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send

# So many sessions fit one page; what is left comes when these are moved.
MOST = 100


def registration(request: SignedIn) -> HttpResponse:
    """What we hold of this supervisor, and when it ends."""
    if not request.viewer.is_supervisor:
        raise Http404
    person, on = request.viewer.person, request.on
    rows = list(registrations_of(person))
    context = {
        "lines": [registration_line(row) for row in rows],
        "words": own_words(ending_of(person, on), on) if rows else "",
        "beyond": unregistered(request.at).filter(host=person).count(),
    }
    return render(request, "supervision/registration.html", context)


def registrations(request: SignedIn) -> HttpResponse:
    """For leads: registrations that end, and supervisors whose sessions are to be moved."""
    viewer = request.viewer
    if not viewer.is_lead:
        raise Http404
    moves = hosts_to_relieve(viewer, request.at)
    context = {
        "lines": [ending_line(one, request.on) for one in endings(viewer, request.on)],
        "moves": [move_line(one) for one in moves],
        "count": sum(one.sessions for one in moves),
    }
    return render(request, "supervision/registrations.html", context)


def sessions_move(request: SignedIn, public_id: UUID) -> HttpResponse:
    """One supervisor's sessions of days without registration, to another in one step."""
    viewer = request.viewer
    who = supervisor_by_id(public_id) if viewer.is_lead else None
    if who is None:
        raise Http404
    sessions = to_reassign(viewer, request.at).filter(host=who)
    events = list(sessions[:MOST])
    # A form sent again names sessions that have been moved by it.
    named = led_sessions(viewer, request.POST.getlist("sessions")) if request.POST else []
    known = {e.pk: e for e in (*events, *named)}
    form = HandOverForm(
        posted(request), events=list(known.values()), takers=takers(request.on, who)
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _hand_over(request, form)
        except Refused as refused:
            form.refuse(refused)
    count = len(events) if len(events) < MOST else sessions.count()
    context = {"form": form, "who": who, "count": count, "most": MOST}
    return render(request, "supervision/sessions_move.html", context)


def _hand_over(request: SignedIn, form: HandOverForm) -> HttpResponse:
    to = form.taker()

    def perform() -> int:
        return hand_over(form.chosen(), to=to, by=request.user, at=request.at)

    def answer(moved: int) -> Answer:
        words = f"{counted(moved, 'session')} moved to {to.name}. Whoever has a place keeps it."
        return Answer(reverse("registrations"), words)

    return send(request, perform, answer)
