"""Offering several people a session each in one step: each offer as a lead's single one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from supervision.queries.offers_to_all import Pair
from supervision.queries.today import with_a_place
from wellbeing.domain.local_time import local_day
from wellbeing.domain.refusals import Refused
from wellbeing.models import Person
from wellbeing.operations import audit
from wellbeing.operations.bookable import NOT_AVAILABLE, TO_ANOTHER_CODE
from wellbeing.operations.offers import offer
from wellbeing.operations.seats import lock_to_take_all
from wellbeing.operations.transaction import operation

HAS_A_PLACE = "This person has a place by now."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of them: offered, or the first reason why not."""

    pair: Pair
    refused: str = ""


@operation
def offer_to_all(
    pairs: Sequence[Pair],
    *,
    reach: Mapping[int, Collection[int]],
    by: Person,
    at: datetime,
) -> list[Outcome]:
    """Offers each person their session, on fresh facts; whom it could not be offered, is said why.

    `reach`: by person the events that may be offered to them, as just worked out. Everybody is
    locked first, then the sessions, so that two of these at once wait for each other and no
    more. Refused where nobody could be offered anything.
    """
    lock_to_take_all([p.event.pk for p in pairs], [p.person.pk for p in pairs], at=at)
    found = [_offer(pair, reach.get(pair.person.pk, ()), by=by, at=at) for pair in pairs]
    offered = sum(not one.refused for one in found)
    if not offered:
        reasons = " ".join(f"{one.pair.person.name}: {one.refused}" for one in found)
        raise Refused(f"Nobody could be offered a session. {reasons}".strip())
    audit.record("offers.to_all", by=by, at=at, offered=offered, refused=len(found) - offered)
    return found


def _offer(pair: Pair, reached: Collection[int], *, by: Person, at: datetime) -> Outcome:
    try:
        with transaction.atomic():
            ahead = with_a_place(at, local_day(at)).filter(person=pair.person)
            if ahead.exists():
                raise Refused(HAS_A_PLACE, code="has_a_place")
            offer(pair.event, person=pair.person, by=by, at=at)
            # Away by now, or not on one of their days any more: what the rules of booking allow.
            if pair.event.pk not in reached:
                raise Refused(NOT_AVAILABLE, code=TO_ANOTHER_CODE)
    except Refused as refused:
        return Outcome(pair, refused.sentence)
    return Outcome(pair)
