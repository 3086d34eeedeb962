"""Spans of a day found by a list of days are those of a range of days, whatever a database plans."""

from datetime import timedelta
from typing import Any

import time_machine
from django.db import connection, transaction
from hypothesis import given, settings

from supervision.models import StoredSpan
from supervision.queries.span_days import holding, in_units
from tests.domain.test_cover_agreement import STEADY
from tests.domain.worlds import BASE, World, worlds
from wellbeing.domain.roles import Strand
from wellbeing.models import Unit

from .test_cover_agreement_db import NOW, take_in

DAYS = [BASE + timedelta(days=n) for n in range(-40, 300, 20)]


def held(strand: Strand, on: Any) -> set[int]:
    rows = StoredSpan.objects.filter(strand=strand, start_on__lte=on, end_on__gte=on)
    return set(rows.values_list("pk", flat=True))


def test_spans_of_a_day_are_those_that_began_before_and_end_after(db: None) -> None:
    @settings(STEADY, max_examples=10)
    @given(worlds())
    def go(world: World) -> None:
        with transaction.atomic():
            take_in(world)
            # What SQLite plans depends on what it has counted.
            with connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {StoredSpan._meta.db_table}")
            for strand in Strand:
                for day in DAYS:
                    rows = StoredSpan.objects.filter(holding(strand, day))
                    assert set(rows.values_list("pk", flat=True)) == held(strand, day)
            transaction.set_rollback(True)

    with time_machine.travel(NOW, tick=False):
        go()


def test_spans_of_some_units(db: None) -> None:
    @settings(STEADY, max_examples=3)
    @given(worlds())
    def go(world: World) -> None:
        with transaction.atomic():
            take_in(world)
            some = set(Unit.objects.values_list("pk", flat=True)[:2])
            expected = StoredSpan.objects.filter(unit__in=some).values_list("pk", flat=True)
            found = in_units(StoredSpan.objects.all(), some).values_list("pk", flat=True)
            assert set(found) == set(expected)
            transaction.set_rollback(True)

    with time_machine.travel(NOW, tick=False):
        go()
