"""Publishing a supervisor's hours: each slot becomes a session once."""

from datetime import date, datetime, timedelta

from supervision.domain.hours import Proposal, Slot, propose
from supervision.models import MadeSlot, Supervisor, SupervisorArea
from supervision.queries.hours import world_of
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Person
from wellbeing.operations import audit
from wellbeing.operations.events import Details, publish
from wellbeing.operations.locks import lock_people
from wellbeing.operations.transaction import operation

ONE_DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
# A session so far off helps nobody to plan, and its bank holidays may not be known.
MOST_WEEKS = 52


def proposal(person: Person, *, first: date, weeks: int, at: datetime) -> Proposal:
    """What publishing would do; reads only."""
    last = first + weeks * WEEK - ONE_DAY
    return propose(world_of(_supervisor(person), first, last), first=first, last=last, at=at)


@operation
def publish_hours(
    person: Person, *, first: date, weeks: int, by: Person, at: datetime
) -> Proposal:
    """Publishes what the hours of these weeks make, for all Areas served; says what it did.

    All or nothing. A second run finds every slot made, and adds nothing.
    """
    lock_people([person.pk])
    done = proposal(person, first=first, weeks=weeks, at=at)
    areas = frozenset(
        SupervisorArea.objects.filter(supervisor__person=person).values_list("area", flat=True)
    )
    for slot in done.slots:
        _make(slot, person, areas, by=by, at=at)
    if done.slots:
        audit.record(
            "hours.publish", by=by, at=at, about=person.pk, first=str(first), weeks=weeks,
            published=len(done.slots), left_out=len(done.left_out),
        )  # fmt: skip
    return done


def _make(
    slot: Slot, person: Person, areas: frozenset[int], *, by: Person, at: datetime
) -> None:
    hours = slot.hours
    details = Details(
        kind=EventKind.SUPERVISION,
        on=slot.on,
        at=slot.at,
        minutes=hours.minutes,
        capacity=1,
        mode=Mode(hours.mode),
        place=hours.place,
        areas=areas,
    )
    series = hours.series
    event = publish(details, host=person, by=by, at=at, series=series, tells_host=False)
    MadeSlot.objects.create(person=person, local_on=slot.on, starts=slot.at, event=event)


def _supervisor(person: Person) -> Supervisor:
    found = Supervisor.objects.filter(person=person).first()
    if found is None:
        raise Refused(f"{person.name} is not a clinical supervisor.")
    return found
