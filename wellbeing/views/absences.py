"""A person's days away: entered, ended and taken back by their manager or their leads."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wellbeing.domain.refusals import Refused
from wellbeing.forms.govuk import ActionForm
from wellbeing.forms.people import AbsenceForm, EndAbsenceForm
from wellbeing.models import Absence, Person
from wellbeing.operations.absences import end_absence, enter_absence, take_back_absence
from wellbeing.operations.once import Answer
from wellbeing.permissions import check_change_absences
from wellbeing.presenters.dates import short_day
from wellbeing.queries.people import Relation, absence_of
from wellbeing.request import SignedIn, posted

from .people import load
from .sending import send

SEEN_BY = "Their own page leaves these days out of the count. Nobody is asked why."
INSET = "Days away are not counted towards when somebody is next due. Their manager and their wellbeing leads see the dates. Only the dates are kept, never why."
TAKEN_BACK = "The absence is taken back: it counts for nothing now."
MISTAKE = "Do this if it was entered by mistake. Those days will be counted again."


def _load(request: SignedIn, public_id: UUID) -> Relation:
    relation = load(request, public_id)
    check_change_absences(request.viewer, relation.person.pk, request.on)
    return relation


def _load_absence(request: SignedIn, public_id: UUID, start: date) -> Absence:
    absence = absence_of(_load(request, public_id).person, start)
    if absence is None:
        raise Http404
    return absence


def absence_add(request: SignedIn, public_id: UUID) -> HttpResponse:
    """First day, last day if it is known."""
    person = _load(request, public_id).person
    form = AbsenceForm(posted(request))
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data
        try:
            return send(
                request,
                lambda: enter_absence(person, **days, by=request.user, at=request.at),
                lambda _: _answer(person, _entered(person, days, request.on)),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "who": person, "heading": "Enter an absence", "inset": INSET}
    return render(request, "wellbeing/absence.html", context)


def _answer(person: Person, words: str) -> Answer:
    return Answer(reverse("person", args=[person.public_id]), words)


def _entered(person: Person, days: dict[str, Any], on: date) -> str:
    is_now = days["start_on"] <= on and (days["end_on"] is None or days["end_on"] >= on)
    words = f"{person.name} is marked as away" if is_now else "The absence is entered"
    return f"{words}. {SEEN_BY}"


def absence_end(request: SignedIn, public_id: UUID, start: date) -> HttpResponse:
    """Sets or corrects the last day."""
    absence = _load_absence(request, public_id, start)
    form = EndAbsenceForm(posted(request), initial={"end_on": absence.end_on})
    person = absence.person
    if request.method == "POST" and form.is_valid():
        end_on = form.cleaned_data["end_on"]
        try:
            return send(
                request,
                lambda: end_absence(absence, end_on=end_on, by=request.user, at=request.at),
                lambda _: _answer(person, f"The absence ends on {short_day(end_on)}."),
            )
        except Refused as refused:
            form.refuse(refused)
    heading = f"When does the absence that began on {short_day(start)} end?"
    context = {"form": form, "who": person, "heading": heading, "inset": INSET}
    return render(request, "wellbeing/absence.html", context)


def absence_take_back(request: SignedIn, public_id: UUID, start: date) -> HttpResponse:
    """Takes back one entered by mistake, after asking."""
    absence = _load_absence(request, public_id, start)
    person = absence.person
    form = ActionForm()
    form.helper.inputs[0].value = "Take it back"
    if request.method == "POST":
        form = ActionForm({})
        try:
            return send(
                request,
                lambda: take_back_absence(absence, by=request.user, at=request.at),
                lambda _: _answer(person, TAKEN_BACK),
            )
        except Refused as refused:
            form.refuse(refused)
    heading = f"Take back the absence that began on {short_day(start)}?"
    context = {"form": form, "who": person, "heading": heading, "inset": MISTAKE}
    return render(request, "wellbeing/absence.html", context)
