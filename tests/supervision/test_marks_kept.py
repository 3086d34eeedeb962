"""A mark stands for everybody who will be there too: forecasts of a group's others are built again."""

from datetime import date, timedelta

import pytest

from supervision.domain.spans import Version
from supervision.models import StaleCover, StoredSpan
from supervision.operations import cover as kept
from supervision.operations.cover import build_marked, mark
from supervision.queries.stored_cover import StoredCover, Where
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.roles import Strand
from wellbeing.models import Person
from wellbeing.operations.absences import enter_absence
from wellbeing.operations.bookings import cancel

from .built_anew import different

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def shared_time(cast: Cast) -> None:
    """Minutes are shared by whoever comes, and 45 each are needed to count."""
    make.make_policy(least_credited_minutes=45, effective_from=date(2021, 1, 1))


def forecast(person: Person) -> list[tuple[date, date]]:
    rows = StoredSpan.objects.filter(person=person, strand="supervision")
    rows = rows.exclude(version=Version.RECORDED)
    return sorted(rows.values_list("start_on", "anchor_on"))


def test_what_is_built_at_once_takes_no_mark_away(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TODAY + 7 * DAY, capacity=3)
    make.make_booking(event, cast.prosecutor)
    second = make.make_booking(event, cast.paralegal)
    build_marked(since=TODAY)
    together = forecast(cast.prosecutor)
    cancel(second, reason=CancelReason.COURT, by=cast.paralegal, at=NOW)
    first, last = TODAY + 30 * DAY, TODAY + 31 * DAY
    enter_absence(cast.paralegal, start_on=first, end_on=last, by=cast.manager, at=NOW)
    assert cast.paralegal.pk in set(StaleCover.objects.values_list("person", flat=True))
    build_marked(since=TODAY)
    assert not StaleCover.objects.exists()
    assert different() == []
    assert forecast(cast.prosecutor) != together


def test_who_is_built_beside_another_keeps_the_mark(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "AT_ONCE", 1)
    first, between, last = (make.make_staff(name, cast.unit) for name in "ABC")
    soon = make.make_event(cast.supervisor, TODAY + 3 * DAY, capacity=3)
    later = make.make_event(cast.supervisor, TODAY + 7 * DAY, capacity=3)
    for person, event in ((first, soon), (between, soon), (last, later)):
        make.make_booking(event, person)
    given_up = make.make_booking(later, between)
    build_marked(since=TODAY)
    assert different() == []
    cancel(given_up, reason=CancelReason.COURT, by=between, at=NOW)
    mark([first.pk])
    build_marked(since=TODAY)
    assert different() == []


def test_half_a_register_forecasts_with_whoever_is_still_booked(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TODAY - 2 * DAY, capacity=3)
    make.make_booking(event, cast.prosecutor, BookingStatus.ATTENDED)
    make.make_booking(event, make.make_staff("Other", cast.unit), BookingStatus.BOOKED)
    where = Where(
        Strand.SUPERVISION,
        people=frozenset({cast.prosecutor.pk}),
        version=Version.FORECAST,
    )

    def never_seen() -> list[int]:
        build_marked()
        found = StoredCover(where).tallies(TODAY + DAY)
        return [tally.never_seen for tally in found.values()]

    assert never_seen() == [1]
    # Whether they have another booking, far ahead, makes no difference.
    make.make_booking(make.make_event(cast.supervisor, TODAY + 200 * DAY), cast.prosecutor)
    assert never_seen() == [1]
