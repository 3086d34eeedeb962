"""What is written down when somebody takes a file with names away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wellbeing.models import Person
from wellbeing.operations import audit
from wellbeing.operations.transaction import operation

PEOPLE_TAKEN = "coverage.people_taken"


@operation
def people_taken(
    file: str,
    *,
    by: Person,
    at: datetime,
    kind: str,
    number: int,
    asked: Mapping[str, str | None],
) -> None:
    """Who took how many people's rows away, in which file and format; no audit, no file.

    `asked`: what the file is of, in days, words of the service and public ids; never a name.
    """
    of = {key: value for key, value in asked.items() if value}
    details: dict[str, Any] = {"file": file, "kind": kind, "number": number, **of}
    audit.record(PEOPLE_TAKEN, by=by, at=at, **details)
