"""Two who publish the same hours at once, on connections of their own: each slot is made once."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from supervision.domain.hours import Proposal
from supervision.models import MadeSlot
from supervision.operations.publishing import publish_hours
from tests.conftest import NOW, TODAY, Cast
from tests.hours import make_hours
from tests.wellbeing.test_booking_races import race
from wellbeing.models import Event
from wellbeing.operations.series import change_following, details_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_hours_published_at_once_make_each_session_once(cast: Cast) -> None:
    make_hours(cast.supervisor)

    def publish() -> Proposal:
        return publish_hours(cast.supervisor, first=TODAY, weeks=2, by=cast.lead, at=NOW)

    done: list[Any] = race([publish] * 4)
    assert sorted(len(one.slots) for one in done) == [0, 0, 0, 4]
    assert sorted(one.already for one in done) == [0, 4, 4, 4]
    assert (Event.objects.count(), MadeSlot.objects.count()) == (4, 4)


def test_series_moved_and_published_into_at_once_overlaps_nothing(cast: Cast) -> None:
    """Whoever comes second finds what the first left, and is refused or leaves out."""
    make_hours(cast.supervisor, ends=10)
    publish_hours(cast.supervisor, first=TODAY, weeks=2, by=cast.lead, at=NOW)
    make_hours(cast.supervisor, starts=15, ends=16)
    event = Event.objects.earliest("start_at")
    moved = replace(details_of(event, frozenset()), at=time(15))

    def move() -> int:
        return change_following(event, moved, host=cast.supervisor, by=cast.supervisor, at=NOW)

    def publish() -> Proposal:
        return publish_hours(cast.supervisor, first=TODAY, weeks=2, by=cast.lead, at=NOW)

    race([move, publish])
    rows = list(Event.objects.order_by("start_at").values_list("start_at", "end_at"))
    assert all(a[1] <= b[0] for a, b in zip(rows, rows[1:], strict=False))
