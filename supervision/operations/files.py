"""What is written down when somebody takes a file with names away."""

from datetime import date, datetime

from wellbeing.domain.roles import Strand
from wellbeing.models import Person
from wellbeing.operations import audit
from wellbeing.operations.transaction import operation

PEOPLE_TAKEN = "coverage.people_taken"


@operation
def people_taken(*, by: Person, at: datetime, on: date, strand: Strand, number: int) -> None:
    """Who took how many people's rows away, of which day and strand."""
    audit.record(
        PEOPLE_TAKEN, by=by, at=at, on=on.isoformat(), strand=strand.value, number=number
    )
