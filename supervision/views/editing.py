"""Changing a published session, alone or with the later ones of its series; a day cancelled."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from supervision.forms.editing import EditForm
from supervision.presenters.sessions import by_day, held, own_clash, session_hours
from supervision.queries.diary import left_of_day
from supervision.queries.hours import published_while_off
from supervision.queries.supervisors import (
    areas_to_publish,
    may_publish_for_all,
    supervisors,
)
from supervision.views.running import load_to_run, started
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.forms.govuk import ActionForm
from wellbeing.models import Event
from wellbeing.operations.cancelling import cancel_day
from wellbeing.operations.changing import change_event
from wellbeing.operations.once import Answer
from wellbeing.operations.series import cancel_all, cancel_following, change_following
from wellbeing.permissions import check_publish, check_run_event
from wellbeing.presenters.dates import counted, day
from wellbeing.queries.busy_times import moved_to_busy, times_of
from wellbeing.queries.events import areas_by_event, areas_of, following
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send


def session_edit(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Time, place, host and all else while nobody is booked; bookings are carried along."""
    event = load_to_run(request, public_id)
    areas = areas_of(event)
    later = following(event, at=request.at)
    form = _edit_form(request, event, areas, max(0, len(later) - 1))
    is_open = event.status == "published" and event.is_bookable and not started(request, event)
    if request.method == "POST" and form.is_valid():
        _check(request, event, areas, form, later)
        try:
            return _change(request, event, form, later)
        except Refused as refused:
            form.refuse(refused)
    context = {
        **_shown(event),
        "form": form,
        "is_open": is_open,
        "is_series": len(later) > 1,
        "held": event.held,  # type: ignore[attr-defined]
    }
    return render(request, "supervision/session_edit.html", context)


def _edit_form(request: SignedIn, event: Event, areas: frozenset[int], later: int) -> EditForm:
    viewer = request.viewer
    names_host = viewer.leads_all(areas) and event.kind == EventKind.SUPERVISION
    return EditForm(
        posted(request),
        event=event,
        areas=areas,
        later=later,
        has_people=bool(event.held),  # type: ignore[attr-defined]
        hosts=supervisors() if names_host else [],
        areas_to_choose=areas_to_publish(viewer),
        must_name_area=bool(areas and not event.held) and not may_publish_for_all(viewer),  # type: ignore[attr-defined]
        only_host=None if names_host else event.host,
    )


def _check(
    request: SignedIn, event: Event, areas: frozenset[int], form: EditForm, later: list[int]
) -> None:
    """Whoever changes host or Areas must be able to publish that; of every session it reaches."""
    host, wanted = form.chosen_host(), form.new_details().areas
    if host.pk != event.host_id or wanted != areas:
        check_publish(request.viewer, host.pk, wanted)
    if form.reaches_later:
        _check_each(request, event, later)


def _check_each(request: SignedIn, event: Event, later: list[int]) -> None:
    for areas in areas_by_event(later).values():
        check_run_event(request.viewer, event, areas)


def _change(request: SignedIn, event: Event, form: EditForm, later: list[int]) -> HttpResponse:
    details, host = form.new_details(), form.chosen_host()
    reached = later if form.reaches_later else [event.pk]
    held_then = times_of(reached) if host == request.user == event.host else {}

    def perform() -> int:
        if form.reaches_later:
            return change_following(event, details, host=host, by=request.user, at=request.at)
        change_event(event, details, host=host, by=request.user, at=request.at)
        return 1

    def answer(changed: int) -> Answer:
        kept = " Whoever has a place keeps it." if event.held else ""  # type: ignore[attr-defined]
        words = f"{counted(changed, 'session')} changed.{kept}"
        if host == request.user:
            # A lead who changes somebody else's learns nothing of their busy times.
            busy = moved_to_busy(host.pk, reached, before=held_then.values())
            words += own_clash(busy, changed)
        return Answer(reverse("session_detail", args=[event.public_id]), words)

    return send(request, perform, answer)


def session_cancel_following(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Cancels a session and all later ones of its series, after saying how many there are."""
    event = load_to_run(request, public_id)
    if event.series is None:
        return redirect("session_cancel", public_id)
    later = following(event, at=request.at)
    _check_each(request, event, later)
    form = ActionForm(posted(request))
    _warn(form, f"Cancel {counted(len(later), 'session')}")
    if request.method == "POST":
        try:
            return _cancel_following(request, event)
        except Refused as refused:
            form.refuse(refused)
    context = {**_shown(event), "form": form, "count": len(later)}
    return render(request, "supervision/session_cancel_following.html", context)


def _cancel_following(request: SignedIn, event: Event) -> HttpResponse:
    def perform() -> tuple[int, int]:
        return cancel_following(event, by=request.user, at=request.at)

    def answer(done: tuple[int, int]) -> Answer:
        return Answer(_back(request, event), _cancelled(*done))

    return send(request, perform, answer)


def cannot_come_today(request: SignedIn) -> HttpResponse:
    """Cancels all that is left of a host's day, in one step."""
    if not request.viewer.is_supervisor:
        raise Http404
    lines = [
        held(e, started=False) for e in left_of_day(request.user.pk, request.on, request.at)
    ]
    form = ActionForm(posted(request))
    _warn(form, f"Cancel {counted(len(lines), 'session')}")
    if request.method == "POST":
        try:
            return _cancel_today(request)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "lines": lines, "day": day(request.on)}
    return render(request, "supervision/cannot_come_today.html", context)


def cancel_while_off(request: SignedIn) -> HttpResponse:
    """Cancels all that is published on days a supervisor has taken off, in one step."""
    if not request.viewer.is_supervisor:
        raise Http404
    events = list(published_while_off(request.viewer.person, at=request.at))
    form = ActionForm(posted(request))
    _warn(form, f"Cancel {counted(len(events), 'session')}")
    if request.method == "POST":
        try:
            return _cancel_all(request, events)
        except Refused as refused:
            form.refuse(refused)
    days = by_day(held(event, started=False) for event in events)
    context = {"form": form, "days": days, "count": len(events)}
    return render(request, "supervision/cancel_while_off.html", context)


def _cancel_all(request: SignedIn, events: list[Event]) -> HttpResponse:
    def perform() -> tuple[int, int]:
        return cancel_all([e.pk for e in events], by=request.user, at=request.at)

    return send(request, perform, lambda done: Answer(reverse("hours"), _cancelled(*done)))


def _cancel_today(request: SignedIn) -> HttpResponse:
    def perform() -> tuple[int, int]:
        return cancel_day(request.user, on=request.on, by=request.user, at=request.at)

    return send(request, perform, lambda done: Answer(reverse("diary"), _cancelled(*done)))


def _warn(form: ActionForm, words: str) -> None:
    button = form.helper.inputs[0]
    button.value = words
    button.field_classes += " govuk-button--warning"


def _cancelled(sessions: int, places: int) -> str:
    them = "it" if sessions == 1 else "them"
    freed = f" {counted(places, 'place')} cancelled with {them}." if places else ""
    return f"{counted(sessions, 'session')} cancelled.{freed}"


def _back(request: SignedIn, event: Event) -> str:
    own = event.host_id == request.viewer.person and request.viewer.is_supervisor
    return reverse("diary" if own else "session_schedule")


def _shown(event: Event) -> dict[str, object]:
    return {"event": event, "day": day(event.local_on), "hours": session_hours(event)}
