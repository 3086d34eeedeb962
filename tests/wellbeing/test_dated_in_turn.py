"""Two people act at nearly the same time: whoever is dated first may write last.

The instant of a write is read before its locks are waited for. A fact that was recorded
meanwhile must not be closed before it was recorded, or no report would ever have known it.
"""

from datetime import timedelta

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import CancelReason
from wellbeing.models import Absence, BookingMove
from wellbeing.operations.absences import end_absence, enter_absence
from wellbeing.operations.bookings import book, cancel
from wellbeing.operations.waiting import wait

MOMENT = timedelta(milliseconds=20)


def test_a_step_dated_before_the_one_it_follows_is_dated_by_that_one(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TODAY + timedelta(days=7))
    held = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    waiting = wait(event, person=cast.paralegal, by=cast.paralegal, at=NOW + 2 * MOMENT)
    # Sent before the other had asked to wait, and the event's lock was free only after.
    cancel(held, reason=CancelReason.COURT, by=cast.prosecutor, at=NOW + MOMENT)
    moves = BookingMove.as_recorded.filter(booking=waiting)
    begun, offered = moves.order_by("pk")
    assert (begun.after, offered.after) == ("waiting", "offered")
    assert begun.superseded_at == offered.recorded_at == NOW + 2 * MOMENT
    for at in (NOW + 2 * MOMENT, NOW + 3 * MOMENT):
        assert [m.after for m in moves.known_at(at)] == ["offered"]
    assert not moves.known_at(NOW + MOMENT).exists()


def test_a_fact_is_not_closed_before_it_was_recorded(cast: Cast) -> None:
    later = NOW + MOMENT
    absence = enter_absence(
        cast.prosecutor, start_on=TODAY, end_on=None, by=cast.manager, at=later
    )
    end_absence(absence, end_on=TODAY, by=cast.manager, at=NOW)
    closed = Absence.as_recorded.get(pk=absence.pk)
    assert closed.superseded_at == closed.recorded_at == later
