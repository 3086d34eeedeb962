"""What a rebuild of everybody's cover would change: nothing, where it is kept true."""

from typing import Any

from supervision.models import StoredCredit, StoredOutcome, StoredSpan
from supervision.operations.stored_cover import (
    CREDIT,
    OUTCOME,
    SPAN,
    credit_rows,
    outcome_rows,
    span_rows,
)
from supervision.queries.clocks import clocks, whoever_has_a_clock
from supervision.queries.stale import stale_people


def different() -> list[Any]:
    """Rows that a rebuild would change, of everybody who is not marked."""
    people = whoever_has_a_clock() - stale_people()
    credits: set[Any] = set()
    outcomes: set[Any] = set()
    spans: set[Any] = set()
    for clock in clocks(people):
        credits |= credit_rows(clock)
        outcomes |= outcome_rows(clock)
        spans |= span_rows(clock)
    stored = set(StoredSpan.objects.filter(person__in=people).values_list(*SPAN))
    worth = set(StoredCredit.objects.filter(person__in=people).values_list(*CREDIT))
    ended = set(StoredOutcome.objects.filter(person__in=people).values_list(*OUTCOME))
    return [*(stored ^ spans), *(worth ^ credits), *(ended ^ outcomes)]
