"""My busy calendar: its address given, read now, taken away; what is kept of it and what never."""

from functools import partial

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wellbeing.domain.refusals import Refused
from wellbeing.forms.busy_calendar import AddressForm
from wellbeing.forms.govuk import ActionForm
from wellbeing.models import BusyCalendar
from wellbeing.operations.busy_calendars import (
    ask_to_read,
    remove_busy_calendar,
    set_busy_calendar,
)
from wellbeing.operations.once import Answer
from wellbeing.presenters.busy_calendar import busy_line
from wellbeing.queries.busy_times import busy_count, own_busy_calendar
from wellbeing.request import SignedIn, posted
from wellbeing.tasks.jobs import read_busy_calendar

from .sending import send

GIVEN = "The address is kept, and the calendar is being read. Look here again in a minute."
ASKED = "The calendar is being read. Look here again in a minute."
REMOVED = "The address is forgotten, and every time that was read from it."


def busy_calendar(request: SignedIn) -> HttpResponse:
    """The state of the calendar I gave, and a form to give one or another."""
    asks = request.method == "POST" and request.POST.get("way") == "read"
    form = AddressForm(request.POST if posted(request) is not None and not asks else None)
    refusal = ""
    if asks or (request.method == "POST" and form.is_valid()):
        try:
            return _read(request) if asks else _give(request, form)
        except Refused as refused:
            refusal = refused.sentence
            if not asks:
                form.refuse(refused)
    held = own_busy_calendar(request.viewer.person)
    context = {
        "form": form,
        "refusal": refusal if asks else "",
        "line": _line(request, held) if held else None,
    }
    return render(request, "wellbeing/busy_calendar.html", context)


def _line(request: SignedIn, held: BusyCalendar) -> object:
    return busy_line(held, count=busy_count(request.viewer.person, request.at))


def _give(request: SignedIn, form: AddressForm) -> HttpResponse:
    me, at, address = request.user, request.at, form.cleaned_data["address"]

    def perform() -> BusyCalendar:
        held = set_busy_calendar(me, address=address, by=me, at=at)
        if held.is_awaited:
            _queue(held.pk)
        return held

    return send(request, perform, lambda _: Answer(reverse("busy_calendar"), GIVEN))


def _read(request: SignedIn) -> HttpResponse:
    me, at = request.user, request.at

    def perform() -> None:
        calendar = ask_to_read(me, by=me, at=at)
        if calendar is not None:
            _queue(calendar)

    return send(request, perform, lambda _: Answer(reverse("busy_calendar"), ASKED))


def _queue(calendar: int) -> None:
    """For the worker, once this is committed; lost on the way, the timed job finds it."""
    transaction.on_commit(partial(read_busy_calendar.enqueue, calendar))


def busy_calendar_remove(request: SignedIn) -> HttpResponse:
    """Forgets the address and all that was read from it, after asking."""
    me, at = request.user, request.at
    if request.method != "POST" and own_busy_calendar(me.pk) is None:
        raise Http404
    form = ActionForm(posted(request))
    form.helper.inputs[0].value = "Remove my calendar"
    if request.method == "POST":
        try:
            return send(
                request,
                lambda: remove_busy_calendar(me, by=me, at=at),
                lambda _: Answer(reverse("busy_calendar"), REMOVED),
            )
        except Refused as refused:
            form.refuse(refused)
    return render(request, "wellbeing/busy_calendar_remove.html", {"form": form})
