"""Calendars to take away: a person's own bookings, and the schedule a lead asks for."""

from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from wellbeing.domain.ical import stream
from wellbeing.forms.calendars import ScheduleForm
from wellbeing.queries.areas import areas_led
from wellbeing.queries.hosts import schedule_hosts
from wellbeing.queries.schedule import own_entries, schedule_entries
from wellbeing.request import SignedIn


def own_calendar(request: SignedIn) -> HttpResponseBase:
    """My bookings and what I hold, as a file for my calendar."""
    entries = own_entries(request.viewer.person, on=request.on, page=_booking_page)
    return _file(stream(entries, name=settings.CALENDAR_WORDING), "my-bookings.ics")


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
    entries = schedule_entries(wanted, on=request.on, page=_session_page)
    return _file(stream(entries, name="RASSO supervision schedule"), "schedule.ics")


def _file(pieces: Iterator[bytes], name: str) -> HttpResponse | StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _booking_page(public_id: UUID) -> str:
    return settings.SITE_ORIGIN + reverse("booking_detail", args=[public_id])


def _session_page(public_id: UUID) -> str:
    return settings.SITE_ORIGIN + reverse("session_detail", args=[public_id])
