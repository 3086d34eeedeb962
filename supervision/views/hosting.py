"""For those who hold sessions and those who plan them: publish, diary, register, cancel."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from supervision.forms.sessions import PublishForm, ScheduleFilter, TapForm
from supervision.presenters.sessions import by_day, held, kind_words, session_hours
from supervision.queries.diary import hosted, no_events, schedule, supervisors, to_record
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.forms.govuk import ActionForm
from wellbeing.models import Event
from wellbeing.operations.attendance import record_attendance
from wellbeing.operations.events import cancel_event, publish
from wellbeing.permissions import can_run_event, check_publish, check_run_event
from wellbeing.presenters.dates import counted, day
from wellbeing.queries.areas import all_areas, areas_led
from wellbeing.queries.events import areas_of, register_of, visible_event
from wellbeing.request import SignedIn, posted

PER_PAGE = 50


def session_publish(request: SignedIn) -> HttpResponse:
    """A lead names any supervisor; a supervisor only themself."""
    viewer = request.viewer
    if not (viewer.is_lead or viewer.is_supervisor):
        raise Http404
    hosts = supervisors()
    form = PublishForm(
        posted(request),
        hosts=hosts if viewer.is_lead else hosts.filter(pk=viewer.person),
        areas=all_areas() if viewer.is_supervisor else areas_led(viewer),
        must_name_area=not viewer.is_national_lead and not viewer.is_supervisor,
    )
    if request.method == "POST" and form.is_valid():
        details, host = form.details(), form.chosen_host()
        check_publish(viewer, host.pk, details.areas)
        try:
            event = publish(details, host=host, by=request.user, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            words = f"Published: {day(event.local_on)}, {session_hours(event)}, {host.name}."
            messages.success(request, words)
            return redirect("session_detail", event.public_id)
    return render(request, "supervision/session_publish.html", {"form": form})


def diary(request: SignedIn) -> HttpResponse:
    """A host's own sessions: what is to record, today, the days ahead."""
    if not request.viewer.is_supervisor:
        raise Http404
    person, on = request.viewer.person, request.on
    ahead = hosted(person, on, on + timedelta(weeks=4))
    lines = [held(e, started=_started(e, request)) for e in ahead]
    context = {
        "to_record": [held(e, started=True) for e in to_record(person, on)],
        "today": [h for h in lines if h.on == on],
        "days": by_day(h for h in lines if h.on > on),
        "count": len(lines),
    }
    return render(request, "supervision/diary.html", context)


def _started(event: Event, request: SignedIn) -> bool:
    return event.start_at is not None and event.start_at <= request.at


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
    lines = [held(e, started=_started(e, request)) for e in page.object_list]
    context = {"form": form, "page": page, "lines": lines, "count": page.paginator.count}
    return render(request, "supervision/session_schedule.html", context)


def _load(request: SignedIn, public_id: UUID) -> Event:
    event = visible_event(request.viewer, public_id, EventKind.SUPERVISION, EventKind.TRAINING)
    if event is None:
        raise Http404
    areas = areas_of(event)
    if not can_run_event(request.viewer, event, areas) and not request.viewer.is_staff:
        raise Http404
    check_run_event(request.viewer, event, areas)
    return event


def session_register(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Who came: one tap a person, or one for all; a slip is put right the same way."""
    event = _load(request, public_id)
    form = TapForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _tap(request, event, form)
        except Refused as refused:
            form.refuse(refused)
    bookings = register_of(event)
    context = {
        "form": form,
        "event": event,
        "day": day(event.local_on),
        "hours": session_hours(event),
        "kind": kind_words(event),
        "bookings": bookings,
        "booked": sum(b.status == BookingStatus.BOOKED for b in bookings),
        "started": _started(event, request),
    }
    return render(request, "supervision/session_register.html", context)


def _tap(request: SignedIn, event: Event, form: TapForm) -> HttpResponse:
    who, came = form.cleaned_data["tap"]
    bookings = register_of(event)
    if who is None:
        chosen = [b for b in bookings if b.status == BookingStatus.BOOKED]
    else:
        chosen = [b for b in bookings if b.public_id == who]
        if not chosen:
            raise Http404
    is_host = event.host_id == request.viewer.person
    changed = record_attendance(
        event,
        {b.pk: came for b in chosen},
        by=request.user,
        at=request.at,
        as_lead=not is_host,
    )
    if changed:
        names = (
            chosen[0].person.name if len(chosen) == 1 else counted(changed, "person", "people")
        )
        messages.success(request, f"{names}: {'came' if came else 'did not come'}.")
    return redirect("session_register", event.public_id)


def session_cancel(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Cancels a session with everybody's place, after saying how many there are."""
    event = _load(request, public_id)
    form = ActionForm()
    if request.method == "POST":
        form = ActionForm({})
        try:
            places = cancel_event(event, by=request.user, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            freed = f" {counted(places, 'place')} cancelled with it." if places else ""
            messages.success(request, f"Session cancelled.{freed}")
            is_host = event.host_id == request.viewer.person
            return redirect(
                "diary" if is_host and request.viewer.is_supervisor else "session_schedule"
            )
    context = {
        "form": form,
        "event": event,
        "day": day(event.local_on),
        "hours": session_hours(event),
        "held": event.held,  # type: ignore[attr-defined]
    }
    return render(request, "supervision/session_cancel.html", context)
