"""Actions against shortfalls: the list, one of them, opening, passing on and withdrawing."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.actions import (
    ChargeForm,
    Chosen,
    MeasureForm,
    OpenActionForm,
    StateForm,
    WithdrawForm,
)
from supervision.models import Action
from supervision.operations.actions import (
    Measure,
    change_action,
    open_action,
    withdraw_action,
)
from supervision.presenters.actions import (
    POPULATIONS,
    action_line,
    charge_line,
    due_words,
    month_lines,
    sees_counts,
    state_sentence,
    state_words,
    tag,
    title,
)
from supervision.presenters.coverage_page import STRANDS
from supervision.queries.actions import (
    charges_of,
    days_of,
    latest,
    months_of,
    open_action_of,
    possible_owners,
    visible_action,
    visible_actions,
)
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import Strand
from wellbeing.operations.once import Answer
from wellbeing.presenters.dates import short_day
from wellbeing.queries.areas import area_by_id, unit_by_id
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import replay, send

from .today import led_part

PER_PAGE = 25


def actions(request: SignedIn) -> HttpResponse:
    """A lead's: those of their Areas. An owner's: their own. Nobody else finds the page."""
    viewer = request.viewer
    rows = visible_actions(viewer, request.on)
    if not viewer.is_lead and not rows.exists():
        raise Http404
    form = StateForm(request.GET or None)
    if form.is_open() is not None:
        rows = rows.filter(closed_at__isnull=form.is_open())
    pages = Paginator(rows, PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = list(page.object_list)
    figures = latest(shown, request.on)
    context = {
        "form": form,
        "page": page,
        "count": pages.count,
        "lines": [action_line(one, figures.of(one), viewer, request.on) for one in shown],
        "month": short_day(figures.on),
        "withheld": not all(sees_counts(viewer, one) for one in shown),
    }
    return render(request, "supervision/actions.html", context)


def _load(request: SignedIn, public_id: UUID) -> Action:
    found = visible_action(request.viewer, public_id, request.on)
    if found is None:
        raise Http404
    return found


def _led(request: SignedIn, public_id: UUID) -> Action:
    """One that a lead of its Area may change; its owner alone may not. Also one that is over, so
    that a form sent again has its answer."""
    found = _load(request, public_id)
    if not sees_counts(request.viewer, found):
        raise Http404
    return found


def action(request: SignedIn, public_id: UUID) -> HttpResponse:
    """One action: its measure, whose it is, its month-ends."""
    one = _load(request, public_id)
    months = months_of(one, days_of(one, request.on))
    context = {
        "action": one,
        "title": title(one),
        "strand": STRANDS[Strand(one.strand)],
        "state": state_words(request.viewer, one),
        "sentence": state_sentence(request.viewer, one),
        "due": due_words(one.due_on, request.on),  # type: ignore[attr-defined]
        "tag": tag(one, request.on),
        "months": month_lines(one, months, request.viewer),
        "charges": [charge_line(charge) for charge in charges_of(one)],
        "withheld": not sees_counts(request.viewer, one),
        "may_change": one.is_open and sees_counts(request.viewer, one),
    }
    return render(request, "supervision/action.html", context)


def action_open(request: SignedIn) -> HttpResponse:
    """Whose coverage, then target, owner and date; from a coverage page the first is given."""
    whole = led_part(request)
    if request.method == "POST":
        answered = replay(request)
        if answered:
            return answered
    asked = MeasureForm(request.GET, part=whole, is_national=request.viewer.is_national_lead)
    chosen = asked.chosen()
    if chosen is None:
        return render(request, "supervision/action_measure.html", {"form": asked})
    return _open(request, chosen)


def _open(request: SignedIn, chosen: Chosen) -> HttpResponse:
    unit = unit_by_id(chosen.unit) if chosen.unit else None
    area = area_by_id(chosen.area) if chosen.area else None
    blank = Measure(chosen.strand, chosen.population, 0, area, unit)
    there = open_action_of(chosen.strand, chosen.population, area, unit)
    form = OpenActionForm(posted(request), owners=possible_owners(blank.area_led, request.on))
    if request.method == "POST" and form.is_valid():
        measure = Measure(
            chosen.strand, chosen.population, form.cleaned_data["target_percent"], area, unit
        )
        try:
            return send(
                request,
                lambda: open_action(
                    measure,
                    owner=form.owner_chosen(),
                    due_on=form.due(),
                    by=request.user,
                    at=request.at,
                ),
                lambda made: Answer(
                    reverse("action", args=[made.public_id]),
                    "The action is open, and its owner is told.",
                ),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "strand": STRANDS[chosen.strand],
        "population": POPULATIONS[chosen.population],
        "where": f"{unit.name}, {unit.area.name}"
        if unit
        else area.name
        if area
        else "All Areas",
        "there": there,
    }
    return render(request, "supervision/action_open.html", context)


def action_change(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Another owner or another day."""
    one = _led(request, public_id)
    owners = possible_owners(one.area_led, request.on)
    initial = {"owner": str(one.owner), "due_on": one.due_on}  # type: ignore[attr-defined]
    form = ChargeForm(posted(request), owners=owners, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return send(
                request,
                lambda: change_action(
                    one,
                    owner=form.owner_chosen(),
                    due_on=form.due(),
                    by=request.user,
                    at=request.at,
                ),
                lambda _: Answer(
                    reverse("action", args=[public_id]), "Saved. A new owner is told."
                ),
            )
        except Refused as refused:
            form.refuse(refused)
    return _confirm(request, one, form, "Change the owner or the date", [])


def action_withdraw(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Takes it off the list for a reason; that is not recovering."""
    one = _led(request, public_id)
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            return send(
                request,
                lambda: withdraw_action(
                    one, reason=form.chosen(), by=request.user, at=request.at
                ),
                lambda _: Answer(
                    reverse("action", args=[public_id]), "The action is withdrawn."
                ),
            )
        except Refused as refused:
            form.refuse(refused)
    paragraphs = [
        "It stays on the list of closed actions as withdrawn, never as recovered. An action that"
        " has done its work closes by itself."
    ]
    return _confirm(request, one, form, "Withdraw this action", paragraphs)


def _confirm(
    request: SignedIn,
    one: Action,
    form: ChargeForm | WithdrawForm,
    heading: str,
    paragraphs: list[str],
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "paragraphs": [f"{STRANDS[Strand(one.strand)]}. {title(one)}.", *paragraphs],
        "back": reverse("action", args=[one.public_id]),
    }
    return render(request, "supervision/confirm.html", context)
