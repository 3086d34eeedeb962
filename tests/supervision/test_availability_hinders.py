"""What makes a free seat none of somebody's: one person, one session on their one working day."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from supervision.models import GroupSession, Supervisor, SupervisorArea
from tests import factories as make
from tests.agreements import make_exclusion, make_group
from tests.supervision.test_availability_command import found
from tests.wellbeing.busy import during, make_busy
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.working_days import from_names
from wellbeing.models import BusyTime, Event, EventArea, Person

# Whoever joins on this day, and is never seen, is due on 28 June.
TUESDAY = date(2026, 6, 9)
JOINED = date(2026, 6, 1)


@pytest.fixture
def one(db: None, clock: Callable[[datetime], None]) -> tuple[Person, Event]:
    make.make_policy()
    boss = make.make_staff("Boss", make.make_unit())
    make.make_absence(boss, date(2020, 1, 1), None)
    person = make.make_staff(
        "Only One", make.make_unit(), manager=boss, start_on=JOINED,
        working_days=from_names(["tue"]),
    )  # fmt: skip
    host = make.make_supervisor("Dr Host")
    return person, make.make_event(host, TUESDAY, time(10))


def placed_and_available() -> tuple[int, int, int]:
    answer = found()
    assert answer["due"] == 1
    return answer["placed"], answer["available"], answer["short"]


HINDERS: dict[str, tuple[Callable[[Person, Event], object], tuple[int, int, int]]] = {
    "nothing": (lambda p, e: None, (0, 1, 0)),
    "a place there": (lambda p, e: make.make_booking(e, p), (1, 0, 0)),
    "an offer there": (lambda p, e: make.make_booking(e, p, BookingStatus.OFFERED), (1, 0, 0)),
    "waiting there": (lambda p, e: make.make_booking(e, p, BookingStatus.WAITING), (0, 1, 0)),
    "somebody else's place": (
        lambda p, e: make.make_booking(e, make.make_person("Other")),
        (0, 0, 1),
    ),
    "an offer to somebody else": (
        lambda p, e: make.make_booking(e, make.make_person("Other"), BookingStatus.OFFERED),
        (0, 0, 1),
    ),
    "a place too late": (
        lambda p, e: make.make_booking(make.make_event(e.host, date(2026, 6, 30)), p),
        (0, 1, 0),
    ),
    "something else then": (
        lambda p, e: make.make_booking(
            make.make_event(make.make_person(), TUESDAY, time(10, 30), kind="training"), p
        ),
        (0, 0, 1),
    ),
    "something right after": (
        lambda p, e: make.make_booking(
            make.make_event(make.make_person(), TUESDAY, time(11), kind="training"), p
        ),
        (0, 1, 0),
    ),
    "holding something then": (
        lambda p, e: make.make_event(p, TUESDAY, time(10, 30), kind="training"),
        (0, 0, 1),
    ),
    "busy then": (lambda p, e: make_busy(p, during(e)), (0, 0, 1)),
    "not this person": (lambda p, e: make_exclusion(p, e.host), (0, 0, 1)),
    "in court": (
        lambda p, e: make.make_court_days(Person.objects.get(name="Boss"), TUESDAY),
        (0, 0, 1),
    ),
    "in court another day": (
        lambda p, e: make.make_court_days(Person.objects.get(name="Boss"), date(2026, 6, 10)),
        (0, 1, 0),
    ),
    "another team in court": (
        lambda p, e: make.make_court_days(p, TUESDAY),
        (0, 1, 0),
    ),
    "a closed group's": (
        lambda p, e: GroupSession.objects.create(group=make_group(e.host), event=e),
        (0, 0, 1),
    ),
    "one's own closed group's": (
        lambda p, e: GroupSession.objects.create(group=make_group(e.host, None, p), event=e),
        (0, 1, 0),
    ),
    "their own session": (
        lambda p, e: Event.objects.filter(pk=e.pk).update(
            host=make.make_supervisor("", person=p)
        ),
        (0, 0, 1),
    ),
    "for another Area": (
        lambda p, e: EventArea.objects.create(event=e, area=make.make_unit("East").area),
        (0, 0, 1),
    ),
    "for their Area too": (
        lambda p, e: [
            EventArea.objects.create(event=e, area=make.make_unit(area).area)
            for area in ("East", "West")
        ],
        (0, 1, 0),
    ),
    "a host who serves another Area": (
        lambda p, e: SupervisorArea.objects.create(
            supervisor=Supervisor.objects.get(person=e.host), area=make.make_unit("East").area
        ),
        (0, 0, 1),
    ),
    "a host whose registration ends before": (
        lambda p, e: _ends(e, end_on=date(2026, 6, 8)),
        (0, 0, 1),
    ),
    "a host whose registration ends that day": (
        lambda p, e: _ends(e, end_on=TUESDAY),
        (0, 1, 0),
    ),
    "a host whose indemnity ends before": (
        lambda p, e: _ends(e, indemnity_to=date(2026, 6, 8)),
        (0, 0, 1),
    ),
    "a draft": (
        lambda p, e: Event.objects.filter(pk=e.pk).update(status=EventStatus.DRAFT),
        (0, 0, 1),
    ),
    "cancelled": (
        lambda p, e: Event.objects.filter(pk=e.pk).update(status=EventStatus.CANCELLED),
        (0, 0, 1),
    ),
    "a host in the chain": (lambda p, e: _boss_hosts(), (0, 0, 1)),
}


def _ends(event: Event, **ends: date) -> None:
    """The same session, of a supervisor whose registration has an end."""
    ending = make.make_supervisor("Dr Ending", **ends)  # type: ignore[arg-type]
    Event.objects.filter(pk=event.pk).update(host=ending)


def _boss_hosts() -> None:
    boss = Person.objects.get(name="Boss")
    Event.objects.all().delete()
    make.make_event(make.make_supervisor("", person=boss), TUESDAY)


@pytest.mark.parametrize("name", HINDERS)
def test_what_is_a_free_seat_for_somebody(one: tuple[Person, Event], name: str) -> None:
    hinder, figures = HINDERS[name]
    hinder(*one)
    assert placed_and_available() == figures


def test_words_are_the_same_whatever_privately_hinders(one: tuple[Person, Event]) -> None:
    """An exclusion, a calendar of their own, and a place that is simply taken."""
    person, event = one
    assert found()["short"] == 0
    excluded = make_exclusion(person, event.host)  # type: ignore[arg-type]
    unwanted = found()["bottlenecks"]
    excluded.delete()
    assert found()["short"] == 0
    calendar = make_busy(person, during(event))
    busy = found()["bottlenecks"]
    calendar.delete()
    BusyTime.objects.all().delete()
    assert found()["short"] == 0
    make.make_booking(event, make.make_person("Other"))
    taken = found()["bottlenecks"]
    assert unwanted == busy == taken
    assert taken[0]["why"] == (
        "One person in West One (West) who works only on Tuesdays, due by 28 June 2026,"
        " has no free place by then."
    )
