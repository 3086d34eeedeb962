"""What the worker does by the clock (settings.TIMED_JOBS); docs/jobs.md lists it for operators.

Each job asks the database what is to be done now, so that one that was missed is made up
for by the next, and one that runs twice does nothing twice.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from wellbeing.operations.busy_calendars import refresh_busy_calendar
from wellbeing.operations.delivery import deliver, forget_messages
from wellbeing.operations.feeds import stop_ended_feeds
from wellbeing.operations.once import forget_forms
from wellbeing.operations.seats import expire_offers
from wellbeing.operations.timed import ask_hosts_to_record, start_due_jobs, write_reminders
from wellbeing.queries.busy_times import calendars_to_read
from wellbeing.queries.jobs import is_any_job_due

from .letters import send

log = logging.getLogger(__name__)


@task()
def run_job(name: str) -> None:
    """Does one timed job, by its name in the settings."""
    _, path, _ = settings.TIMED_JOBS[name]
    import_string(path)()


@task()
def read_busy_calendar(calendar: int) -> None:
    """Fetches one calendar, by its primary key, whose owner waits for it."""
    refresh_busy_calendar(calendar, at=timezone.now())


def enqueue_due_jobs() -> int:
    """Hands the jobs whose time has come to the queue; how many."""
    at = timezone.now()
    every = {
        name: seconds
        for name, (seconds, _, only_if) in settings.TIMED_JOBS.items()
        if not only_if or import_string(only_if)(at)
    }
    names = start_due_jobs(every, at=at) if is_any_job_due(every, at) else []
    for name in names:
        run_job.enqueue(name)
    return len(names)


def deliver_messages() -> None:
    """Sends what is in the outbox."""
    deliver(send, timezone.now)


def expire_ended_offers() -> None:
    """Frees the seats of offers that have ended, and passes them on."""
    expire_offers(at=timezone.now())


def remind() -> None:
    """Writes reminders of what is coming, and asks hosts who came."""
    at = timezone.now()
    write_reminders(at=at)
    ask_hosts_to_record(at=at)


def read_busy_calendars() -> None:
    """Fetches people's own calendars that were not tried for a while, one after the other."""
    before = timezone.now() - timedelta(seconds=settings.BUSY_CALENDAR_SECONDS)
    for calendar in calendars_to_read(before):
        try:
            refresh_busy_calendar(calendar, at=timezone.now())
        except Exception:  # whatever it is, the other calendars must be read
            log.exception("A calendar elsewhere could not be read")


def stop_feeds() -> None:
    """Stops the calendar addresses of whoever has left, or leads no more."""
    at = timezone.now()
    stop_ended_feeds(on=timezone.localdate(at), at=at)


def forget() -> None:
    """Deletes what is kept for a while only: forms sent, messages, finished tasks, sessions."""
    at = timezone.now()
    forget_forms(at=at)
    forget_messages(at=at)
    call_command("prune_db_task_results", verbosity=0)
    call_command("clearsessions", verbosity=0)
