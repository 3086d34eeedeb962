"""What the clock starts, and the reminders that are written then: once each, and caught up."""

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils.module_loading import import_string

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.messages import MessageKind
from wellbeing.models import Booking, Event, Message, TimedJob
from wellbeing.operations.bookings import cancel
from wellbeing.operations.timed import ask_hosts_to_record, start_due_jobs, write_reminders
from wellbeing.tasks import jobs

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_each_job_starts_when_it_is_due_and_by_one_worker_alone(db: None) -> None:
    every = {"often": 60, "seldom": 3600}
    assert start_due_jobs(every, at=NOW) == ["often", "seldom"]
    assert start_due_jobs(every, at=NOW) == []
    assert start_due_jobs(every, at=NOW + timedelta(seconds=60)) == ["often"]
    assert start_due_jobs(every, at=NOW + HOUR) == ["often", "seldom"]


def test_job_missed_for_days_is_made_up_for_once(db: None) -> None:
    start_due_jobs({"job": 60}, at=NOW)
    assert start_due_jobs({"job": 60}, at=NOW + 3 * DAY) == ["job"]
    assert start_due_jobs({"job": 60}, at=NOW + 3 * DAY) == []


def test_every_job_of_the_settings_is_there(db: None) -> None:
    for _, path, only_if in django_settings.TIMED_JOBS.values():
        assert callable(import_string(path))
        assert not only_if or callable(import_string(only_if))


def test_every_job_is_in_the_operators_guide() -> None:
    guide = (django_settings.BASE_DIR / "docs" / "jobs.md").read_text()
    listed = re.findall(r"^\| `(\w+)` \|", guide, re.MULTILINE)
    assert listed == list(django_settings.TIMED_JOBS)


def test_the_clock_does_all_that_is_due(cast: Cast, mailoutbox: list[Any]) -> None:
    event = make.make_event(cast.supervisor, TODAY + DAY, time(9))
    ended = make.make_booking(event, cast.prosecutor, BookingStatus.OFFERED)
    Booking.objects.filter(pk=ended.pk).update(offer_ends_at=NOW - HOUR)
    assert jobs.enqueue_due_jobs() == len(django_settings.TIMED_JOBS) - 1
    ended.refresh_from_db()
    assert ended.status == BookingStatus.EXPIRED
    # Nudges and reminders were written after the first delivery: the next look sends them.
    TimedJob.objects.all().delete()
    jobs.enqueue_due_jobs()
    assert {m.to[0] for m in mailoutbox} >= {cast.prosecutor.email, cast.paralegal.email}


def test_jobs_with_nothing_to_do_are_not_started(db: None) -> None:
    jobs.enqueue_due_jobs()
    started = set(TimedJob.objects.values_list("name", flat=True))
    idle = {"deliver_messages", "expire_offers", "build_cover"}
    assert started == set(django_settings.TIMED_JOBS) - idle


@pytest.fixture
def booked(cast: Cast) -> Booking:
    """In ten days, booked a month before."""
    event = make.make_event(cast.supervisor, TODAY + 10 * DAY, time(10))
    booking = make.make_booking(event, cast.prosecutor)
    Booking.objects.filter(pk=booking.pk).update(created_at=NOW - 30 * DAY)
    booking.refresh_from_db()
    return booking


def reminders(days: float) -> int:
    """How many are written so many days after now."""
    return write_reminders(at=NOW + days * DAY)


def test_reminds_seven_days_and_one_day_before_and_once_each(booked: Booking) -> None:
    assert [reminders(d) for d in (2.9, 3, 3.1, 8.9, 9, 9.1)] == [0, 1, 0, 0, 1, 0]


def test_missed_run_is_caught_up_while_the_start_is_ahead(booked: Booking) -> None:
    assert reminders(5) == 1
    assert reminders(9.9) == 1
    assert reminders(10) == 0


def test_only_what_is_booked_is_reminded_of(cast: Cast, booked: Booking) -> None:
    cancel(booked, reason=CancelReason.COURT, by=cast.prosecutor, at=NOW)
    assert reminders(3) == 0


def test_moved_session_is_reminded_of_anew(booked: Booking) -> None:
    assert reminders(3) == 1
    event = booked.event
    assert event.start_at is not None
    assert event.end_at is not None
    later = {"start_at": event.start_at + 2 * DAY, "end_at": event.end_at + 2 * DAY}
    Event.objects.filter(pk=event.pk).update(**later)
    assert [reminders(d) for d in (4, 5)] == [0, 1]


def test_who_booked_within_the_week_is_not_reminded_of_the_week(booked: Booking) -> None:
    Booking.objects.filter(pk=booked.pk).update(created_at=NOW + 4 * DAY)
    assert [reminders(d) for d in (5, 9)] == [0, 1]


def at_hour(days: int, hour: int) -> datetime:
    return datetime.combine(TODAY + days * DAY, time(hour), LONDON)


def test_host_is_asked_once_who_came_from_nine_the_next_morning(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(14))
    make.make_booking(event, cast.prosecutor)
    make.make_event(cast.supervisor, TODAY, time(16))
    asked = [
        ask_hosts_to_record(at=at_hour(d, h)) for d, h in ((0, 23), (1, 8), (1, 9), (2, 9))
    ]
    assert asked == [0, 0, 1, 0]
    message = Message.objects.get(kind=MessageKind.HOST_TO_RECORD)
    assert (message.person, message.event) == (cast.supervisor, event)


def test_host_who_has_said_who_came_is_not_asked(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9))
    make.make_booking(event, cast.prosecutor, BookingStatus.ATTENDED)
    assert ask_hosts_to_record(at=at_hour(1, 9)) == 0
