"""Writes to people of their own clock, once for each thing there is to say."""

from datetime import datetime

from supervision.queries.nudges import nudges
from wellbeing.models import Message
from wellbeing.operations.outbox import tell_once
from wellbeing.operations.transaction import operation


@operation
def write_nudges(*, at: datetime) -> int:
    """How many are new. Whoever has something booked, or an offer to answer, is left alone."""
    return tell_once(
        Message(person_id=n.person, kind=n.kind, key=n.key, created_at=at, due_at=at)
        for n in nudges(at)
    )
