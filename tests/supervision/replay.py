"""Corrections of every kind, by the operations and importers that people use, one after another.

`ACTS`: each takes the scene, the instant and a number that chooses what it is done to; it
may be refused, as anything may.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from supervision.models import Registration
from supervision.operations.imports.sessions import import_sessions
from supervision.operations.imports.supervisors import import_supervisors
from tests import factories as make
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.local_time import LONDON, local_day
from wellbeing.domain.roles import EventKind, JobRole, Mode, Strand
from wellbeing.models import Absence, Booking, Event, Person, PolicyVersion, Posting
from wellbeing.operations.absences import end_absence, enter_absence, take_back_absence
from wellbeing.operations.attendance import dispute, record_attendance
from wellbeing.operations.bookings import book, cancel, reschedule
from wellbeing.operations.cancelling import cancel_event
from wellbeing.operations.changing import change_event
from wellbeing.operations.check_ins import record_check_in, take_back_check_in
from wellbeing.operations.events import Details, publish
from wellbeing.operations.imports.absences import import_absences
from wellbeing.operations.imports.frame import Taking
from wellbeing.operations.imports.people import import_people
from wellbeing.operations.imports.policy import import_policy
from wellbeing.operations.series import details_of
from wellbeing.operations.unbooked import add_unbooked

FIRST = date(2026, 4, 6)
START = datetime.combine(FIRST, time(8), LONDON)
PEOPLE = "staff_number,name,email,job_role,area,unit,line_manager,working_days,posting_start,posting_end"
SUPERVISORS = "email,name,areas,hours_per_day,hours_per_week,register,registration_number,registered_from,registered_to,indemnity_to"
POLICY = "strand,job_roles,interval_days,first_within_days,due_soon_days,least_credited_minutes,effective_from"
SESSIONS = "staff_number,strand,date,start,minutes,outcome,host"


T = TypeVar("T")


@dataclass
class Scene:
    """A manager with three people, two supervisors, and sessions on the days to come."""

    lead: Person
    manager: Person
    staff: list[Person]
    hosts: list[Person]


def make_scene() -> Scene:
    unit = make.make_unit("West", "One")
    make.make_unit("East", "Two")
    for strand in Strand:
        make.make_policy(strand, interval_days=20, first_within_days=10, due_soon_days=5)
    manager = make.make_staff("Manager", unit, job_role=JobRole.MANAGER)
    staff = [make.make_staff(f"Staff {n}", unit, manager=manager) for n in range(3)]
    hosts = [make.make_supervisor(f"Dr {n}") for n in range(2)]
    scene = Scene(make.make_person("Lead"), manager, staff, hosts)
    for n in range(6):
        details = Details(
            EventKind.SUPERVISION,
            FIRST + timedelta(days=2 * n + 1),
            time(9 + n),
            60,
            3,
            Mode.VIDEO,
        )
        event = publish(details, host=hosts[n % 2], by=scene.lead, at=START)
        for person in staff[: n % 3 + 1]:
            book(event, person=person, by=person, at=START)
    return scene


def _pick(rows: list[T], n: int) -> T | None:
    return sorted(rows, key=lambda row: row.pk)[n % len(rows)] if rows else None  # type: ignore[attr-defined]


def _table(header: str, *row: object) -> bytes:
    cells = ",".join("" if cell is None else str(cell) for cell in row)
    return f"{header}\n{cells}\n".encode()


def _taking(scene: Scene, at: datetime) -> Taking:
    return Taking(by=scene.lead, at=at)


def _day(at: datetime, n: int) -> date:
    """Up to ten days back."""
    return local_day(at) - timedelta(days=n % 11)


def _record(scene: Scene, at: datetime, n: int) -> None:
    begun = list(Event.objects.filter(kind="supervision", start_at__lte=at).order_by("pk"))
    event = _pick(begun, n)
    if event is not None:
        rows = Booking.objects.filter(
            event=event, status__in=["booked", "attended", "missed", "disputed"]
        )
        came = {b.pk: bool((n >> i) % 3) for i, b in enumerate(rows.order_by("pk"))}
        record_attendance(event, came, by=scene.lead, at=at, as_lead=True)


def _dispute(scene: Scene, at: datetime, n: int) -> None:
    row = _pick(list(Booking.objects.filter(status__in=["attended", "missed"])), n)
    if row is not None:
        dispute(row, by=row.person, at=at)


def _book(scene: Scene, at: datetime, n: int) -> None:
    event = _pick(list(Event.objects.filter(kind="supervision", start_at__gt=at)), n)
    if event is not None:
        person = scene.staff[n % 3]
        book(event, person=person, by=person, at=at)


def _unbooked(scene: Scene, at: datetime, n: int) -> None:
    event = _pick(list(Event.objects.filter(kind="supervision", start_at__lte=at)), n)
    if event is not None:
        add_unbooked(event, scene.staff[n % 3], by=scene.lead, at=at)


def _booked(at: datetime, n: int) -> Booking | None:
    return _pick(list(Booking.objects.filter(status="booked", event__start_at__gt=at)), n)


def _cancel(scene: Scene, at: datetime, n: int) -> None:
    row = _booked(at, n)
    if row is not None:
        cancel(row, reason=CancelReason.COURT, by=row.person, at=at)


def _instead(scene: Scene, at: datetime, n: int) -> None:
    row = _booked(at, n)
    to = _pick(list(Event.objects.filter(kind="supervision", start_at__gt=at)), n // 2)
    if row is not None and to is not None:
        reschedule(row, to, by=row.person, at=at)


def _move(scene: Scene, at: datetime, n: int) -> None:
    """To another day, host and length."""
    event = _pick(list(Event.objects.filter(kind="supervision", start_at__gt=at)), n)
    if event is not None:
        details = details_of(event, frozenset())
        details = replace(
            details,
            on=details.on + timedelta(days=n % 7 - 2),
            minutes=50 + n % 30,
            at=time(18),
        )
        change_event(event, details, host=scene.hosts[n % 2], by=scene.lead, at=at)


def _call_off(scene: Scene, at: datetime, n: int) -> None:
    event = _pick(list(Event.objects.filter(kind="supervision", start_at__gt=at)), n)
    if event is not None:
        cancel_event(event, by=scene.lead, at=at)


def _away(scene: Scene, at: datetime, n: int) -> None:
    start = _day(at, n)
    end = None if n % 2 else start + timedelta(days=n % 9)
    enter_absence(scene.staff[n % 3], start_on=start, end_on=end, by=scene.manager, at=at)


def _back(scene: Scene, at: datetime, n: int) -> None:
    row = _pick(list(Absence.objects.order_by("pk")), n)
    if row is not None:
        end = row.start_on + timedelta(days=n % 7)
        end_absence(row, end_on=end, by=scene.manager, at=at)


def _never_away(scene: Scene, at: datetime, n: int) -> None:
    row = _pick(list(Absence.objects.order_by("pk")), n)
    if row is not None:
        take_back_absence(row, by=scene.manager, at=at)


def _absences_file(scene: Scene, at: datetime, n: int) -> None:
    row = (scene.staff[n % 3].staff_number, _day(at, n), local_day(at))
    import_absences(_table("staff_number,start,end", *row), taking=_taking(scene, at))


def _registration(scene: Scene, at: datetime, n: int) -> None:
    """It is found to have lapsed the day before a session that somebody came to, or not to have."""
    held = list(Event.objects.filter(kind="supervision", bookings__status="attended"))
    event = _pick(held, n // 6)
    row = Registration.objects.filter(person=event.host_id).first() if event else None
    if event is not None and row is not None:
        lapsed = None if n % 3 == 0 else event.local_on - timedelta(days=1)
        cells = (
            row.person.email, row.person.name, "", 6, 24, row.register, row.number,
            row.start_on, lapsed if n % 2 else None, None if n % 2 else lapsed,
        )  # fmt: skip
        import_supervisors(_table(SUPERVISORS, *cells), taking=_taking(scene, at))


def _posting(scene: Scene, at: datetime, n: int) -> None:
    """Another unit, job role or manager, an end, or a new posting."""
    person = scene.staff[n % 3]
    rows = list(Posting.objects.filter(person=person).order_by("start_on"))
    held = rows[n % len(rows)]
    start = _day(at, n) if n % 5 == 0 else held.start_on
    end = (None, None, _day(at, n // 3))[n % 3]
    area, unit = ("West", "One") if n % 4 else ("East", "Two")
    manager = (scene.manager, scene.staff[(n + 1) % 3], None)[n // 2 % 3]
    cells = (
        person.staff_number, person.name, person.email, list(JobRole)[n % 3], area, unit,
        manager and manager.staff_number, "", start, end,
    )  # fmt: skip
    import_people(_table(PEOPLE, *cells), taking=_taking(scene, at))


def _policy(scene: Scene, at: datetime, n: int) -> None:
    """A new version, of a past day or of one to come; or one to come is edited."""
    ahead = PolicyVersion.objects.filter(effective_from__gt=local_day(at)).first()
    on = ahead.effective_from if ahead and n % 2 else _day(at, n) + timedelta(days=n % 14)
    strand = ahead.strand if ahead and n % 2 else list(Strand)[n % 3]
    cells = (strand, "", 10 + n % 20, 5 + n % 10, n % 6, 40 * (n % 2), on)
    import_policy(_table(POLICY, *cells), taking=_taking(scene, at))


def _check_in(scene: Scene, at: datetime, n: int) -> None:
    today = local_day(at)
    record_check_in(scene.staff[n % 3], held_on=_day(at, n), by=scene.manager, at=at, on=today)


def _no_check_in(scene: Scene, at: datetime, n: int) -> None:
    rows = Booking.objects.filter(event__kind="check_in", status=BookingStatus.ATTENDED)
    row = _pick(list(rows.order_by("pk")), n)
    if row is not None:
        take_back_check_in(row, by=scene.manager, at=at)


def _sessions_file(scene: Scene, at: datetime, n: int) -> None:
    """Taken elsewhere; a later file may say who came."""
    on = _day(at, n % 5 + 1)
    outcome = ("attended", "booked", "missed", "attended")[n // 3 % 4]
    strand = ("supervision", "training")[n % 2]
    cells = (
        scene.staff[n % 3].staff_number, strand, on, "07:00", 60, outcome,
        scene.hosts[n // 2 % 2].email,
    )  # fmt: skip
    import_sessions(_table(SESSIONS, *cells), taking=_taking(scene, at))


Act = Callable[[Scene, datetime, int], None]
ACTS: tuple[Act, ...] = (
    _record, _record, _record, _dispute, _book, _unbooked, _cancel, _instead, _move, _move, _call_off,
    _away, _back, _never_away, _absences_file, _registration, _registration, _posting, _policy, _check_in,
    _no_check_in, _sessions_file,
)  # fmt: skip
