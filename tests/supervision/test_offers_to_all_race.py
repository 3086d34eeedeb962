"""Two leads who offer the same sessions to the same people at the same moment, and somebody who books."""

from datetime import time

import pytest

from supervision.operations.offers_to_all import Outcome, offer_to_all
from supervision.queries.offers_to_all import Pair
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from tests.wellbeing.test_booking_races import race
from wellbeing.domain.booking import HOLDS_SEAT
from wellbeing.domain.refusals import Busy, Refused
from wellbeing.models import Booking
from wellbeing.operations.bookings import book

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, ROUNDS = 6, 3


@pytest.mark.parametrize("n", range(ROUNDS))
def test_nobody_gets_two_places_and_no_session_is_oversold(cast: Cast, n: int) -> None:
    """Each with the pairs in another order, so that locks in the order of the page would deadlock."""
    people = [make.make_staff(f"R{n} P{i}", cast.unit) for i in range(PEOPLE)]
    guest = make.make_staff(f"R{n} Guest", cast.unit)
    host = make.make_supervisor(f"Dr {n}")
    on = TODAY.replace(day=20 + n)
    events = [make.make_event(host, on, time(8 + i)) for i in range(PEOPLE)]
    pairs = [Pair(p, e) for p, e in zip(people, events, strict=True)]
    crossed = [Pair(p, e) for p, e in zip(people, reversed(events), strict=True)]
    reach = {p.pk: {e.pk for e in events} for p in people}
    found = race(
        [
            lambda: offer_to_all(pairs, reach=reach, by=cast.lead, at=NOW),
            lambda: offer_to_all(crossed[::-1], reach=reach, by=cast.lead, at=NOW),
            lambda: book(events[0], person=guest, by=guest, at=NOW),
        ]
    )
    assert not [one for one in found if isinstance(one, Busy)], found
    held = Booking.objects.filter(event__in=events, status__in=HOLDS_SEAT)
    places = list(held.values_list("person", "event"))
    assert len({person for person, _ in places}) == len(places)
    assert len({event for _, event in places}) == len(places)
    told = [x for one in found[:2] if isinstance(one, list) for x in one]
    offered = [x for x in told if isinstance(x, Outcome) and not x.refused]
    is_booked = not isinstance(found[2], Refused)
    assert len(places) == len(offered) + is_booked
    assert len(offered) >= PEOPLE - 1
