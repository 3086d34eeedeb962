"""A history written directly, as rows: bookings with every move that led to their status.

Four years of sessions, 35 a person, about 2.3 at an event; a quarter of the bookings have a
move before the last, one in fifty is recorded a month late.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connection

ON = date(2026, 5, 12)
FIRST = date(2022, 5, 2)
NOW = datetime.combine(ON, time(18), UTC)
PER_PERSON, AREAS = 35, 14


def fill(people: int) -> int:
    """So many more people with their history; how many bookings there are now."""
    from wellbeing import guards
    from wellbeing.models import Booking

    # No claims and no checks of time: the rows are right by construction, and many.
    guards.remove(connection)
    random = Random(people)
    staff = add_staff(people)
    add_history(staff, random)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Booking.objects.count()


def add_staff(number: int) -> list[int]:
    """People with two postings each, every sixth away once; primary keys."""
    from wellbeing.models import Absence, Area, Person, Posting, Unit

    known, base = recorded(FIRST), Person.objects.count()
    for n in range(AREAS):
        area, _ = Area.objects.get_or_create(name=f"Area {n:02}")
        Unit.objects.get_or_create(area=area, name="Unit")
    units = list(Unit.objects.order_by("pk"))
    people = Person.objects.bulk_create(
        (person(base + n) for n in range(number)), batch_size=2000
    )
    moved = FIRST + timedelta(days=700)
    rows = []
    for n, one in enumerate(people):
        role = ("prosecutor", "prosecutor", "paralegal", "manager")[n % 4]
        boss = people[n - n % 20] if n % 20 else None
        common: dict[str, Any] = {
            "person": one,
            "job_role": role,
            "line_manager": boss,
            **known,
        }
        before, after = units[n % AREAS], units[(n + n % 10 // 9) % AREAS]
        last = moved - timedelta(days=1)
        rows.append(Posting(unit=before, start_on=FIRST, end_on=last, **common))
        rows.append(Posting(unit=after, start_on=moved, **common))
    Posting.objects.bulk_create(rows, batch_size=2000)
    start = ON - timedelta(days=200)
    Absence.objects.bulk_create(
        (Absence(person=p, start_on=start, end_on=ON, **known) for p in people[::6]),
        batch_size=2000,
    )
    return [p.pk for p in people]


def person(number: int) -> Any:
    from wellbeing.models import Person

    return Person(
        email=f"p{number}@bench.example", name=f"Person {number}", staff_number=f"B{number:06}"
    )


def recorded(on: date) -> dict[str, Any]:
    from wellbeing.operations.service import service_person

    return {"recorded_at": datetime.combine(on, time(9), UTC), "recorded_by": service_person()}


def add_history(staff: list[int], random: Random) -> None:
    """Six-weekly sessions of one, two or four people, with their bookings and moves."""
    from wellbeing.models import Event

    hosts = supervisors(max(1, len(staff) // 100))
    made = recorded(FIRST)
    weeks = [FIRST + timedelta(days=42 * n) for n in range(PER_PERSON)]
    wanted = ((on, group) for on in weeks for group in groups(staff, random))
    while batch := list(islice(wanted, 5000)):
        events = [
            session(on + timedelta(days=random.randrange(42)), random.choice(hosts), made)
            for on, _ in batch
        ]
        Event.objects.bulk_create(events, batch_size=2000)
        add_bookings(
            [(e, p) for e, (_, group) in zip(events, batch, strict=True) for p in group], random
        )


def supervisors(number: int) -> list[int]:
    """Supervisors with a registration without end; primary keys."""
    from supervision.models import Registration, Supervisor
    from wellbeing.domain.roles import Strand
    from wellbeing.models import Person, PolicyVersion

    base, known = Person.objects.count(), recorded(FIRST)
    hosts = Person.objects.bulk_create(
        Person(email=f"dr{base + n}@bench.example", name=f"Dr {base + n}")
        for n in range(number)
    )
    Supervisor.objects.bulk_create(
        Supervisor(person=h, hours_per_day=6, hours_per_week=24) for h in hosts
    )
    Registration.objects.bulk_create(
        Registration(person=h, register="BACP", number=str(h.pk), start_on=FIRST, **known)
        for h in hosts
    )
    if not PolicyVersion.objects.exists():
        PolicyVersion.objects.create(
            strand=Strand.SUPERVISION, for_prosecutors=True, for_paralegals=True,
            for_managers=True, interval_days=42, first_within_days=28, due_soon_days=14,
            least_credited_minutes=0, effective_from=FIRST, **known,
        )  # fmt: skip
    return [h.pk for h in hosts]


def groups(staff: list[int], random: Random) -> Iterator[list[int]]:
    """Everybody once, in groups of one, two and four."""
    order = random.sample(staff, len(staff))
    while order:
        size = random.choice((1, 2, 4))
        yield order[:size]
        del order[:size]


def session(on: date, host: int, made: dict[str, Any]) -> Any:
    from wellbeing.models import Event

    start = datetime.combine(on, time(9), UTC)
    return Event(
        kind="supervision", status="closed" if on < ON else "published", host_id=host,
        local_on=on, start_at=start, end_at=start + timedelta(hours=1), minutes=60,
        is_bookable=False, created_at=made["recorded_at"], created_by=made["recorded_by"],
        changed_at=made["recorded_at"],
    )  # fmt: skip


def add_bookings(places: list[tuple[Any, int]], random: Random) -> None:
    """Nine of ten came; what is still to come is booked."""
    from wellbeing.models import Booking, BookingMove

    bookings = Booking.objects.bulk_create(
        (
            Booking(event=e, person_id=p, status=status(e, random), created_at=e.created_at)
            for e, p in places
        ),
        batch_size=2000,
    )
    BookingMove.objects.bulk_create(
        (move for booking in bookings for move in moves(booking, random)), batch_size=2000
    )


def status(event: Any, random: Random) -> str:
    if event.local_on >= ON:
        return "booked"
    return "attended" if random.random() < 0.9 else "missed"


def moves(booking: Any, random: Random) -> Iterator[Any]:
    """The open move, and before a quarter of them the booking of a fortnight earlier."""
    from wellbeing.models import BookingMove

    event = booking.event
    late = timedelta(days=30 if random.random() < 0.02 else 0, hours=2)
    if booking.status == "booked":
        late = -timedelta(days=14)
    at = min(event.start_at + late, NOW)
    by = {"recorded_by_id": event.created_by_id, "booking": booking}
    before = ""
    if booking.status != "booked" and random.random() < 0.25:
        before = "booked"
        yield BookingMove(
            after=before, recorded_at=event.start_at - timedelta(days=14), superseded_at=at,
            superseded_by_id=event.created_by_id, **by,
        )  # fmt: skip
    yield BookingMove(before=before, after=booking.status, recorded_at=at, **by)
