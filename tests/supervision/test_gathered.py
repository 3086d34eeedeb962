"""Keys gathered by the database, and instants as numbers, are what the rows say; on either engine."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Min

from supervision.queries.gathered import Gathered, Microseconds
from tests import factories as make
from tests.conftest import Cast
from wellbeing.models import BusyTime, Person, Posting

START = datetime(2026, 6, 9, 8, 30, tzinfo=UTC)


def test_keys_of_each_group_are_those_of_its_rows(cast: Cast) -> None:
    for n in range(3):
        make.make_staff(f"Elsewhere {n}", cast.elsewhere)
    rows = Posting.objects.order_by().values("unit").annotate(people=Gathered("person"))
    found = {unit: sorted(people) for unit, people in rows.values_list("unit", "people")}
    by_row: dict[int, list[int]] = {}
    for unit, person in Posting.objects.order_by("person").values_list("unit", "person"):
        by_row.setdefault(unit, []).append(person)
    assert len(by_row) > 1
    assert found == by_row


def test_no_group_has_no_row(db: None) -> None:
    rows = Posting.objects.values("unit").annotate(people=Gathered("person"))
    assert list(rows.values_list("unit", "people")) == []


@pytest.mark.parametrize("part", [0, 1, 500_000, 999_999])
def test_an_instant_is_its_microseconds_and_groups_by_it(db: None, part: int) -> None:
    people = [make.make_person(f"Somebody {n}") for n in range(2)]
    start = START + timedelta(microseconds=part)
    end = start + timedelta(minutes=30, microseconds=1)
    for person in people:
        BusyTime.objects.create(person=person, from_at=start, to_at=end)
    rows = BusyTime.objects.values("from_at", "to_at").annotate(
        start=Microseconds(Min("from_at")),
        end=Microseconds(Min("to_at")),
        people=Gathered("person"),
    )
    ((first, last, found),) = rows.values_list("start", "end", "people")
    assert (first, last) == (_microseconds(start), _microseconds(end))
    assert sorted(found) == sorted(person.pk for person in people)
    ((alone,),) = {
        BusyTime.objects.filter(person=person)
        .annotate(start=Microseconds("from_at"))
        .values_list("start")[0]
        for person in Person.objects.filter(pk__in=found)
    }
    assert alone == first


def _microseconds(instant: datetime) -> int:
    return (instant - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)
