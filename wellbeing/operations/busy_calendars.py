"""A person's own calendar elsewhere: its address given and taken away, its busy times renewed."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings

from wellbeing.busy_fetch import busy_at
from wellbeing.busy_fetch.fetching import place_of
from wellbeing.domain.busy import window_of
from wellbeing.domain.busy_events import Span
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.refusals import NotAllowed, Refused
from wellbeing.models import BusyCalendar, BusyTime, Message, Person

from . import audit
from .locks import lock_people
from .outbox import tell_once
from .transaction import operation

Read = Callable[[str, Span], list[Span]]
# What calendars' own pages call an address that is read over https.
OTHER_NAMES = ("webcal://", "webcals://")
BATCH = 500


@operation
def set_busy_calendar(
    person: Person, *, address: str, by: Person, at: datetime
) -> BusyCalendar:
    """Keeps the address of one's own calendar; another one's times go. Nothing is fetched yet.

    Refused, of the field `address`, where it is no https address.
    """
    _check_own(person, by)
    address = _as_https(address.strip())
    lock_people([person.pk])
    held = BusyCalendar.objects.filter(person=person).first()
    if held and held.address == address:
        return held
    _forget(person)
    audit.record("busy_calendar.set", by=by, at=at, about=person.pk)
    return BusyCalendar.objects.create(person=person, address=address, added_at=at)


@operation
def remove_busy_calendar(person: Person, *, by: Person, at: datetime) -> None:
    """Forgets the address and every time that was read from it."""
    _check_own(person, by)
    lock_people([person.pk])
    if _forget(person):
        audit.record("busy_calendar.remove", by=by, at=at, about=person.pk)


@operation
def ask_to_read(person: Person, *, by: Person, at: datetime) -> int | None:
    """Notes that the owner waits for it to be read now; its primary key, for the worker.

    None where they wait already. Refused where there is none, and within a minute of the
    last try: somebody else's server is asked.
    """
    _check_own(person, by)
    lock_people([person.pk])
    held = BusyCalendar.objects.filter(person=person).first()
    if held is None:
        raise Refused("You have given no calendar.", code="no_calendar")
    if held.is_awaited:
        return None
    soonest = at - timedelta(seconds=settings.BUSY_CALENDAR_LEAST_SECONDS)
    if held.fetched_at is not None and held.fetched_at > soonest:
        raise Refused("It was read a moment ago. Try again in a minute.", code="too_soon")
    BusyCalendar.objects.filter(pk=held.pk).update(asked_at=at)
    return held.pk


def refresh_busy_calendar(calendar: int, *, at: datetime, read: Read = busy_at) -> bool:
    """Fetches a calendar, by its primary key, and keeps its busy times; False where that failed.

    It waits for the network, up to half a minute: never within a transaction. On a failure
    the sentence why is kept, and so are the last good times. It is renewed by the clock
    and changes nothing that anybody did, so it leaves no audit row.
    """
    held = BusyCalendar.objects.filter(pk=calendar).first()
    if held is None:
        return False
    try:
        spans = read(held.address, window_of(at.astimezone(UTC).date()))
    except Refused as refused:
        _keep_fault(held, refused.sentence, at=at)
        return False
    return _keep_times(held, spans, at=at)


@operation
def _keep_times(held: BusyCalendar, spans: Sequence[Span], *, at: datetime) -> bool:
    """The new times in the place of the old; False where the calendar has gone meanwhile."""
    lock_people([held.person_id])
    if not _still(held, fetched_at=at, good_at=at, fault="", failing_since=None):
        return False
    BusyTime.objects.filter(person=held.person_id).delete()
    BusyTime.objects.bulk_create(
        [BusyTime(person_id=held.person_id, from_at=a, to_at=b) for a, b in spans],
        batch_size=BATCH,
    )
    return True


@operation
def _keep_fault(held: BusyCalendar, sentence: str, *, at: datetime) -> None:
    """The last good times stay, but for those that are over; a failure that lasts is told once."""
    lock_people([held.person_id])
    held = BusyCalendar.objects.filter(pk=held.pk).first() or held
    since = held.failing_since or at
    if not _still(held, fetched_at=at, fault=sentence[:200], failing_since=since):
        return
    BusyTime.objects.filter(person=held.person_id, to_at__lte=at).delete()
    if at - since >= timedelta(hours=settings.BUSY_FAILURE_HOURS):
        tell_once([_failure(held, since, at)])


def _failure(held: BusyCalendar, since: datetime, at: datetime) -> Message:
    return Message(
        person_id=held.person_id,
        kind=MessageKind.BUSY_UNREADABLE,
        key=f"busy_unreadable:{held.pk}:{since.astimezone(UTC).isoformat()}",
        created_at=at,
        due_at=at,
    )


def _still(held: BusyCalendar, **values: object) -> bool:
    """Writes on the calendar if it is still there: another address is another row."""
    return bool(BusyCalendar.objects.filter(pk=held.pk).update(**values))


def _forget(person: Person) -> bool:
    BusyTime.objects.filter(person=person).delete()
    return bool(BusyCalendar.objects.filter(person=person).delete()[0])


def _check_own(person: Person, by: Person) -> None:
    if by.pk != person.pk:
        raise NotAllowed("You can give the address of your own calendar only.")


def _as_https(address: str) -> str:
    for name in OTHER_NAMES:
        if address.lower().startswith(name):
            address = f"https://{address[len(name) :]}"
    try:
        place_of(address)
    except Refused as refused:
        raise Refused(refused.sentence, code="address", field="address") from refused
    return address
