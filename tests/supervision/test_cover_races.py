"""What is stored of cover, and what a report adds up, while somebody else is writing."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction

from supervision.models import StaleCover
from supervision.operations.cover import build_marked
from supervision.operations.cover_months import add_up_months
from supervision.operations.imports import sessions
from supervision.operations.imports.supervisors import import_supervisors
from supervision.queries import stored_cover
from supervision.queries.one_moment import one_moment
from supervision.queries.stored_cover import StoredCover, Where
from supervision.queries.verify_cover import differences
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.csv_file import FileFaults
from wellbeing.domain.roles import Strand
from wellbeing.models import BookingMove, Posting, Unit
from wellbeing.operations.absences import enter_absence
from wellbeing.operations.attendance import record_attendance
from wellbeing.operations.imports.frame import Taking

from .test_cover_kept_true import take, wrong_months

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
HEAD = (
    "email,name,areas,hours_per_day,hours_per_week,register,registration_number,"
    "registered_from,registered_to,indemnity_to"
)
only_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="on SQLite one waits for the other"
)


def beside(work: Callable[[], object]) -> threading.Thread:
    """Begins it on a connection of its own; whoever asks waits for its end by `join`."""

    def run() -> None:
        try:
            with time_machine.travel(NOW, tick=False):
                work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def posting(cast: Cast, unit: Unit, first: date | None, last: date | None) -> dict[str, Any]:
    """A row of the staff list about the prosecutor; without a first day the posting they have."""
    person = cast.prosecutor
    held = Posting.objects.get(person=person)
    return {
        "staff_number": person.staff_number,
        "name": person.name,
        "email": person.email,
        "job_role": "prosecutor",
        "area": unit.area.name,
        "unit": unit.name,
        "line_manager": None,
        "posting_start": first or held.start_on,
        "posting_end": last,
    }


def to_the_end(work: Callable[[], object]) -> None:
    thread = beside(work)
    thread.join(20)
    assert not thread.is_alive()


@pytest.mark.parametrize("moment", [one_moment, nullcontext])
def test_a_transfer_in_the_middle_of_a_report_is_in_all_of_it_or_in_none(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, moment: Any
) -> None:
    build_marked()
    real, calls = stored_cover._sums, []

    def moves() -> None:
        take("people", [posting(cast, cast.unit, None, TODAY - 10 * DAY),
                        posting(cast, cast.elsewhere, TODAY - 9 * DAY, None)])  # fmt: skip

    def sums(*args: Any) -> Any:
        found = list(real(*args))
        calls.append(1)
        if len(calls) == 1:
            to_the_end(moves)
        return found

    monkeypatch.setattr(stored_cover, "_sums", sums)
    with moment():
        found = StoredCover(Where(Strand.SUPERVISION, frozenset({cast.unit.pk}))).periods(
            TODAY - 29 * DAY, TODAY
        )
    days = sum(tally.person_days for tally in found.values())
    # Without it the count is of two states, so that the test tells the one from the other.
    assert (days == 3 * 30) is (moment is one_moment)
    assert not connection.in_atomic_block


def test_nothing_is_written_within_one_moment_on_postgresql(cast: Cast) -> None:
    if connection.vendor == "postgresql":
        with pytest.raises(Exception, match="read-only"), one_moment():
            make.mark_stale(cast.prosecutor)
    before = StaleCover.objects.count()
    with one_moment():
        assert StaleCover.objects.count() == before
        to_the_end(lambda: make.mark_stale(cast.manager))
        assert StaleCover.objects.count() == before
    assert StaleCover.objects.count() == before + 1
    # Whoever writes next begins as a writer again.
    with transaction.atomic():
        make.mark_stale(cast.prosecutor)


@only_postgresql
def test_a_month_end_made_while_a_change_is_not_committed_is_not_filled_yet(cast: Cast) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - 40 * DAY)
    build_marked()
    with transaction.atomic():
        enter_absence(
            cast.prosecutor,
            start_on=TODAY - 30 * DAY,
            end_on=TODAY - DAY,
            by=cast.manager,
            at=NOW,
        )
        to_the_end(lambda: add_up_months(at=NOW))
    assert wrong_months() == []
    assert add_up_months(at=NOW) > 0
    assert wrong_months() == []


@only_postgresql
@pytest.mark.parametrize("status", [BookingStatus.MISSED, BookingStatus.BOOKED])
def test_who_came_is_recorded_while_the_registration_is_corrected(
    cast: Cast, status: BookingStatus
) -> None:
    host = cast.supervisor
    event = make.make_event(host, TODAY - 5 * DAY)
    booking = make.make_booking(event, cast.prosecutor, status)
    build_marked()
    until = TODAY - 10 * DAY
    row = f"{host.email},{host.name},,6,24,BACP,B{host.pk},2020-01-06,{until},"
    with transaction.atomic():
        import_supervisors(f"{HEAD}\n{row}\n".encode(), taking=Taking(by=cast.lead, at=NOW))
        recording = beside(
            lambda: record_attendance(
                event, {booking.pk: True}, by=cast.lead, at=NOW, as_lead=True
            )
        )
        # It waits for the supervisor's row.
        recording.join(1)
        assert recording.is_alive()
    recording.join(20)
    booking.refresh_from_db()
    assert booking.status == BookingStatus.ATTENDED
    build_marked()
    assert list(differences(TODAY, Strand.SUPERVISION)) == []


@only_postgresql
def test_a_file_overwrites_nothing_that_was_recorded_after_its_check(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make.make_event(cast.supervisor, TODAY - 5 * DAY)
    booking = make.make_booking(event, cast.prosecutor, BookingStatus.BOOKED)
    real = sessions.write_sessions

    def later(taking: Taking) -> None:
        came = {booking.pk: True}
        to_the_end(lambda: record_attendance(event, came, by=cast.supervisor, at=NOW))
        real(taking)

    monkeypatch.setattr(sessions, "write_sessions", later)
    head = "staff_number,strand,date,start,minutes,outcome,host"
    number, host = cast.prosecutor.staff_number, cast.supervisor.email
    row = f"{number},supervision,{event.local_on},14:00,60,missed,{host}"
    with pytest.raises(FileFaults) as told:
        sessions.import_sessions(
            f"{head}\n{row}\n".encode(), taking=Taking(by=cast.lead, at=NOW)
        )
    (fault,) = told.value.faults
    assert "while the file was taken in" in fault.problem
    booking.refresh_from_db()
    assert booking.status == BookingStatus.ATTENDED
    moves = BookingMove.as_recorded.filter(booking=booking).order_by("pk")
    assert list(moves.values_list("after", flat=True)) == ["booked", "attended"]
