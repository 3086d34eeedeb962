"""What the service ends by itself, where one of the two is no longer there (docs/decisions/0012)."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Model

from supervision.queries.lapses import agreements_to_end, groups_to_close, members_to_end
from wellbeing.domain.local_time import local_day
from wellbeing.domain.refusals import Refused

from .agreements import end_if_over
from .group_endings import close_if_over, end_membership_if_over


def end_all_that_is_over(*, at: datetime) -> int:
    """How much was ended. One transaction each, and each asks again once it holds its locks.

    What somebody changes at the same moment is left to the next run.
    """
    on = local_day(at)
    ended = sum(_done(end_if_over, agreement, at) for agreement in agreements_to_end(on))
    ended += sum(_done(end_membership_if_over, member, at) for member in members_to_end(on))
    return ended + sum(_done(close_if_over, group, at) for group in groups_to_close(on))


def _done(act: Callable[..., bool], row: Model, at: datetime) -> bool:
    try:
        return act(row, at=at)
    except Refused:
        return False
