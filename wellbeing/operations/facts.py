"""Closing a fact: the only change its row ever sees."""

from datetime import datetime
from typing import Any

from wellbeing.domain.refusals import Refused
from wellbeing.models import Person
from wellbeing.models.fact import Fact


def close(fact: Fact, *, by: Person, at: datetime) -> None:
    """Closes one current row. Refused where somebody else closed it first."""
    model: Any = type(fact)
    closed = model.objects.filter(pk=fact.pk).update(superseded_at=at, superseded_by=by)
    if not closed:
        raise Refused("This has been changed meanwhile. Look at it again before you go on.")
