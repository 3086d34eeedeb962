"""Who may be seen by whom is asked at every booking: it must not read everybody's postings."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.queries.eligibility import barred_seats
from tests import factories as make
from tests.conftest import TODAY, Cast
from wellbeing.domain.ports import Bar, Seat
from wellbeing.models import Person


def asked(cast: Cast, host: Person) -> tuple[list[Bar], int]:
    """Why not, and how many postings were read for it."""
    seat = Seat(cast.prosecutor.pk, 1, host.pk, TODAY, cast.area.pk)
    with CaptureQueriesContext(connection) as captured:
        barred = barred_seats([seat])
    postings = [q["sql"] for q in captured if 'FROM "wellbeing_posting"' in q["sql"]]
    return list(barred.values()), len([q for q in postings if "LIMIT 1" not in q])


def test_of_a_supervisor_who_manages_nobody_no_postings_are_read(cast: Cast) -> None:
    assert asked(cast, cast.supervisor) == ([], 0)


def test_a_supervisor_who_manages_somebody_is_looked_for_in_the_chain(cast: Cast) -> None:
    top = make.make_supervisor("", person=make.make_staff("Top", cast.unit))
    assert asked(cast, top) == ([], 0)
    make.make_staff("Somebody else", cast.unit, manager=top)
    assert asked(cast, top) == ([], 1)
    assert asked(cast, make.make_supervisor("", person=cast.manager)) == ([Bar.IN_CHAIN], 1)
