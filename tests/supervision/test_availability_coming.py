"""Who joins or returns within the weeks, and who is below a host; by `manage.py availability`."""

from datetime import date

import pytest

from tests import factories as make
from tests.supervision.test_availability_command import TUESDAY, found

COMES = [
    # From when the policy holds, and whether somebody is away from when to when -> who comes.
    (date(2026, 6, 1), None, 0),
    (date(2026, 6, 2), None, 1),
    (date(2026, 6, 28), None, 1),
    (date(2026, 6, 29), None, 0),
    (date(2026, 6, 1), (date(2026, 5, 1), date(2026, 6, 27)), 1),
    (date(2026, 6, 1), (date(2026, 5, 1), date(2026, 6, 28)), 0),
    (date(2026, 6, 1), (date(2026, 5, 1), None), 0),
    (date(2026, 6, 1), (date(2026, 6, 2), date(2026, 6, 27)), 0),
    (date(2026, 6, 20), (date(2026, 6, 10), date(2026, 6, 27)), 1),
    (date(2026, 6, 20), (date(2026, 6, 10), None), 0),
]


@pytest.mark.parametrize(("effective_from", "away", "comes"), COMES)
def test_who_comes_is_there_on_a_later_day_and_not_on_the_first(
    db: None, effective_from: date, away: tuple[date, date | None] | None, comes: int
) -> None:
    make.make_policy(effective_from=effective_from)
    person = make.make_staff("Somebody", make.make_unit())
    if away:
        make.make_absence(person, *away)
    assert found()["joining_or_returning"] == comes


def test_somebody_below_two_managers_of_a_host_reaches_none_of_their_sessions(
    db: None,
) -> None:
    """And whoever is beside the chain does."""
    make.make_policy()
    unit = make.make_unit()
    top = make.make_staff("Top", unit)
    middle = make.make_staff("Middle", unit, manager=top)
    below = make.make_staff("Below", unit, manager=middle)
    for person in (top, middle):
        make.make_absence(person, date(2020, 1, 1), None)
    make.make_event(make.make_supervisor("", person=top), TUESDAY)
    assert (found()["available"], found()["short"]) == (0, 1)
    make.make_staff("Beside", unit)
    assert (found()["available"], found()["short"]) == (1, 1)
    assert below
