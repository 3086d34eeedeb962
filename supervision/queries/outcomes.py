"""How the bookings of a period ended, by the unit in which their person worked on the event's day.

From what is stored of each; whoever is stale is worked out from the facts.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Count, QuerySet, Value, When

from supervision.domain.outcomes import CancelledBy, Ended, Ending, Notice, Outcomes, together
from supervision.models import StoredCredit, StoredOutcome
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.postings import posting_on

from .clocks import Clock
from .stored_cover import StoredCover
from .trend import month_ends

ATTENDED = Ended(BookingStatus.ATTENDED)


def outcomes(
    cover: StoredCover, since: date, on: date, *, with_attended: bool = True
) -> dict[int, Outcomes]:
    """By unit (or Area), of events of `since` … `on`, both included; two queries beside the stale ones.

    A booking whose person was in no posting on the event's day is in no unit and not counted.
    `with_attended`: most are, and who asks why places were given up needs none of them.
    """
    found: dict[int, Outcomes] = defaultdict(Outcomes)
    for group, number in _attended(cover, since, on) if with_attended else ():
        found[group].ended[ATTENDED] += number
    for group, ended, number in _others(cover, since, on):
        found[group].ended[ended] += number
    for clock in cover.stale.values():
        for day, ended in _of_a_stale_one(clock, with_attended):
            there = posting_on(clock.postings, day)
            if there and since <= day <= on and cover.where.holds(there.unit):
                found[cover.group(there.unit)].ended[ended] += 1
    return dict(found)


def reason_months(on: date, today: date) -> tuple[date, date]:
    """First and last day of the twelve months of which reasons are told: to the month-end at or
    before both days. The same for whoever asks, or two questions could tell one person's."""
    before, *_, last = month_ends(min(on, today), 13)
    return before + timedelta(days=1), last


def reasons(cover: StoredCover, on: date, today: date) -> Outcomes:
    """How bookings of those months ended that nobody attended, all together."""
    months = reason_months(on, today)
    return together(outcomes(cover, *months, with_attended=False).values())


def _attended(cover: StoredCover, since: date, on: date) -> Iterator[tuple[int, int]]:
    rows = StoredCredit.objects.filter(
        strand=cover.where.strand, held_on__gte=since, held_on__lte=on, unit__isnull=False
    )
    # By unit, which the index holds: an Area would be a join of every row.
    counted = _mine(rows, cover).values("unit").annotate(n=Count("*"))
    for unit, number in counted.values_list("unit", "n"):
        yield cover.group(unit), number


def _others(cover: StoredCover, since: date, on: date) -> Iterator[tuple[int, Ended, int]]:
    rows = StoredOutcome.objects.filter(
        strand=cover.where.strand, event_on__gte=since, event_on__lte=on
    )
    what = (cover.key, "status", "reason", "is_late", "by", "notice", "was_booked")
    rows = _mine(rows, cover).annotate(notice=_notice()).values(*what)
    for group, status, reason, late, by, notice, booked, number in rows.annotate(
        n=Count("*")
    ).values_list(*what, "n"):
        yield (
            group,
            Ended(
                BookingStatus(status),
                CancelReason(reason) if reason else None,
                late,
                CancelledBy(by) if by else None,
                Notice(notice) if notice else None,
                booked,
            ),
            number,
        )


def _mine(rows: QuerySet[Any], cover: StoredCover) -> QuerySet[Any]:
    """Of the units asked for, and of nobody who is stale."""
    if cover.where.units is not None:
        rows = rows.filter(unit__in=cover.where.units)
    return cover.built(rows)


def _week() -> timedelta:
    return timedelta(days=settings.EARLY_NOTICE_DAYS)


def _late() -> timedelta:
    return timedelta(hours=settings.LATE_CANCELLATION_HOURS)


def _notice() -> Case:
    """As domain/outcomes.notice_of; empty where the service called nothing off."""
    return Case(
        When(by="", then=Value("")),
        When(before__gt=_week(), then=Value(Notice.WEEK)),
        When(before__gt=timedelta(), before__gte=_late(), then=Value(Notice.DAYS)),
        When(before__gt=timedelta(), then=Value(Notice.SHORT)),
        default=Value(Notice.AFTER),
        output_field=CharField(),
    )


def _of_a_stale_one(clock: Clock, with_attended: bool) -> Iterator[tuple[date, Ended]]:
    if with_attended:
        yield from ((credit.held.on, ATTENDED) for _, credit in clock.credits)
    for one in clock.endings:
        yield one.on, _counted(one.ending)


def _counted(one: Ending) -> Ended:
    return one.counted(week=_week(), late=_late())
