"""Closing a fact: the only change its row ever sees."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest

from wellbeing.domain.refusals import Refused
from wellbeing.models import Person
from wellbeing.models.fact import Fact

# Well below what either engine takes as parameters of one statement.
BATCH = 500


def closed_at(at: datetime) -> Greatest:
    """`at`, or when the row was recorded: it may have been while `at`'s writer waited its turn."""
    return Greatest(F("recorded_at"), Value(at, output_field=DateTimeField()))


def close(fact: Fact, *, by: Person, at: datetime) -> None:
    """Closes one current row. Refused where somebody else closed it first."""
    model: Any = type(fact)
    closed = model.objects.filter(pk=fact.pk).update(
        superseded_at=closed_at(at), superseded_by=by
    )
    if not closed:
        raise Refused("This has been changed meanwhile. Look at it again before you go on.")


def close_all(facts: Sequence[Fact], *, by: Person, at: datetime) -> None:
    """Closes many current rows of one model."""
    for start in range(0, len(facts), BATCH):
        batch = facts[start : start + BATCH]
        model: Any = type(batch[0])
        rows = model.objects.filter(pk__in=[fact.pk for fact in batch])
        rows.update(superseded_at=closed_at(at), superseded_by=by)
