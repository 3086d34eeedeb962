"""Schwartz Rounds: what is planned, saying that one is coming, and how many are."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wellbeing.domain.booking import CancelReason
from wellbeing.domain.disclosure import shown_parts
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import JobRole
from wellbeing.domain.viewer import Viewer
from wellbeing.forms.govuk import ActionForm
from wellbeing.forms.rounds import RoundForm
from wellbeing.models import Event
from wellbeing.operations.bookable import glance
from wellbeing.operations.bookings import cancel, take_place
from wellbeing.operations.cancelling import cancel_event
from wellbeing.operations.events import publish
from wellbeing.operations.once import Answer
from wellbeing.permissions import check_publish, check_run_event
from wellbeing.presenters.dates import when
from wellbeing.queries.bookings import own_live_booking
from wellbeing.queries.events import areas_of
from wellbeing.queries.rounds import coming_by_role, listed, round_for
from wellbeing.request import SignedIn, posted
from wellbeing.views.no_posting import no_posting
from wellbeing.views.sending import send

MOST_PAST = 30


def _may_look(viewer: Viewer) -> bool:
    return viewer.is_staff or viewer.is_lead or viewer.is_facilitator


def rounds(request: SignedIn) -> HttpResponse:
    """Rounds to come and those that were."""
    if not _may_look(request.viewer):
        return no_posting(request, "Schwartz Rounds")
    context = {
        "ahead": listed(request.viewer, request.at, ahead=True),
        "past": listed(request.viewer, request.at, ahead=False)[:MOST_PAST],
    }
    return render(request, "wellbeing/rounds.html", context)


def _load(request: SignedIn, public_id: UUID) -> Event:
    event = round_for(request.viewer, public_id) if _may_look(request.viewer) else None
    if event is None:
        raise Http404
    return event


def round_detail(request: SignedIn, public_id: UUID) -> HttpResponse:
    """One Round; staff say whether they are coming, with one button."""
    event = _load(request, public_id)
    form = ActionForm()
    if request.method == "POST":
        form = ActionForm({})
        try:
            return _answer(request, event)
        except Refused as refused:
            form.refuse(refused)
    booking = own_live_booking(request.viewer, event)
    viewer = request.viewer
    runs = viewer.is_facilitator or viewer.leads_all(areas_of(event))
    context = {
        "form": form,
        "event": event,
        "when": when(event.start_at, event.end_at) if event.start_at and event.end_at else "",
        "booking": booking,
        "runs": runs,
        "may_cancel": viewer.leads_all(areas_of(event)),
        "is_ahead": event.start_at is not None and event.start_at > request.at,
        "is_full": event.capacity is not None and event.held >= event.capacity,  # type: ignore[attr-defined]
        "by_role": _by_role(event) if runs else [],
    }
    return render(request, "wellbeing/round_detail.html", context)


def _answer(request: SignedIn, event: Event) -> HttpResponse:
    booking, who, at = own_live_booking(request.viewer, event), request.user, request.at
    here = reverse("round_detail", args=[event.public_id])
    if request.POST.get("coming") == "no" and booking:
        reason = CancelReason.RATHER_NOT_SAY
        return send(
            request,
            lambda: cancel(booking, reason=reason, by=who, at=at),
            lambda _: Answer(here, "You are not down as coming any more."),
        )
    if request.POST.get("coming") == "yes":
        return send(
            request,
            lambda: take_place(event.pk, person=who, by=who, at=at),
            lambda _: Answer(here, "You are down as coming. Nobody is shown your name."),
            check=lambda: glance(event, person=who, at=at),
        )
    return redirect(here)


def _by_role(event: Event) -> list[tuple[str, str]]:
    """How many by job role, withheld where a number, or a subtraction, would tell who."""
    counts = coming_by_role(event)
    shown = shown_parts({role.value: counts.get(role, 0) for role in JobRole})
    return [
        (role.capitalize() + "s", "Too few to show" if n is None else str(n))
        for role, n in shown.items()
    ]


def round_publish(request: SignedIn) -> HttpResponse:
    """A national lead for all Areas, an Area lead for their own."""
    viewer = request.viewer
    if not viewer.is_lead:
        raise Http404
    form = RoundForm(posted(request))
    if request.method == "POST" and form.is_valid():
        details = form.details(frozenset() if viewer.is_national_lead else viewer.led_areas)
        check_publish(viewer, viewer.person, details.areas)
        words = "The Round is published. People can say they are coming."
        try:
            return send(
                request,
                lambda: publish(details, host=None, by=request.user, at=request.at),
                lambda made: Answer(reverse("round_detail", args=[made.public_id]), words),
            )
        except Refused as refused:
            form.refuse(refused)
    return render(request, "wellbeing/round_publish.html", {"form": form})


def round_cancel(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Cancels a Round, after saying how many were coming."""
    event = _load(request, public_id)
    check_run_event(request.viewer, event, areas_of(event))
    form = ActionForm()
    if request.method == "POST":
        form = ActionForm({})
        try:
            return send(
                request,
                lambda: cancel_event(event, by=request.user, at=request.at),
                lambda _: Answer(reverse("rounds"), "The Round is cancelled."),
            )
        except Refused as refused:
            form.refuse(refused)
    return render(request, "wellbeing/round_cancel.html", {"form": form, "event": event})
