"""Facts for tests, by plain functions; every date is said by whoever calls.

Written past the operations, so whose cover they change is marked as stale; `build_cover` builds it.
"""

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from supervision.models import Registration, StaleCover, Supervisor, SupervisorArea
from supervision.operations.cover import build_marked
from supervision.operations.cover_months import add_up_months
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.feeds import FeedKind, secret_hash
from wellbeing.domain.local_time import span
from wellbeing.domain.roles import EventKind, JobRole, Mode, Role, Strand
from wellbeing.models import (
    Absence,
    Area,
    Booking,
    BookingMove,
    CalendarFeed,
    CourtListDays,
    Establishment,
    Event,
    EventArea,
    EventDay,
    Person,
    PolicyVersion,
    Posting,
    RoleGrant,
    Unit,
)
from wellbeing.operations.service import service_person

# When everything was recorded, unless a test says otherwise.
LONG_AGO = datetime(2020, 1, 1, 9, tzinfo=UTC)
START = date(2020, 1, 6)
_numbers = count(1)


def make_person(name: str = "", *, staff: bool = False, **more: Any) -> Person:
    number = next(_numbers)
    person = Person(
        name=name or f"Person {number}",
        email=more.pop("email", f"person{number}@test.example"),
        staff_number=f"S{number:05}" if staff else None,
        **more,
    )
    person.set_unusable_password()
    person.save()
    return person


def mark_stale(*people: Person) -> None:
    StaleCover.objects.bulk_create(StaleCover(person=person) for person in people)


def build_cover() -> None:
    """What the worker does of what was marked."""
    build_marked()


def add_up(at: datetime) -> None:
    """What the worker does of month-ends in two hours: rows are made, then filled."""
    add_up_months(at=at)
    add_up_months(at=at)


def make_unit(area: str = "West", unit: str = "West One") -> Unit:
    found, _ = Area.objects.get_or_create(name=area)
    return Unit.objects.get_or_create(area=found, name=unit)[0]


def make_posting(
    person: Person,
    unit: Unit,
    *,
    job_role: JobRole = JobRole.PROSECUTOR,
    manager: Person | None = None,
    start_on: date = START,
    end_on: date | None = None,
    working_days: int = 0b11111,
) -> Posting:
    mark_stale(person)
    return Posting.objects.create(
        person=person,
        unit=unit,
        job_role=job_role,
        line_manager=manager,
        start_on=start_on,
        end_on=end_on,
        working_days=working_days,
        **recorded(),
    )


def make_staff(name: str, unit: Unit, **posting: Any) -> Person:
    person = make_person(name, staff=True)
    make_posting(person, unit, **posting)
    return person


def recorded() -> dict[str, Any]:
    return {"recorded_at": LONG_AGO, "recorded_by": service_person()}


def make_absence(person: Person, start_on: date, end_on: date | None) -> Absence:
    mark_stale(person)
    return Absence.objects.create(person=person, start_on=start_on, end_on=end_on, **recorded())


def make_court_days(
    manager: Person, start_on: date, end_on: date | None = None
) -> CourtListDays:
    return CourtListDays.objects.create(
        manager=manager, start_on=start_on, end_on=end_on or start_on, **recorded()
    )


def make_establishment(
    unit: Unit | tuple[Area, str],
    headcount: int,
    as_of: date,
    *,
    job_role: JobRole = JobRole.PROSECUTOR,
) -> Establishment:
    """HR's count of a unit; of one that nobody is loaded in by Area and name."""
    area, name = (unit.area, unit.name) if isinstance(unit, Unit) else unit
    return Establishment.objects.create(
        area=area,
        unit=name,
        job_role=job_role,
        headcount=headcount,
        as_of=as_of,
        **recorded(),
    )


def make_policy(strand: Strand = Strand.SUPERVISION, **terms: Any) -> PolicyVersion:
    values = {
        "for_prosecutors": True,
        "for_paralegals": True,
        "for_managers": True,
        "interval_days": 42,
        "first_within_days": 28,
        "due_soon_days": 14,
        "least_credited_minutes": 0,
        "effective_from": date(2020, 1, 1),
    } | terms
    mark_stale(*Person.objects.filter(staff_number__isnull=False))
    return PolicyVersion.objects.create(strand=strand, **values, **recorded())


def make_supervisor(
    name: str,
    *,
    areas: tuple[Area, ...] = (),
    start_on: date = START,
    end_on: date | None = None,
    indemnity_to: date | None = None,
    person: Person | None = None,
) -> Person:
    person = person or make_person(name)
    supervisor = Supervisor.objects.create(person=person, hours_per_day=6, hours_per_week=24)
    for area in areas:
        SupervisorArea.objects.create(supervisor=supervisor, area=area)
    Registration.objects.create(
        person=person,
        register="BACP",
        number=f"B{person.pk}",
        start_on=start_on,
        end_on=end_on,
        indemnity_to=indemnity_to,
        **recorded(),
    )
    return person


def make_grant(person: Person, role: Role, area: Area | None = None, **more: Any) -> RoleGrant:
    return RoleGrant.objects.create(
        person=person, role=role, area=area, start_on=START, **recorded(), **more
    )


def make_event(
    host: Person | None,
    on: date,
    at: time = time(14),
    *,
    minutes: int = 60,
    capacity: int | None = 1,
    kind: EventKind = EventKind.SUPERVISION,
    status: EventStatus = EventStatus.PUBLISHED,
    areas: tuple[Area, ...] = (),
    **more: Any,
) -> Event:
    start_at, end_at = span(on, at, minutes)
    event = Event.objects.create(
        kind=kind,
        status=status,
        host=host,
        local_on=on,
        start_at=start_at,
        end_at=end_at,
        minutes=minutes,
        is_bookable=capacity is not None,
        capacity=capacity,
        mode=more.pop("mode", Mode.VIDEO),
        created_at=LONG_AGO,
        created_by=service_person(),
        changed_at=LONG_AGO,
        **more,
    )
    for area in areas:
        EventArea.objects.create(event=event, area=area)
    return event


def make_event_day(event: Event, on: date) -> EventDay:
    """A day that the event was known to be on."""
    return EventDay.objects.create(event=event, local_on=on, **recorded())


def make_booking(
    event: Event, person: Person, status: BookingStatus = BookingStatus.BOOKED
) -> Booking:
    """A booking with its open move, recorded when the event began."""
    at = event.start_at or datetime.combine(event.local_on, time(12), UTC)
    mark_stale(person)
    booking = Booking.objects.create(event=event, person=person, status=status, created_at=at)
    BookingMove.objects.create(
        booking=booking,
        after=status,
        recorded_at=at,
        recorded_by=service_person(),
    )
    return booking


def make_held(person: Person, host: Person, on: date, at: time = time(14)) -> Booking:
    """A one-to-one that the person came to."""
    event = make_event(host, on, at, capacity=None)
    return make_booking(event, person, BookingStatus.ATTENDED)


def make_feed(
    person: Person,
    secret: str,
    kind: FeedKind = FeedKind.OWN,
    *,
    area: Area | None = None,
    **more: Any,
) -> CalendarFeed:
    """A calendar's address, whose secret the test knows."""
    return CalendarFeed.objects.create(
        person=person,
        kind=kind,
        area=area,
        token_hash=secret_hash(secret),
        created_at=LONG_AGO,
        **more,
    )
