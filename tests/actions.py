"""Actions for tests, written past the operations."""

from datetime import date, timedelta
from typing import Any

from supervision.domain.actions import Population
from supervision.models import Action, ActionCharge
from tests.conftest import NOW, TODAY
from wellbeing.domain.roles import Strand
from wellbeing.models import Area, Person, Unit
from wellbeing.operations.service import service_person


def make_action(
    place: Unit | Area | None,
    owner: Person,
    *,
    due_on: date = TODAY + timedelta(days=60),
    population: Population = Population.PROSECUTORS,
    target: int = 80,
    **more: Any,
) -> Action:
    """Open, since today unless it is said."""
    action = Action.objects.create(
        strand=more.pop("strand", Strand.SUPERVISION),
        population=population,
        unit=place if isinstance(place, Unit) else None,
        area=place if isinstance(place, Area) else None,
        target_percent=target,
        opened_on=more.pop("opened_on", TODAY),
        opened_at=NOW,
        opened_by=service_person(),
        **more,
    )
    ActionCharge.objects.create(
        action=action, owner=owner, due_on=due_on, recorded_at=NOW, recorded_by=service_person()
    )
    return action
