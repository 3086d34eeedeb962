"""Publishing the seats that make the weeks ahead fit: what is shown first is what is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.conf import settings

from supervision.domain.extra_seats import Found, find_slots, with_slots
from supervision.domain.hours import Hours, Slot, Why, World
from supervision.models import Supervisor
from supervision.queries.hours import areas_served, world_of
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Person
from wellbeing.operations import audit
from wellbeing.operations.events import Details, publish
from wellbeing.operations.locks import lock_people
from wellbeing.operations.transaction import operation

CHANGED = (
    "What is needed, or when the supervisors are free, has changed since."
    " Look at it again before you publish."
)
# A supervisor's days off and what else they do are not everybody's to read: without a place
# on a day for any such reason they have no free time.
WHY = {
    Why.NOT_REGISTERED: "{name}'s registration does not cover that day.",
    Why.NO_SUCH_TIME: "The clocks change that day.",
    Why.PAST: "That day is past.",
}
NO_TIME = "{name} has no more free time that day."


@dataclass(frozen=True, slots=True)
class Wanted:
    """Seats on a day for an Area, and who is to hold them."""

    on: date
    area: int
    seats: int
    host: Person


@dataclass(frozen=True, slots=True)
class Planned:
    """The sessions that these seats would be; and why they are not all of them, or empty."""

    wanted: Wanted
    slots: tuple[Slot, ...]
    reason: str


def plan_seats(wanted: Sequence[Wanted], *, at: datetime) -> list[Planned]:
    """What publishing would do, in the order asked; reads only.

    Ten queries a supervisor, whatever the number of their days.
    """
    if not wanted:
        return []
    first, last = min(w.on for w in wanted), max(w.on for w in wanted)
    hosts = {w.host.pk for w in wanted}
    served = areas_served(hosts)
    known = Supervisor.objects.filter(person__in=hosts).select_related("person")
    worlds = {s.person_id: world_of(s, first, last) for s in known}
    planned = []
    for one in wanted:
        world = worlds.get(one.host.pk)
        if world is None:
            raise Refused(f"{one.host.name} is not a clinical supervisor.")
        serves = one.host.pk not in served or one.area in served[one.host.pk]
        done = _plan(one, world, serves=serves, at=at)
        worlds[one.host.pk] = with_slots(world, done.slots)
        planned.append(done)
    return planned


def _plan(one: Wanted, world: World, *, serves: bool, at: datetime) -> Planned:
    if not serves:
        return Planned(one, (), f"{one.host.name} does not serve this Area.")
    usual = Hours(
        settings.EXTRA_SEAT_FROM,
        settings.EXTRA_SEAT_TO,
        settings.ONE_TO_ONE_MINUTES,
        mode=Mode.VIDEO,
    )
    found = find_slots(world, one.on, one.seats, usual=usual, at=at)
    return Planned(one, found.slots, _reason(found, one))


def _reason(found: Found, one: Wanted) -> str:
    if found.why is None:
        return ""
    return WHY.get(found.why, NO_TIME).format(name=one.host.name)


def digest(planned: Sequence[Planned]) -> str:
    """What was shown, in short: equal where the same sessions would be made."""
    said = [
        (one.wanted.area, one.wanted.host.pk, slot.start_at.isoformat())
        for one in planned
        for slot in one.slots
    ]
    return sha256(repr(said).encode()).hexdigest()


@operation
def publish_seats(
    wanted: Sequence[Wanted], *, shown: str, by: Person, at: datetime
) -> list[Planned]:
    """Publishes what was shown, and says what it did; what cannot be held stays out, with why.

    `shown`: the digest of the plan that somebody looked at. Refused where it is another by now,
    so that two leads who send the same plan add its seats once.
    """
    lock_people(sorted({w.host.pk for w in wanted}))
    planned = plan_seats(wanted, at=at)
    if digest(planned) != shown:
        raise Refused(CHANGED, code="changed")
    for one in planned:
        for slot in one.slots:
            publish(_details(one.wanted, slot), host=one.wanted.host, by=by, at=at, tells_host=False)  # fmt: skip
    published = sum(len(one.slots) for one in planned)
    if published:
        audit.record(
            "ahead.publish", by=by, at=at, published=published,
            left_out=sum(one.wanted.seats - len(one.slots) for one in planned),
        )  # fmt: skip
    return planned


def _details(wanted: Wanted, slot: Slot) -> Details:
    return Details(
        kind=EventKind.SUPERVISION,
        on=slot.on,
        at=slot.at,
        minutes=slot.hours.minutes,
        capacity=1,
        mode=Mode.VIDEO,
        areas=frozenset({wanted.area}),
    )
