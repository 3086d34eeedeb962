"""Calendars to take away: a person's own bookings, and the schedule a lead asks for."""

from collections.abc import Iterator

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from wellbeing.domain.ical import published, stream
from wellbeing.forms.calendars import ScheduleForm
from wellbeing.operations.stored_entries import vevents
from wellbeing.presenters.calendars import PAGES
from wellbeing.queries.areas import areas_led
from wellbeing.queries.hosts import schedule_hosts
from wellbeing.queries.own_calendar import own_entries
from wellbeing.queries.schedule import schedule_window
from wellbeing.queries.wording import wording_of
from wellbeing.request import SignedIn


def own_calendar(request: SignedIn) -> HttpResponseBase:
    """My bookings and what I hold, as a file for my calendar."""
    person = request.viewer.person
    entries = own_entries(person, on=request.on, pages=PAGES)
    return _file(stream(entries, name=wording_of(person).text), "my-bookings.ics")


def schedule(request: SignedIn) -> HttpResponseBase:
    """A lead's schedule: choose Area, host and dates, and take it away."""
    viewer = request.viewer
    if not viewer.is_lead:
        raise Http404
    areas = areas_led(viewer)
    form = ScheduleForm(
        request.GET if "download" in request.GET else None,
        areas=areas,
        hosts=schedule_hosts(),
        on=request.on,
    )
    if not form.is_valid():
        return render(request, "wellbeing/schedule.html", {"form": form})
    wanted = form.wanted(led=None if viewer.is_national_lead else viewer.led_areas)
    window = schedule_window(wanted, on=request.on)
    pieces = published(vevents(window, PAGES), name="RASSO supervision schedule")
    return _file(pieces, "schedule.ics")


def _file(pieces: Iterator[bytes], name: str) -> HttpResponse | StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
