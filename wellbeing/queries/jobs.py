"""Which timed jobs are due, asked without a lock."""

from collections.abc import Collection
from datetime import datetime

from wellbeing.models import TimedJob


def is_any_job_due(names: Collection[str], at: datetime) -> bool:
    """True where one of them is due, or was never looked at."""
    waiting = TimedJob.objects.filter(name__in=names, due_at__gt=at).count()
    return waiting < len(names)
