"""The short way to an event and the rule of who may see it say the same, whoever asks."""

from datetime import date, time, timedelta
from itertools import product

import pytest

from supervision.queries.viewers import viewer_of
from tests import factories as make
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.roles import EventKind, Role
from wellbeing.models import Event, Person
from wellbeing.queries.events import visible_event, visible_to

pytestmark = pytest.mark.django_db
ON = date(2026, 5, 13)
STATUSES = (EventStatus.DRAFT, EventStatus.PUBLISHED, EventStatus.CANCELLED)
KINDS = (EventKind.SUPERVISION, EventKind.TRAINING, EventKind.ROUND, EventKind.CHECK_IN)


@pytest.fixture
def people() -> list[Person]:
    """Staff of two Areas, one who moves between them, one who has left, hosts, leads, nobody."""
    west, east = make.make_unit(), make.make_unit("East", "East One")
    mover = make.make_staff("Mover", west, end_on=date(2026, 5, 12))
    make.make_posting(mover, east, start_on=ON)
    lead = make.make_person("Lead of West")
    make.make_grant(lead, Role.AREA_LEAD, west.area)
    national = make.make_person("National lead")
    make.make_grant(national, Role.LEAD)
    return [
        make.make_staff("West", west),
        make.make_staff("East", east),
        mover,
        make.make_staff("Left", west, end_on=date(2026, 5, 12)),
        make.make_supervisor("Dr Host"),
        make.make_supervisor("Dr Other"),
        lead,
        national,
        make.make_person("Nobody"),
    ]


@pytest.fixture
def events(people: list[Person]) -> list[Event]:
    """Every kind, status, open or not, for all, one or two Areas; on both sides of the move."""
    west, east = make.make_unit().area, make.make_unit("East", "East One").area
    made = []
    every = product(KINDS, STATUSES, (1, None), ((), (west,), (west, east)))
    for i, (kind, status, capacity, areas) in enumerate(every):
        on, at = ON - timedelta(days=i % 2), time(6 + i // 8, i // 2 % 4 * 15)
        event = make.make_event(
            people[4],
            on,
            at,
            minutes=15,
            kind=kind,
            status=status,
            areas=areas,
            capacity=capacity,
        )
        if i % 5 == 0 and status == EventStatus.PUBLISHED:
            make.make_booking(event, people[1], BookingStatus.WAITING)
        made.append(event)
    return made


def test_the_short_way_and_the_rule_agree_for_everybody_and_every_event(
    people: list[Person], events: list[Event]
) -> None:
    answers = set()
    for person in people:
        viewer = viewer_of(person.pk, ON)
        ruled = set(visible_to(viewer, *KINDS).values_list("pk", flat=True))
        for event in events:
            found = visible_event(viewer, event.public_id, *KINDS)
            assert (found is not None) == (event.pk in ruled), (person.name, event.kind)
            answers.add((person.name, found is not None))
    # Somebody sees all and somebody nothing; everybody else both sees and does not.
    assert ("National lead", False) not in answers
    assert ("Nobody", True) not in answers
    assert {("West", True), ("West", False), ("Mover", True), ("Mover", False)} <= answers


def test_another_kind_is_not_there_and_the_places_taken_are_counted(
    people: list[Person],
) -> None:
    event = make.make_event(people[4], ON, capacity=3)
    for person in people[:2]:
        make.make_booking(event, person)
    viewer = viewer_of(people[0].pk, ON)
    assert visible_event(viewer, event.public_id, EventKind.TRAINING) is None
    found = visible_event(viewer, event.public_id, EventKind.SUPERVISION)
    assert found is not None
    assert found.held == 2  # type: ignore[attr-defined]
