"""The bulk writer stores what the ORM would, on both engines, and guards see its rows."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import EventStatus
from wellbeing.domain.roles import EventKind
from wellbeing.models import Absence, AuditRow, ClaimedTime, Event, Person
from wellbeing.operations import bulk
from wellbeing.operations.bulk import bulk_insert

EVENT = (
    "public_id", "kind", "status", "host", "local_on", "start_at", "end_at", "minutes",
    "is_bookable", "capacity", "mode", "place", "theme", "series", "created_at", "created_by",
    "changed_at", "sequence",
)  # fmt: skip
PLACE = 'A\tB\\N\n, "Ça"'


def event_row(host: Person, number: int = 1) -> tuple[Any, ...]:
    start = datetime(2026, 6, 1, 9, 0, 0, 120, UTC) + timedelta(days=number)
    return (
        UUID(int=number), EventKind.TRAINING, EventStatus.PUBLISHED, host.pk, start.date(),
        start, start + timedelta(minutes=60), 60, True, 3, "video", PLACE, "", None,
        NOW, host.pk, NOW.astimezone(timezone(timedelta(hours=5))), 0,
    )  # fmt: skip


def stored(table: str) -> list[tuple[Any, ...]]:
    """Rows as the database holds them, without their primary keys."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        return [row[1:] for row in cursor.fetchall()]


def test_rows_are_stored_as_the_orm_would(cast: Cast) -> None:
    row = dict(zip(EVENT, event_row(cast.supervisor), strict=True))
    fields = row | {"public_id": UUID(int=9), "start_at": row["end_at"]}
    fields |= {"end_at": row["end_at"] + timedelta(hours=1)}
    Event.objects.create(
        **{n: v for n, v in fields.items() if n not in ("host", "created_by")},
        host=cast.supervisor,
        created_by=cast.supervisor,
    )
    (by_orm,) = stored("wellbeing_event")
    assert bulk_insert(Event, EVENT, [tuple(row.values())]) == 1
    by_bulk = stored("wellbeing_event")[1]
    same = [n for n, (a, b) in enumerate(zip(by_orm, by_bulk, strict=True)) if a == b]
    assert len(by_orm) - len(same) == 3
    assert [type(v) for v in by_orm] == [type(v) for v in by_bulk]
    event = Event.objects.get(public_id=UUID(int=1))
    assert {n: getattr(event, n) for n in row if n not in ("host", "created_by")} == {
        n: v for n, v in row.items() if n not in ("host", "created_by")
    }


def test_json_is_read_back_as_it_was(cast: Cast) -> None:
    details = {"a": [1, "ü\\", None], "b": True}
    columns = ("at", "by_id", "verb", "about", "details")
    bulk_insert(AuditRow, columns, [(NOW, cast.lead.pk, "test.bulk", None, details)])
    row = AuditRow.objects.get(verb="test.bulk")
    assert (row.at, row.by, row.about, row.details) == (NOW, cast.lead, None, details)
    assert AuditRow.objects.filter(details__a__1="ü\\").count() == 1


def test_guards_see_rows_of_the_bulk_writer(cast: Cast) -> None:
    rows = [event_row(cast.supervisor, n) for n in (1, 2)]
    bulk_insert(Event, EVENT, rows)
    assert ClaimedTime.objects.filter(kind="host", person=cast.supervisor).count() == 2
    twice = (UUID(int=3), *rows[0][1:])
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk_insert(Event, EVENT, [event_row(cast.supervisor, 4), twice])
    assert Event.objects.count() == 2


def test_rows_may_be_drawn_from_the_same_database(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 3)
    people = list(Person.objects.order_by("pk"))
    drawn = 0

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal drawn
        for person in Person.objects.order_by("pk").iterator(chunk_size=2):
            drawn += 1
            # No more than a batch is ahead of what is written.
            assert drawn - Absence.objects.count() <= 3
            yield person.pk, TODAY, None, NOW, cast.lead.pk

    columns = ("person", "start_on", "end_on", "recorded_at", "recorded_by")
    assert bulk_insert(Absence, columns, rows()) == len(people)
    held = Absence.objects.order_by("pk").values_list("person", "start_on", "end_on")
    assert list(held) == [(p.pk, TODAY, None) for p in people]


def test_no_row_is_no_statement(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert bulk_insert(Absence, ("person", "start_on"), iter(())) == 0


# Every kind of field of ours, and what a value of it may be.
KINDS: list[tuple[models.Field[Any, Any], st.SearchStrategy[Any]]] = [
    (models.DateField(null=True), st.none() | st.dates()),
    (models.DateTimeField(null=True), st.none() | st.datetimes(timezones=st.just(UTC))),
    (models.TimeField(null=True), st.none() | st.times()),
    (models.UUIDField(null=True), st.none() | st.uuids()),
    (models.BooleanField(null=True), st.none() | st.booleans()),
    (models.IntegerField(null=True), st.none() | st.integers(-(2**31), 2**31 - 1)),
    (models.DecimalField(max_digits=5, decimal_places=2, null=True), st.none() | st.decimals(-999, 999, places=2)),
    (models.TextField(null=True), st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))),
    (models.JSONField(), st.dictionaries(st.sampled_from("ab"), st.integers(0, 9) | st.booleans() | st.none())),
]  # fmt: skip


COLUMNS = [f"c{at}" for at in range(len(KINDS))]


@pytest.fixture
def sample(db: None) -> Any:
    """A model with a column of each kind, and its table: for the test alone."""
    with isolate_apps("wellbeing"):
        fields = {name: field.clone() for name, (field, _) in zip(COLUMNS, KINDS, strict=True)}
        meta = type("Meta", (), {"app_label": "wellbeing", "db_table": "bulk_sample"})
        model: Any = type(
            "Sample", (models.Model,), fields | {"__module__": __name__, "Meta": meta}
        )
    key = "integer PRIMARY KEY AUTOINCREMENT"
    if connection.vendor == "postgresql":
        key = "bigserial PRIMARY KEY"
    columns = [f"{f.column} {f.db_type(connection)}" for f in model._meta.local_fields[1:]]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bulk_sample (id {key}, {', '.join(columns)})")
    return model


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=st.lists(st.tuples(*[values for _, values in KINDS]), max_size=5))
def test_every_value_is_read_back(sample: Any, rows: list[tuple[Any, ...]]) -> None:
    sample.objects.all().delete()
    assert bulk_insert(sample, COLUMNS, rows) == len(rows)
    assert list(sample.objects.order_by("pk").values_list(*COLUMNS)) == rows
