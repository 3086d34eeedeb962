"""For those who plan sessions: publishing them, the list of what is published, cancelling."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.sessions import PublishForm, ScheduleFilter
from supervision.presenters.sessions import held, own_clash, session_hours
from supervision.queries.diary import no_events, schedule
from supervision.queries.supervisors import (
    areas_to_publish,
    may_publish_for_all,
    supervisors,
)
from supervision.views.running import load_to_run, started
from supervision.views.sessions import is_busy_then
from wellbeing.domain.refusals import Refused
from wellbeing.forms.govuk import ActionForm
from wellbeing.models import Event, Person
from wellbeing.operations.cancelling import cancel_event, check_cancellable
from wellbeing.operations.events import publish
from wellbeing.operations.once import Answer
from wellbeing.permissions import check_publish
from wellbeing.presenters.dates import counted, day, short_day
from wellbeing.queries.areas import areas_led
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send

PER_PAGE = 50


def session_publish(request: SignedIn) -> HttpResponse:
    """A lead names any supervisor; a supervisor only themself."""
    viewer = request.viewer
    if not (viewer.is_lead or viewer.is_supervisor):
        raise Http404
    form = _publish_form(request)
    if request.method == "POST" and form.is_valid():
        details, host = form.details(), form.chosen_host()
        check_publish(viewer, host.pk, details.areas)
        try:
            return send(
                request,
                lambda: publish(details, host=host, by=request.user, at=request.at),
                lambda made: _published(request, made, host),
            )
        except Refused as refused:
            form.refuse(refused)
    back = "session_schedule" if viewer.is_lead else "diary"
    return render(
        request, "supervision/session_publish.html", {"form": form, "back": reverse(back)}
    )


def _published(request: SignedIn, event: Event, host: Person) -> Answer:
    """A host sees their own clash; a lead who publishes for them learns nothing of it."""
    words = f"Published: {day(event.local_on)}, {session_hours(event)}, {host.name}."
    if host == request.user:
        words += own_clash(is_busy_then(request, event))
    return Answer(reverse("session_detail", args=[event.public_id]), words)


def _publish_form(request: SignedIn) -> PublishForm:
    viewer = request.viewer
    return PublishForm(
        posted(request),
        hosts=supervisors() if viewer.is_lead else [],
        areas=areas_to_publish(viewer),
        must_name_area=not may_publish_for_all(viewer),
        only_host=None if viewer.is_lead else request.user,
    )


def session_schedule(request: SignedIn) -> HttpResponse:
    """A lead's list of what is published, with where something is to do."""
    viewer = request.viewer
    if not viewer.is_lead:
        raise Http404
    form = ScheduleFilter(
        request.GET, areas=areas_led(viewer), hosts=supervisors(), on=request.on
    )
    wanted = form.wanted()
    events = schedule(viewer, **wanted) if wanted else no_events()
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    lines = [held(e, started=started(request, e)) for e in page.object_list]
    context = {
        "form": form,
        "page": page,
        "lines": lines,
        "wanted": wanted,
        "count": page.paginator.count,
        "words": _dates(wanted) if wanted else "",
    }
    return render(request, "supervision/session_schedule.html", context)


def _dates(wanted: dict[str, Any]) -> str:
    return f"From {short_day(wanted['first'])} to {short_day(wanted['last'])}"


def session_cancel(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Cancels a session with everybody's place, after saying how many there are."""
    event = load_to_run(request, public_id)
    form = ActionForm(posted(request))
    if request.method == "POST":
        try:
            return send(
                request,
                lambda: cancel_event(event, by=request.user, at=request.at),
                lambda places: _cancelled(request, event, places),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "event": event,
        "day": day(event.local_on),
        "hours": session_hours(event),
        "held": event.held,  # type: ignore[attr-defined]
        "refusal": _refusal(request, event),
    }
    return render(request, "supervision/session_cancel.html", context)


def _cancelled(request: SignedIn, event: Event, places: int) -> Answer:
    told = f" {counted(places, 'place')} cancelled with it." if places else ""
    is_host = event.host_id == request.viewer.person and request.viewer.is_supervisor
    back = "diary" if is_host else "session_schedule"
    return Answer(reverse(back), f"Session cancelled.{told}")


def _refusal(request: SignedIn, event: Event) -> str:
    """Why this session can no longer be cancelled; empty where it can."""
    try:
        check_cancellable(event, at=request.at)
    except Refused as refused:
        return refused.sentence
    return ""
