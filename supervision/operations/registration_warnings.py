"""Writes of registrations that end soon, once for each warning and reader."""

from datetime import datetime

from supervision.queries.registration_warnings import registration_warnings
from wellbeing.models import Message
from wellbeing.operations.outbox import tell_once
from wellbeing.operations.transaction import operation


@operation
def write_registration_warnings(*, at: datetime) -> int:
    """How many are new."""
    return tell_once(
        Message(person_id=one.person, kind=one.kind, key=one.key, created_at=at, due_at=at)
        for one in registration_warnings(at)
    )
