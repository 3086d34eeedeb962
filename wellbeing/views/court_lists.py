"""Court-list days: a lead says when a team is in court, and takes it back."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wellbeing.domain.refusals import Refused
from wellbeing.forms.court_lists import CourtDaysForm
from wellbeing.forms.govuk import ActionForm
from wellbeing.models import CourtListDays
from wellbeing.operations.court_lists import mark_court_days, take_back_court_days
from wellbeing.operations.once import Answer
from wellbeing.presenters.court_lists import court_line, days_words
from wellbeing.queries.court_lists import mark_by_id, marks, team_sizes, teams_led
from wellbeing.request import SignedIn, posted

from .sending import send


def _check(request: SignedIn) -> None:
    if not request.viewer.is_lead:
        raise Http404


def court_lists(request: SignedIn) -> HttpResponse:
    """What is marked from today on."""
    _check(request)
    days = list(marks(request.viewer, request.on))
    sizes = team_sizes({one.manager_id for one in days}, request.on)
    lines = [court_line(one, sizes.get(one.manager_id, 0)) for one in days]
    return render(request, "wellbeing/court_lists.html", {"lines": lines})


def court_list_add(request: SignedIn) -> HttpResponse:
    """A team, a first day and a last."""
    _check(request)
    form = CourtDaysForm(posted(request), teams=teams_led(request.viewer, request.on))
    if request.method == "POST" and form.is_valid():
        try:
            return _add(request, form)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "wellbeing/court_list_add.html", {"form": form})


def _add(request: SignedIn, form: CourtDaysForm) -> HttpResponse:
    manager, (start, end) = form.chosen(), form.days()

    def perform() -> CourtListDays:
        return mark_court_days(
            manager, start_on=start, end_on=end, by=request.user, at=request.at
        )

    words = f"Marked for the team of {manager.name}: {days_words(start, end)}."
    words += " What is booked already stays."
    return send(request, perform, lambda _: Answer(reverse("court_lists"), words))


def court_list_take_back(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The days can be booked again, after asking."""
    _check(request)
    days = mark_by_id(request.viewer, public_id, request.on)
    if days is None:
        raise Http404
    form = ActionForm(posted(request))
    form.helper.inputs[0].value = "Take it back"
    if request.method == "POST":
        words = "Taken back: these days can be booked again."
        try:
            return send(
                request,
                lambda: take_back_court_days(days, by=request.user, at=request.at),
                lambda _: Answer(reverse("court_lists"), words),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "line": court_line(days, 0)}
    return render(request, "wellbeing/court_list_take_back.html", context)
