"""Who is written to of their own clock, and how often."""

from datetime import timedelta
from typing import Any

import pytest

from supervision import tasks
from supervision.operations.nudges import write_nudges
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.messages import MessageKind
from wellbeing.models import Message, Person

DAY = timedelta(days=1)
K = MessageKind


@pytest.fixture
def me(cast: Cast) -> Person:
    """Somebody whose clock runs; the others of the cast were seen yesterday."""
    for person in (cast.prosecutor, cast.paralegal, cast.manager):
        make.make_held(person, make.make_supervisor(f"Dr {person}"), TODAY - DAY)
    return make.make_staff("Me", cast.unit)


def seen(person: Person, days_ago: int) -> None:
    make.make_held(person, make.make_supervisor(f"Dr of {days_ago}"), TODAY - days_ago * DAY)


def told(days: int = 0) -> list[str]:
    write_nudges(at=NOW + days * DAY)
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("days_ago", "kinds"),
    [(27, []), (28, [K.DUE_SOON]), (42, [K.DUE_SOON]), (43, [K.OVERDUE])],
)
def test_from_due_soon_on(me: Person, days_ago: int, kinds: list[str]) -> None:
    seen(me, days_ago)
    assert told() == kinds


def test_each_is_written_once_and_overdue_again_each_fortnight(me: Person) -> None:
    seen(me, 30)
    mine = [[k for k in told(d) if k][-1] for d in (0, 1, 13, 14, 27, 28, 41)]
    assert mine[:2] == [K.DUE_SOON, K.DUE_SOON]
    to_me = Message.objects.filter(person=me)
    kinds = list(to_me.order_by("pk").values_list("kind", flat=True))
    assert kinds == [K.DUE_SOON, K.OVERDUE, K.OVERDUE, K.OVERDUE]


@pytest.mark.parametrize("status", [BookingStatus.BOOKED, BookingStatus.OFFERED])
def test_who_has_something_ahead_is_left_alone(
    cast: Cast, me: Person, status: BookingStatus
) -> None:
    seen(me, 60)
    make.make_booking(make.make_event(cast.supervisor, TODAY + DAY), me, status)
    assert told() == []


def test_who_only_waits_is_still_told(cast: Cast, me: Person) -> None:
    seen(me, 60)
    make.make_booking(make.make_event(cast.supervisor, TODAY + DAY), me, BookingStatus.WAITING)
    assert told() == [K.OVERDUE]


@pytest.mark.parametrize(
    ("first", "last", "kinds"),
    [
        (-29, -1, [K.WELCOME_BACK]),
        (-28, -1, [K.OVERDUE]),
        (-50, -14, [K.WELCOME_BACK]),
        (-60, -15, [K.OVERDUE]),
        (-40, 0, []),
        (-40, None, []),
    ],
    ids=["29 days", "28 days", "back 14 days", "back 15 days", "last day away", "still away"],
)
def test_back_from_a_long_absence(
    me: Person, first: int, last: int | None, kinds: list[str]
) -> None:
    seen(me, 120)
    end = None if last is None else TODAY + last * DAY
    make.make_absence(me, TODAY + first * DAY, end)
    assert told() == kinds


def test_absences_that_touch_are_one(me: Person) -> None:
    seen(me, 120)
    make.make_absence(me, TODAY - 40 * DAY, TODAY - 20 * DAY)
    make.make_absence(me, TODAY - 19 * DAY, TODAY - DAY)
    assert told() == [K.WELCOME_BACK]


def test_out_of_scope_is_not_written_to(cast: Cast, me: Person) -> None:
    make.make_staff("Gone", cast.unit, end_on=TODAY - DAY)
    seen(me, 1)
    assert told() == []


def test_nobody_is_nudged_before_eight(me: Person, clock: Any) -> None:
    seen(me, 60)
    clock(NOW.replace(hour=7, minute=59))
    tasks.nudge()
    assert Message.objects.count() == 0
    clock(NOW.replace(hour=8, minute=0))
    tasks.nudge()
    assert Message.objects.count() == 1


@pytest.mark.parametrize("size", [1, 3])
def test_takes_the_same_queries_for_any_number(
    cast: Cast, me: Person, django_assert_num_queries: Any, size: int
) -> None:
    for i in range(size):
        make.make_staff(f"Never seen {i}", cast.unit)
    make.build_cover()
    with django_assert_num_queries(10):
        write_nudges(at=NOW)
