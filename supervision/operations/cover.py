"""Keeps what is stored of cover true: built anew in the transaction that changes a fact, or marked.

Where many are touched, or nothing but days to come has changed, people are marked stale and
built by the worker; reports work them out by the rules until then (docs/decisions/0017).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction

from supervision.models import CoverLock, StaleCover, StoredCredit, StoredOutcome, StoredSpan
from supervision.queries.clocks import clocks, whoever_has_a_clock
from supervision.queries.touched import in_parts, touched, with_marked
from wellbeing.domain.local_time import local_day
from wellbeing.domain.ports import Changed
from wellbeing.operations.imports.frame import gather_statistics

from .stored_cover import store

BATCH = 500
# So many are built in one transaction: whoever waits for one of them waits under a second.
AT_ONCE = 150


def refresh(*, people: Collection[int], what: Changed, since: date, at: datetime) -> None:
    """Takes note of changed facts of these people, within the transaction that changed them."""
    if what == Changed.COURT_LISTS:
        return
    if len(people) > settings.COVER_AT_ONCE:
        mark(people)
        besides = (
            with_marked(since) if what == Changed.BOOKINGS else touched(people, what, since)
        )
        mark(besides - set(people))
        return
    if what == Changed.BOOKINGS and since > local_day(at):
        # A booking must stay quick: the worker asks who else will be there.
        mark(people)
        return
    who = touched(people, what, since)
    if len(who) > settings.COVER_AT_ONCE:
        mark(who)
    else:
        build(who)


def mark(people: Iterable[int]) -> None:
    """These people's cover is to be built; a second mark of somebody does no harm."""
    for some in in_parts(set(people), BATCH):
        StaleCover.objects.bulk_create([StaleCover(person_id=person) for person in some])


@transaction.atomic
def build(people: Collection[int], *, settled: Collection[int] = ()) -> int:
    """Works out credit and spans of these people and writes what differs; how many rows that was.

    Under a lock of its own for each, the last that any transaction takes, in order of their
    primary keys: so whoever comes second reads what the first has written. `settled`: those of
    them whose marks are done with. A mark stands for everybody who will be at an event with that
    person, so only who has asked for these too may take it away.
    """
    who = sorted(people)
    _lock(who)
    marks = list(StaleCover.objects.filter(person__in=settled).values_list("pk", flat=True))
    written = store(who, clocks(who))
    if marks:
        StaleCover.objects.filter(pk__in=marks).delete()
    return written


def _lock(who: Sequence[int]) -> None:
    rows = CoverLock.objects.filter(person__in=who).order_by("pk").select_for_update()
    held = set(rows.values_list("pk", flat=True))
    if len(held) < len(who):
        # Somebody's first time; another transaction may be at the same.
        fresh = [CoverLock(person_id=person) for person in who if person not in held]
        CoverLock.objects.bulk_create(fresh, ignore_conflicts=True)
        list(rows.values_list("pk", flat=True))


def build_marked(*, most: int | None = None, since: date | None = None) -> int:
    """Builds whoever is marked, a batch a transaction, for the worker; how many were marked.

    `since`: with them whoever will be with them, or was, at an event of that day or later; a mark
    may have been made some days ago.
    """
    done = 0
    while most is None or done < most:
        rows = StaleCover.objects.order_by("person").values_list("person", flat=True)
        who = list(rows.distinct()[:AT_ONCE])
        if not who:
            break
        build(who if since is None else touched(who, Changed.BOOKINGS, since), settled=who)
        done += len(who)
    return done


def _sweep() -> None:
    """PostgreSQL reads of an index alone only what a sweep has seen: pages take half the time then.

    It comes by itself, some minutes later; within a transaction it cannot be asked for.
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        tables = [m._meta.db_table for m in (StoredCredit, StoredOutcome, StoredSpan)]
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {', '.join(map(connection.ops.quote_name, tables))}")


def rebuild(show: Callable[[Sequence[int]], Iterable[int]]) -> tuple[int, int]:
    """Builds everybody's cover, a batch a transaction; how many people, and rows that changed.

    `show` may draw a progress bar while the people are gone through. What there is stays and is
    compared, so that a rebuild of what is right writes nothing.
    """
    everybody = sorted(whoever_has_a_clock())
    changed, batch = 0, []
    for person in show(everybody):
        batch.append(person)
        if len(batch) == AT_ONCE:
            changed += build(batch, settled=batch)
            batch = []
    changed += build(batch, settled=batch)
    if changed:
        # Without them SQLite may look for one person's spans among everybody's.
        gather_statistics()
        _sweep()
    return len(everybody), changed
