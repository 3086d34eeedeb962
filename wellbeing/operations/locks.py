"""Row locks in the one order that cannot deadlock: people by id, then events by id.

On SQLite the transaction itself is the lock (BEGIN IMMEDIATE), and these only read.
"""

from collections.abc import Collection, Iterable

from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, Event, Person


def lock_people(people: Iterable[int]) -> None:
    """Locks these people's rows, by id."""
    rows = Person.objects.filter(pk__in=set(people)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def lock_event(event: int) -> Event:
    """Locks and reads the event as it is now."""
    found = Event.objects.filter(pk=event).select_for_update(no_key=True).first()
    if found is None:
        raise Refused("This session is no longer there.")
    return found


def lock_everyone_at(event: int, *, also: Collection[int] = ()) -> Event:
    """The host, all who hold or wait for a place and `also`, then the event."""
    return lock_everyone_at_all([event], also=also)[0]


def lock_everyone_at_all(events: Iterable[int], *, also: Collection[int] = ()) -> list[Event]:
    """The same for several events at once; they come in order of their primary keys."""
    pks = sorted(set(events))
    hosts = Event.objects.filter(pk__in=pks).values_list("host", flat=True)
    booked = Booking.objects.filter(event__in=pks).values_list("person", flat=True)
    lock_people([*(p for p in (*hosts, *booked) if p is not None), *also])
    return [lock_event(pk) for pk in pks]
