"""Month-ends, Mondays to come and two days side by side, against the rules on invented worlds."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings

from supervision.domain.spans import Version
from supervision.models import CoverMonth
from supervision.operations.cover_months import add_up_months
from supervision.queries.compare import changed_people, compare
from supervision.queries.forecast import forecast, mondays
from supervision.queries.stored_cover import StoredCover, Where
from supervision.queries.trend import month_ends, months
from supervision.queries.units import units
from tests import factories as make
from tests.conftest import NOW as NOON
from tests.conftest import Cast
from tests.domain.slow_cover import Slow
from tests.domain.test_cover_agreement import STEADY
from tests.domain.worlds import BASE, World, worlds
from wellbeing.domain.roles import Strand
from wellbeing.models import Person
from wellbeing.operations.attendance import record_attendance

from .test_cover_agreement_db import NOW, take_in

SUPERVISION = Where(Strand.SUPERVISION)
ENDS = [*month_ends(date(2026, 12, 31), 12)]
WEEKS = [date(2026, 1, 5) + timedelta(days=7 * n) for n in range(0, 40, 3)]


def in_a_world(most: int, look: Any) -> None:
    @settings(STEADY, max_examples=most)
    @given(worlds())
    def go(world: World) -> None:
        with transaction.atomic():
            take_in(world)
            look(world)
            transaction.set_rollback(True)

    with time_machine.travel(NOW, tick=False):
        go()


def by_rules(slow: Slow, on: date) -> tuple[int, int, int]:
    group = slow.group(slow.people(on))
    present = group["in_scope"] - group["absent"]
    return group["in_scope"], present, group["in_date"] + group["due_soon"]


def total(by_place: dict[Any, Any]) -> tuple[int, int, int]:
    rows = by_place.values()
    return (
        sum(m.in_scope for m in rows),
        sum(m.present for m in rows),
        sum(m.in_cover for m in rows),
    )


def test_month_ends_are_as_the_rules_say_void_kept_or_stale(db: None) -> None:
    def look(world: World) -> None:
        slow = Slow(world, "supervision")
        expected = {day: by_rules(slow, day) for day in ENDS}

        def found() -> dict[date, Any]:
            by_day = months(StoredCover(SUPERVISION), ENDS, units().values())
            return {day: total(places) for day, places in by_day.items()}

        assert found() == expected
        # Rows that are made now are filled by the next run.
        assert add_up_months(at=NOW) == 0
        assert CoverMonth.objects.filter(is_void=True).exists()
        assert found() == expected
        assert add_up_months(at=NOW) > 0
        assert add_up_months(at=NOW) == 0
        assert found() == expected
        some = list(Person.objects.filter(staff_number__isnull=False)[:3])
        make.mark_stale(*some)
        assert found() == expected

    in_a_world(15, look)


def test_forecast_is_the_same_clock_with_what_is_booked_attended(db: None) -> None:
    def look(world: World) -> None:
        turned = [
            row | {"outcome": "attended" if row["outcome"] == "booked" else row["outcome"]}
            for row in world.sessions
        ]
        slow = Slow(replace(world, sessions=turned), "supervision")
        expected = {day: by_rules(slow, day) for day in WEEKS}
        where = replace(SUPERVISION, version=Version.FORECAST)
        for stale in ([], list(Person.objects.filter(staff_number__isnull=False)[:2])):
            make.mark_stale(*stale)
            by_day = forecast(StoredCover(where), WEEKS)
            assert {day: total(places) for day, places in by_day.items()} == expected

    in_a_world(15, look)


def test_two_days_side_by_side_are_as_the_rules_say(db: None) -> None:
    def look(world: World) -> None:
        slow = Slow(world, "supervision")
        numbers = dict(Person.objects.values_list("pk", "staff_number"))
        earlier, later = BASE + timedelta(days=60), BASE + timedelta(days=150)
        was, now = (
            {p["staff_number"]: p["status"] for p in slow.people(day)}
            for day in (earlier, later)
        )
        good = {"in_date", "due_soon"}
        expected = {
            "fell_out": {n for n in was if was[n] in good and now.get(n) == "overdue"},
            "came_back": {n for n in was if was[n] == "overdue" and now.get(n) in good},
            "joined": now.keys() - was.keys(),
            "left": was.keys() - now.keys(),
        }
        for stale in ([], list(Person.objects.filter(staff_number__isnull=False)[:3])):
            make.mark_stale(*stale)
            cover = StoredCover(SUPERVISION)
            both = compare(cover, earlier, later)
            for name, people in expected.items():
                assert sum(getattr(c, name) for c in both.changes.values()) == len(people), name
            assert total(both.before) == by_rules(slow, earlier)
            assert total(both.now) == by_rules(slow, later)
            found = {
                numbers[p]: back for p, back in changed_people(cover, earlier, later).items()
            }
            back = dict.fromkeys(expected["came_back"], True)
            assert found == back | dict.fromkeys(expected["fell_out"], False)

    in_a_world(15, look)


def test_a_late_entry_voids_the_months_it_touches_and_no_others(cast: Cast) -> None:
    make.build_cover()
    make.add_up(NOON)
    person, april = cast.prosecutor, date(2026, 4, 10)
    event = make.make_event(cast.supervisor, april)
    booking = make.make_booking(event, person)
    make.build_cover()
    make.add_up(NOON)
    came = {booking.pk: True}
    record_attendance(event, came, by=cast.lead, at=NOON, as_lead=True)
    void = CoverMonth.objects.filter(is_void=True)
    assert set(void.values_list("on", flat=True)) == {date(2026, 4, 30)}
    assert set(void.values_list("unit", flat=True)) == {cast.unit.pk}


def test_a_sum_that_changed_while_it_was_added_up_stays_void(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from supervision.operations import cover_months as adding  # patched for this test

    make.build_cover()
    make.add_up(NOON)
    CoverMonth.objects.update(is_void=True)
    real = adding.added_up

    def meanwhile(*args: Any) -> Any:
        sums = real(*args)
        CoverMonth.objects.filter(unit=cast.unit).update(changes=9)
        return sums

    monkeypatch.setattr(adding, "added_up", meanwhile)
    add_up_months(at=NOON)
    void = CoverMonth.objects.filter(is_void=True)
    assert set(void.values_list("unit", flat=True)) == {cast.unit.pk}


def test_kept_months_take_one_query(cast: Cast) -> None:
    make.build_cover()
    make.add_up(NOON)
    days = month_ends(NOON.date(), 24)
    named = units().values()
    cover = StoredCover(SUPERVISION)
    assert cover.stale == {}
    with CaptureQueriesContext(connection) as queries:
        found = months(cover, days, named)
    assert len(queries) == 1
    assert total(found[date(2026, 4, 30)])[0] == 3


def test_month_ends_and_mondays() -> None:
    assert month_ends(date(2026, 3, 30), 2) == [date(2026, 1, 31), date(2026, 2, 28)]
    assert month_ends(date(2026, 3, 31), 2) == [date(2026, 2, 28), date(2026, 3, 31)]
    assert month_ends(date(2024, 2, 29), 1) == [date(2024, 2, 29)]
    assert mondays(date(2026, 5, 12), 2) == [date(2026, 5, 18), date(2026, 5, 25)]
    assert mondays(date(2026, 5, 18), 1) == [date(2026, 5, 25)]
