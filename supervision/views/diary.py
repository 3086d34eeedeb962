"""For those who hold sessions: the diary, and the register of who came."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.sessions import TapForm
from supervision.presenters.register import register_lines
from supervision.presenters.sessions import by_day, kind_words, session_hours
from supervision.queries.diary import hosted, to_record
from supervision.views.running import back_from, held_lines, load_to_run, started
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, Event
from wellbeing.operations.attendance import record_attendance
from wellbeing.operations.once import Answer
from wellbeing.presenters.dates import counted, day
from wellbeing.queries.bookings import first_recorded, readable_register
from wellbeing.queries.events import areas_of
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send

PER_PAGE = 50
WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)


def diary(request: SignedIn) -> HttpResponse:
    """A host's own sessions: what is to record, today, the week, what comes later."""
    if not request.viewer.is_supervisor:
        raise Http404
    person, on = request.viewer.person, request.on
    later = hosted(person, on + WEEK + ONE_DAY, None)
    page = Paginator(later, PER_PAGE).get_page(request.GET.get("page"))
    soon = held_lines(request, hosted(person, on, on + WEEK))
    context = {
        "to_record": held_lines(request, to_record(person, on)),
        "today": [line for line in soon if line.on == on],
        "week": by_day(line for line in soon if line.on > on),
        "week_count": sum(line.on > on for line in soon),
        "later": by_day(held_lines(request, page.object_list)),
        "page": page,
    }
    return render(request, "supervision/diary.html", context)


def session_register(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Who came: one tap a person, or one for all; a slip is put right the same way."""
    event = load_to_run(request, public_id)
    as_lead = request.viewer.leads_all(areas_of(event))
    bookings = _readable(request, event)
    form = TapForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _tap(request, event, bookings, form, as_lead=as_lead)
        except Refused as refused:
            form.refuse(refused)
            bookings = _readable(request, event)
    return render(
        request,
        "supervision/session_register.html",
        {"form": form, **_register(request, event, bookings, as_lead=as_lead)},
    )


def _readable(request: SignedIn, event: Event) -> list[Booking]:
    return readable_register(request.viewer, event, at=request.at, on=request.on)


def _register(
    request: SignedIn, event: Event, bookings: list[Booking], *, as_lead: bool
) -> dict[str, object]:
    is_started = started(request, event)
    lines = register_lines(
        bookings,
        first_recorded(bookings),
        at=request.at,
        started=is_started,
        within=timedelta(hours=settings.PUT_RIGHT_HOURS),
        as_lead=as_lead,
    )
    booked = sum(b.status == BookingStatus.BOOKED for b in bookings)
    held: int = event.held  # type: ignore[attr-defined]
    return {
        **back_from(request, event, runs=True),
        "event": event,
        "day": day(event.local_on),
        "hours": session_hours(event),
        "kind": kind_words(event),
        "lines": lines,
        "booked": booked,
        "unnamed": held - len(lines),
        "started": is_started,
        "is_open": any(line.came or line.missed for line in lines),
        "put_right_hours": settings.PUT_RIGHT_HOURS,
        "may_cancel": event.status == "published" and booked == held,
    }


def _tap(
    request: SignedIn, event: Event, bookings: list[Booking], form: TapForm, *, as_lead: bool
) -> HttpResponse:
    who, came = form.cleaned_data["tap"]
    if who is None:
        chosen = [b for b in bookings if b.status == BookingStatus.BOOKED]
    else:
        chosen = [b for b in bookings if b.public_id == who]
        if not chosen:
            raise Http404
    outcomes, by, at = {b.pk: came for b in chosen}, request.user, request.at
    return send(
        request,
        lambda: record_attendance(event, outcomes, by=by, at=at, as_lead=as_lead),
        lambda changed: _recorded(event, chosen, changed, came=came),
    )


def _recorded(event: Event, chosen: list[Booking], changed: int, *, came: bool) -> Answer:
    who = chosen[0].person.name if len(chosen) == 1 else counted(changed, "person", "people")
    words = f"{who}: {'came' if came else 'did not come'}." if changed else ""
    return Answer(reverse("session_register", args=[event.public_id]), words)
