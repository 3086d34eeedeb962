"""Hours to sessions: first what would be published and what not, then the button."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.domain.hours import Proposal
from supervision.forms.hours import PeriodForm, PublishNowForm
from supervision.operations.publishing import proposal, publish_hours
from supervision.presenters.hours import NOT_BUSY, outcome
from supervision.queries.hours import areas_served, with_hours
from wellbeing.domain.busy_clashes import BusyTimes
from wellbeing.domain.refusals import Refused
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Person
from wellbeing.operations.once import Answer
from wellbeing.presenters.dates import counted
from wellbeing.queries.busy_times import busy_times_of
from wellbeing.request import SignedIn
from wellbeing.views.sending import send


def hours_publish(request: SignedIn) -> HttpResponse:
    """A supervisor's own hours; a lead's, of whoever serves no Area but theirs."""
    viewer = request.viewer
    if not (viewer.is_supervisor or viewer.is_lead):
        raise Http404
    form = _period(request)
    done = None
    if form.is_bound and form.is_valid():
        try:
            if request.method == "POST":
                return _publish(request, form)
            done = _proposal(request, form)
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "own": not viewer.is_lead,
        "done": done,
        "outcome": outcome(done, _own_busy(request, form, done)) if done else None,
        "publish": PublishNowForm(form.shown(), sessions=len(done.slots)) if done else None,
        "who": form.chosen() if done else None,
    }
    return render(request, "supervision/hours_publish.html", context)


def _period(request: SignedIn) -> PeriodForm:
    viewer = request.viewer
    data = request.POST if request.method == "POST" else request.GET
    return PeriodForm(
        data if "weeks" in data else None,
        hosts=_hosts(viewer) if viewer.is_lead else [request.user],
        own=not viewer.is_lead,
        on=request.on,
    )


def _hosts(viewer: Viewer) -> Iterable[Person]:
    """Sessions are for every Area that their host serves, and a lead's for their own alone."""
    people = list(with_hours())
    served = areas_served(p.pk for p in people)
    return [
        p
        for p in people
        if p.pk == viewer.person or viewer.leads_all(served.get(p.pk, frozenset()))
    ]


def _proposal(request: SignedIn, form: PeriodForm) -> Proposal:
    values = form.cleaned_data
    return proposal(form.chosen(), first=values["first"], weeks=values["weeks"], at=request.at)


def _own_busy(request: SignedIn, form: PeriodForm, done: Proposal) -> BusyTimes:
    """A host's own clashes, for them alone."""
    if form.chosen().pk != request.viewer.person or not done.slots:
        return NOT_BUSY
    ends = max(slot.end_at for slot in done.slots)
    return busy_times_of(request.viewer.person, request.at, ends)


def _publish(request: SignedIn, form: PeriodForm) -> HttpResponse:
    who, values = form.chosen(), form.cleaned_data

    def perform() -> Proposal:
        return publish_hours(
            who, first=values["first"], weeks=values["weeks"], by=request.user, at=request.at
        )

    def answer(done: Proposal) -> Answer:
        words = f"{counted(len(done.slots), 'session')} published."
        if done.slots:
            words += " They can be booked now."
        is_own = who.pk == request.viewer.person
        return Answer(reverse("diary" if is_own else "session_schedule"), words)

    return send(request, perform, answer)
