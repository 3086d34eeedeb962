"""What is done by the clock: which jobs are due, and the reminders that are written then."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef

from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, Event, Message, TimedJob

from .outbox import tell_once
from .transaction import operation

# A reminder missed for longer than this is not made up for: the day it was about is gone.
RECORD_WEEKS = 8


@operation
def start_due_jobs(every: Mapping[str, int], *, at: datetime) -> list[str]:
    """Names of the jobs whose time has come; each is put off at once by its seconds.

    So of several workers one starts it, and a run that was missed is made up for once.
    """
    rows = TimedJob.objects.select_for_update(no_key=True)
    held = {job.name: job for job in rows.filter(name__in=every)}
    started = []
    for name, seconds in every.items():
        job = held.get(name) or TimedJob(name=name, due_at=at)
        if job.due_at <= at:
            job.started_at, job.due_at = at, at + timedelta(seconds=seconds)
            job.save()
            started.append(name)
    return started


@operation
def write_reminders(*, at: datetime) -> int:
    """Reminders of booked places, 7 days and 1 day before the start; how many are new.

    Found by what is true now: a place given up is not reminded of, a session moved is
    reminded of anew, and a run that was missed is caught up while the start is ahead.
    """
    written = 0
    longest = at + timedelta(days=max(settings.REMINDER_DAYS))
    ahead = Booking.objects.filter(
        status=BookingStatus.BOOKED,
        event__status=EventStatus.PUBLISHED,
        event__start_at__gt=at,
        event__start_at__lte=longest,
    ).select_related("event")
    for days in settings.REMINDER_DAYS:
        until = at + timedelta(days=days)
        near = [b for b in ahead if b.event.start_at and b.event.start_at <= until]
        written += tell_once(_reminder(b, days, at) for b in near if _was_booked(b, days))
    return written


def _was_booked(booking: Booking, days: int) -> bool:
    """Whoever booked later than that has only just been told."""
    assert booking.event.start_at is not None
    return booking.created_at <= booking.event.start_at - timedelta(days=days)


def _reminder(booking: Booking, days: int, at: datetime) -> Message:
    assert booking.event.start_at is not None
    start = booking.event.start_at.isoformat()
    return Message(
        person_id=booking.person_id,
        kind=MessageKind.REMINDER,
        event=booking.event,
        booking=booking,
        key=f"reminder:{booking.pk}:{start}:{days}",
        created_at=at,
        due_at=at,
    )


@operation
def ask_hosts_to_record(*, at: datetime) -> int:
    """Once a session, from nine the next morning: somebody booked has no outcome yet."""
    unsaid = Booking.objects.filter(event=OuterRef("pk"), status=BookingStatus.BOOKED)
    local = at.astimezone(LONDON)
    before = local.date() - timedelta(days=0 if local.hour >= 9 else 1)
    events = Event.objects.filter(
        Exists(unsaid),
        kind=EventKind.SUPERVISION,
        status=EventStatus.PUBLISHED,
        local_on__lt=before,
        local_on__gte=before - timedelta(weeks=RECORD_WEEKS),
        host__isnull=False,
    ).select_related("host")
    return tell_once(
        Message(
            person=event.host,
            kind=MessageKind.HOST_TO_RECORD,
            event=event,
            key=f"to_record:{event.pk}",
            created_at=at,
            due_at=at,
        )
        for event in events
    )
