"""A supervisor's hours: what stands every week, which days are otherwise, days off."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.hours import (
    AddHoursForm,
    ChangeHoursForm,
    EndHoursForm,
    LeaveForm,
    OtherHoursForm,
)
from supervision.models import HoursException, WorkingHours
from supervision.operations.hours import (
    add_hours,
    add_leave,
    add_other_hours,
    change_hours,
    end_hours,
    take_back_exception,
)
from supervision.presenters.hours import exception_line, hours_line, limits_words
from supervision.queries.hours import (
    exception_of,
    exceptions_of,
    line_of,
    lines_of,
    published_while_off,
    supervisor_of,
)
from wellbeing.domain.refusals import Refused
from wellbeing.forms.govuk import ActionForm, GovukForm
from wellbeing.operations.once import Answer
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send

STAY = "Sessions that are published already stay as they are."
NEXT = "Nothing is published yet: look at what it would be, and publish it."


def hours(request: SignedIn) -> HttpResponse:
    """The week, the days that are otherwise, and what is published on days off."""
    _own(request)
    person = request.viewer.person
    context = {
        "lines": [hours_line(row, request.on) for row in lines_of(person, request.on)],
        "exceptions": [exception_line(row) for row in exceptions_of(person, request.on)],
        "limits": limits_words(supervisor_of(person)),
        "while_off": published_while_off(person, at=request.at).count(),
    }
    return render(request, "supervision/hours.html", context)


def hours_add(request: SignedIn) -> HttpResponse:
    """Hours of one weekday or several."""
    _own(request)
    form = AddHoursForm(posted(request), initial={"first_on": request.on})

    def perform() -> list[WorkingHours]:
        return add_hours(request.user, form.lines(), by=request.user, at=request.at)

    return _form(request, form, perform, f"Your hours are added. {NEXT}", "Add weekly hours")


def hours_change(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The same weekday with other hours, from a day on."""
    row = _line(request, public_id)
    form = ChangeHoursForm(posted(request), row=row, on=request.on)

    def perform() -> WorkingHours:
        return change_hours(row, form.line(row.weekday), by=request.user, at=request.at)

    heading = f"Change your hours: {hours_line(row, request.on).when}"
    return _form(request, form, perform, f"Your hours are changed. {STAY}", heading)


def hours_end(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The last day on which the hours stand."""
    _own(request)
    row = line_of(request.viewer.person, public_id)
    if row is None:
        return _gone(request)
    form = EndHoursForm(posted(request), initial={"last_on": request.on})

    def perform() -> None:
        last_on = form.cleaned_data["last_on"]
        return end_hours(row, last_on=last_on, by=request.user, at=request.at)

    heading = f"End your hours: {hours_line(row, request.on).when}"
    return _form(request, form, perform, f"These hours end. {STAY}", heading)


def exception_add(request: SignedIn) -> HttpResponse:
    """Other hours on one day."""
    _own(request)
    form = OtherHoursForm(posted(request), initial={"instead": "no"})

    def perform() -> HoursException:
        return add_other_hours(request.user, form.hours(), by=request.user, at=request.at)

    words = f"The hours of that day are added. {NEXT}"
    return _form(request, form, perform, words, "Add other hours on one day")


def leave_add(request: SignedIn) -> HttpResponse:
    """Days off; nobody is asked why."""
    _own(request)
    form = LeaveForm(posted(request))

    def perform() -> HoursException:
        return add_leave(request.user, **form.cleaned_data, by=request.user, at=request.at)

    words = f"Your days off are added: no session is published on them. {STAY}"
    return _form(request, form, perform, words, "Add days off")


def exception_take_back(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The usual hours stand again."""
    _own(request)
    row = exception_of(request.viewer.person, public_id)
    if row is None:
        return _gone(request)
    form = ActionForm(posted(request))
    form.helper.inputs[0].value = "Take it back"

    def perform() -> None:
        return take_back_exception(row, by=request.user, at=request.at)

    line = exception_line(row)
    heading = f"Take back: {line.when}"
    words = "Your usual hours stand again on those days."
    return _form(request, form, perform, words, heading, f"{line.what}.")


def _form(
    request: SignedIn,
    form: GovukForm,
    perform: Callable[[], Any],
    words: str,
    heading: str,
    about: str = "",
) -> HttpResponse:
    """A form of its own page that leads back to Hours."""
    if request.method == "POST" and form.is_valid():
        try:
            return send(request, perform, lambda _: Answer(reverse("hours"), words))
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "heading": heading, "about": about}
    return render(request, "supervision/hours_form.html", context)


def _gone(request: SignedIn) -> HttpResponse:
    """The form that took the row away, sent again, gets its first answer; all else finds nothing."""
    if request.method != "POST":
        raise Http404

    def perform() -> None:
        raise Http404

    return send(request, perform, lambda _: Answer(reverse("hours")))


def _own(request: SignedIn) -> None:
    if not request.viewer.is_supervisor:
        raise Http404


def _line(request: SignedIn, public_id: UUID) -> WorkingHours:
    _own(request)
    row = line_of(request.viewer.person, public_id)
    if row is None:
        raise Http404
    return row
