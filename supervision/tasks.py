"""What the worker does by the clock for the service on top (settings.TIMED_JOBS)."""

from django.utils import timezone

from supervision.operations.nudges import write_nudges
from wellbeing.domain.local_time import LONDON

# Nobody is written to of what is due before the working day.
FIRST_HOUR = 8


def nudge() -> None:
    """Due soon, overdue, back from a long absence: to the person themself and nobody else."""
    at = timezone.now()
    if at.astimezone(LONDON).hour >= FIRST_HOUR:
        write_nudges(at=at)
