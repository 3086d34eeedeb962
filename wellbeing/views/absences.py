"""A person's days away: entered, ended and taken back by their manager or their leads."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wellbeing.domain.refusals import Refused
from wellbeing.forms.govuk import ActionForm
from wellbeing.forms.people import AbsenceForm, EndAbsenceForm
from wellbeing.models import Absence
from wellbeing.operations.absences import end_absence, enter_absence, take_back_absence
from wellbeing.permissions import check_change_absences
from wellbeing.presenters.dates import short_day
from wellbeing.queries.people import Relation, absence_of
from wellbeing.request import SignedIn, posted

from .people import load

SEEN_BY = "They see this on their own record. Nobody is asked why."


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
        try:
            enter_absence(person, **form.cleaned_data, by=request.user, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"{person.name} is marked as away. {SEEN_BY}")
            return redirect("person", person.public_id)
    context = {"form": form, "who": person, "heading": f"Enter an absence of {person.name}"}
    return render(request, "wellbeing/absence.html", context)


def absence_end(request: SignedIn, public_id: UUID, start: date) -> HttpResponse:
    """Sets or corrects the last day."""
    absence = _load_absence(request, public_id, start)
    form = EndAbsenceForm(posted(request), initial={"end_on": absence.end_on})
    person = absence.person
    if request.method == "POST" and form.is_valid():
        end_on = form.cleaned_data["end_on"]
        try:
            end_absence(absence, end_on=end_on, by=request.user, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"The absence ends on {short_day(end_on)}.")
            return redirect("person", person.public_id)
    heading = f"When does the absence that began on {short_day(start)} end?"
    context = {"form": form, "who": person, "heading": heading}
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
            take_back_absence(absence, by=request.user, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "The absence is taken back: it counts for nothing now.")
            return redirect("person", person.public_id)
    heading = f"Take back the absence that began on {short_day(start)}?"
    context = {"form": form, "who": person, "heading": heading}
    return render(request, "wellbeing/absence.html", context)
