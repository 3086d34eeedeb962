"""One row of an auditor's sample, from its status back to each offer, outcome and confirmation.

The facts of one person and strand up to the month-end, without anything that names anybody:
primary keys leave here only to become pseudonyms.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from supervision.domain.cover import Clocked, Standing, standing
from supervision.domain.credit import Credit
from supervision.domain.registers import Registers
from wellbeing.domain.booking import NOT_OFFERED, BookingStatus
from wellbeing.domain.intervals import days_within
from wellbeing.domain.local_time import end_of_day
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.policy import Policy
from wellbeing.domain.postings import Served, posting_on
from wellbeing.domain.roles import Strand
from wellbeing.models import Booking, BookingMove, Message
from wellbeing.queries.policies import policy_of

from .clocks import Clock, clocks
from .cover_facts import load
from .registers import registers_of
from .trace_late import LateFacts, late_facts


class By(StrEnum):
    """Who recorded a move, as far as an auditor is told."""

    PERSON = "person"
    HOST = "host"
    LEAD = "lead"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class TracedMove:
    """What a booking became, when that was recorded and by whom; `is_late`: of a cancellation."""

    after: BookingStatus
    at: datetime
    by: By
    is_late: bool


@dataclass(frozen=True, slots=True)
class TracedMessage:
    """A message to the person about the booking: when it was written and how it ended."""

    kind: MessageKind
    created_at: datetime
    sent_at: datetime | None
    dropped_at: datetime | None
    failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class TracedBooking:
    """A place at an event of the period. `credit`: of one that was attended.

    `registered`: whether a registration covers the day; None where none is asked for.
    `least`: the credited minutes asked for that day. `is_offer`: by rule 10.
    """

    on: date
    minutes: int | None
    host: int
    status: BookingStatus
    registered: bool | None
    credit: Credit | None
    least: int
    is_offer: bool
    moves: list[TracedMove]
    messages: list[TracedMessage]


@dataclass(frozen=True, slots=True)
class Trace:
    """`now` and `then`: where the person stood on the day, as known now and at its end.

    None: out of scope. `away`: of the days since the anchor. `late`: what was recorded
    after the day, beside outcomes.
    """

    strand: Strand
    on: date
    first: date
    now: Standing | None
    then: Standing | None
    away: int
    bookings: list[TracedBooking]
    late: list[LateFacts]


def trace(person: int, strand: Strand, on: date, *, limit_days: int) -> Trace:
    """Everything behind one figure of one day; some 20 queries whatever the history.

    `limit_days`: how far back to go where the person is in scope no longer.
    """
    (clock,) = clocks([person], strands=[strand], with_called_off=False)
    policy = policy_of(strand)
    seen = sorted({c.held.on for _, c in clock.credits if c.counts and c.held.on <= on})
    bare = Clocked(person, clock.postings, clock.absent, seen, (), ())
    anchored = standing(bare, policy, on)
    first = _first(anchored, on, limit_days)
    rows = list(_bookings(person, strand, first, on))
    hosts = {row.event.host_id for row in rows if row.event.host_id}
    offers = [(row.event.local_on, BookingStatus(row.status)) for row in rows]
    now = standing(Clocked(person, clock.postings, clock.absent, seen, (), offers), policy, on)
    known = load(strand, on, people=[person], known_at=end_of_day(on))
    anchor = anchor_of(now) if now else first
    return Trace(
        strand=strand,
        on=on,
        first=first,
        now=now,
        then=standing(known.people[person], known.policy, on),
        away=days_within(clock.absent, anchor.toordinal() + 1, on.toordinal()),
        bookings=_traced(rows, clock, policy),
        late=late_facts(person, hosts, strand, first, on),
    )


def anchor_of(one: Standing) -> date:
    """The day that the clock runs from: after it the first day is counted (rule 3)."""
    return one.last_counted_on or one.run_started_on - timedelta(days=1)


def _first(one: Standing | None, on: date, limit_days: int) -> date:
    """The earlier of the anchor and the first day of the interval (rule 10)."""
    if one is None:
        return on - timedelta(days=limit_days - 1)
    return min(anchor_of(one), on - timedelta(days=one.terms.interval_days - 1))


def _bookings(person: int, strand: Strand, first: date, on: date) -> Any:
    rows = Booking.objects.filter(
        person=person,
        event__kind=strand,
        event__local_on__gte=first,
        event__local_on__lte=on,
    )
    return rows.select_related("event").order_by("event__local_on", "created_at", "pk")


def _traced(rows: Sequence[Booking], clock: Clock, policy: Policy) -> list[TracedBooking]:
    moves, messages = _moves(rows), _messages(rows)
    registers: Registers | None = None
    if clock.strand == Strand.SUPERVISION:
        registers = registers_of({row.event.host_id for row in rows if row.event.host_id})
    credits = dict(clock.credits)
    return [
        TracedBooking(
            on=row.event.local_on,
            minutes=row.event.minutes,
            host=row.event.host_id or 0,
            status=BookingStatus(row.status),
            registered=registers.registered(row.event.host_id or 0, row.event.local_on)
            if registers
            else None,
            credit=credits.get(row.pk),
            least=_least(clock.postings, policy, row.event.local_on),
            is_offer=row.status not in NOT_OFFERED,
            moves=moves[row.pk],
            messages=messages[row.pk],
        )
        for row in rows
    ]


def _least(postings: Sequence[Served], policy: Policy, on: date) -> int:
    posting = posting_on(postings, on)
    terms = policy.in_force(posting.job_role, on) if posting else None
    return terms.least_credited_minutes if terms else 0


def _moves(rows: Sequence[Booking]) -> dict[int, list[TracedMove]]:
    """Every move of these bookings, those that others followed too; one query."""
    mine = {row.pk: row for row in rows}
    found: dict[int, list[TracedMove]] = defaultdict(list)
    moves = BookingMove.as_recorded.filter(booking__in=mine).order_by("recorded_at", "pk")
    columns = ("booking", "after", "recorded_at", "recorded_by", "is_late")
    for pk, after, at, by, is_late, is_service in moves.values_list(
        *columns, "recorded_by__is_service"
    ):
        who = By.SERVICE if is_service else _by(mine[pk], by)
        found[pk].append(TracedMove(BookingStatus(after), at, who, is_late))
    return found


def _by(booking: Booking, by: int) -> By:
    if by == booking.person_id:
        return By.PERSON
    return By.HOST if by == booking.event.host_id else By.LEAD


def _messages(rows: Sequence[Booking]) -> dict[int, list[TracedMessage]]:
    """What was written to the person about these bookings and is still held; one query."""
    found: dict[int, list[TracedMessage]] = defaultdict(list)
    owners = {row.pk: row.person_id for row in rows}
    sent = Message.objects.filter(booking__in=owners, person__in=set(owners.values()))
    columns = ("booking", "kind", "created_at", "sent_at", "dropped_at", "failed_at")
    for pk, kind, *times in sent.order_by("created_at", "pk").values_list(*columns):
        found[pk].append(TracedMessage(MessageKind(kind), *times))
    return found
