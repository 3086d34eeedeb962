"""What the worker does by the clock for the service on top (settings.TIMED_JOBS)."""

from datetime import timedelta

from django.utils import timezone

from supervision.operations.actions import close_what_recovered
from supervision.operations.announcements import write_announcements
from supervision.operations.cover import build_marked
from supervision.operations.cover_months import add_up_months as add_up
from supervision.operations.lapses import end_all_that_is_over
from supervision.operations.nudges import write_nudges
from supervision.operations.registration_warnings import write_registration_warnings
from supervision.operations.releases import release_last_month as release
from wellbeing.domain.local_time import LONDON

# Nobody is written to of what is due before the working day.
FIRST_HOUR = 8
# No mark is older, even where the worker stood still: only then are sessions of these days asked about.
MARKED_FOR = timedelta(days=30)


def nudge() -> None:
    """Due soon, overdue, back from a long absence: to the person themself and nobody else."""
    at = timezone.now()
    if at.astimezone(LONDON).hour >= FIRST_HOUR:
        write_nudges(at=at)


def warn_of_endings() -> None:
    """Registrations and indemnities that end soon: to the supervisor and the leads."""
    at = timezone.now()
    if at.astimezone(LONDON).hour >= FIRST_HOUR:
        write_registration_warnings(at=at)


def build_cover() -> None:
    """Builds the cover of everybody whose facts have changed and who is marked for it."""
    build_marked(since=timezone.localdate() - MARKED_FOR)


def add_up_months() -> None:
    """Adds up the month-ends of the trend."""
    add_up(at=timezone.now())


def release_last_month() -> None:
    """Freezes the figures of the month-end that is past, for readers who may not see names."""
    at = timezone.now()
    if at.astimezone(LONDON).hour >= FIRST_HOUR:
        release(at=at)


def announce_reports() -> None:
    """To leads who asked for it, that a report is there."""
    at = timezone.now()
    if at.astimezone(LONDON).hour >= FIRST_HOUR:
        write_announcements(at=at)


def close_actions() -> None:
    """Actions whose measure has recovered on two month-ends."""
    close_what_recovered(at=timezone.now())


def end_what_is_over() -> None:
    """Agreements and groups of people who have left and of supervisors who are gone."""
    at = timezone.now()
    if at.astimezone(LONDON).hour >= FIRST_HOUR:
        end_all_that_is_over(at=at)
