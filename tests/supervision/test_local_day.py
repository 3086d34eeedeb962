"""Cover reads London's day of a session, not the day of its instant."""

from datetime import date, time

import pytest

from supervision.queries.standings import standings_on
from tests import factories as make
from tests.conftest import Cast
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import Strand

# (London's day and time, the UTC day its instant falls on)
NIGHTS = [
    (date(2026, 3, 29), time(0, 30), date(2026, 3, 29)),  # before the clocks go forward
    (date(2026, 3, 29), time(23, 30), date(2026, 3, 29)),
    (date(2026, 3, 30), time(0, 30), date(2026, 3, 29)),
    (date(2026, 10, 25), time(0, 30), date(2026, 10, 24)),  # before they go back
    (date(2026, 10, 25), time(23, 30), date(2026, 10, 25)),
    (date(2026, 10, 26), time(0, 30), date(2026, 10, 26)),
]


@pytest.mark.parametrize(("on", "at", "utc_day"), NIGHTS)
def test_session_near_midnight_counts_on_londons_day(
    cast: Cast, on: date, at: time, utc_day: date
) -> None:
    event = make.make_event(cast.supervisor, on, at, minutes=20)
    make.make_booking(event, cast.prosecutor, BookingStatus.ATTENDED)
    assert event.start_at is not None
    assert event.start_at.date() == utc_day
    me = cast.prosecutor.pk
    assert standings_on(on, Strand.SUPERVISION, [me])[me].last_counted_on == on
