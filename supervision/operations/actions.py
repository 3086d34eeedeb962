"""Opening, passing on, withdrawing and closing actions; nobody closes one by hand."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from supervision.domain.actions import Ending, Population, Withdrawal, recovered
from supervision.models import Action, ActionCharge
from supervision.queries.actions import days_of, months_of, open_actions, possible_owners
from supervision.queries.one_moment import one_moment
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import Strand
from wellbeing.models import Area, Person, Unit
from wellbeing.operations import audit
from wellbeing.operations.facts import closed_at
from wellbeing.operations.outbox import tell_person
from wellbeing.operations.service import service_person
from wellbeing.operations.transaction import broken_name, operation

OVER = "This action is over. Look at it again before you go on."
ALREADY = "There is an open action for this already. Give it another owner or date instead."
# As PostgreSQL names them, and as SQLite does, by their columns.
ONE_OPEN = ("action_one_open", "supervision_action.strand, supervision_action.population")


@dataclass(frozen=True, slots=True)
class Measure:
    """Whose coverage, and the least percentage; neither Area nor unit: the whole service's."""

    strand: Strand
    population: Population
    target_percent: int
    area: Area | None = None
    unit: Unit | None = None

    @property
    def area_led(self) -> int | None:
        if self.unit:
            return self.unit.area_id
        return self.area.pk if self.area else None


@operation
def open_action(
    measure: Measure, *, owner: Person, due_on: date, by: Person, at: datetime
) -> Action:
    """Opens one and tells its owner. Refused: a second one of the same measure, a target that is
    no percentage, an owner who cannot have it, a day that is over."""
    on = local_day(at)
    if not 0 <= measure.target_percent <= 100:
        raise Refused("The target must be between 0 and 100.", field="target_percent")
    _check(measure.area_led, owner, due_on, on)
    try:
        with transaction.atomic():
            action = Action.objects.create(
                strand=measure.strand,
                population=measure.population,
                area=measure.area,
                unit=measure.unit,
                target_percent=measure.target_percent,
                opened_on=on,
                opened_at=at,
                opened_by=by,
            )
    except IntegrityError as error:
        if not broken_name(error).startswith(ONE_OPEN):
            raise
        raise Refused(ALREADY, code="action_one_open") from error
    _charge(action, owner, due_on, by=by, at=at)
    audit.record("action.open", by=by, at=at, action=str(action.public_id))
    return action


@operation
def change_action(
    action: Action, *, owner: Person, due_on: date, by: Person, at: datetime
) -> None:
    """Gives it another owner or another day; the earlier ones stay on record."""
    locked = _lock(action.pk)
    current = ActionCharge.objects.get(action=locked)
    if (current.owner_id, current.due_on) == (owner.pk, due_on):
        return
    _check(locked.area_led, owner, due_on, local_day(at))
    rows = ActionCharge.objects.filter(pk=current.pk)
    rows.update(superseded_at=closed_at(at), superseded_by=by)
    _charge(locked, owner, due_on, by=by, at=at, before=current.owner_id)
    audit.record("action.change", by=by, at=at, action=str(locked.public_id))


@operation
def withdraw_action(action: Action, *, reason: Withdrawal, by: Person, at: datetime) -> None:
    """Takes it off the list, for one of a few reasons; it does not count as recovered."""
    locked = _lock(action.pk)
    _close(locked, local_day(at), Ending.WITHDRAWN, by=by, at=at, reason=reason)
    public_id = str(locked.public_id)
    audit.record("action.withdraw", by=by, at=at, action=public_id, reason=reason)


def close_what_recovered(*, at: datetime) -> int:
    """Closes every action whose measure reached its target on two month-ends one after the
    other, after it was opened; how many. One transaction each."""
    return sum(_close_if_recovered(action, at=at) for action in open_actions())


def _close_if_recovered(action: Action, *, at: datetime) -> bool:
    """The figures are of one moment: a closed action is never opened again."""
    with one_moment():
        months = months_of(action, days_of(action, local_day(at)))
    population = Population(action.population)
    twice = recovered(months, population, action.target_percent, action.opened_on)
    return twice is not None and _close_recovered(action.pk, twice, at=at)


@operation
def _close_recovered(pk: int, twice: tuple[date, date], *, at: datetime) -> bool:
    action = Action.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    if not action.is_open:
        return False
    service = service_person()
    _close(action, twice[1], Ending.RECOVERED, by=service, at=at)
    public_id = str(action.public_id)
    days = [day.isoformat() for day in twice]
    audit.record("action.recover", by=service, at=at, action=public_id, month_ends=days)
    return True


def _lock(pk: int) -> Action:
    """The action as it is now. Refused where it is over."""
    rows = Action.objects.select_for_update(of=("self",)).select_related("unit")
    action = rows.get(pk=pk)
    if not action.is_open:
        raise Refused(OVER, code="action_over")
    return action


def _check(area: int | None, owner: Person, due_on: date, on: date) -> None:
    if owner not in possible_owners(area, on):
        raise Refused(
            "Choose a lead, or a manager who works there today.", field="owner", code="owner"
        )
    if due_on <= on:
        raise Refused("The date must be after today.", field="due_on", code="due_on")


def _charge(
    action: Action,
    owner: Person,
    due_on: date,
    *,
    by: Person,
    at: datetime,
    before: int | None = None,
) -> None:
    """Whoever is given it is told, unless they gave it to themself."""
    ActionCharge.objects.create(
        action=action, owner=owner, due_on=due_on, recorded_at=at, recorded_by=by
    )
    if owner.pk not in (by.pk, before):
        tell_person(MessageKind.ACTION_GIVEN, owner.pk, at=at)


def _close(
    action: Action,
    on: date,
    ending: Ending,
    *,
    by: Person,
    at: datetime,
    reason: Withdrawal | str = "",
) -> None:
    Action.objects.filter(pk=action.pk).update(
        closed_on=on, closed_at=at, closed_by=by, ending=ending, reason=reason
    )
