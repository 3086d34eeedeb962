"""Each guard alone: with all in place every rule holds; with any one taken away some rule breaks.

So none is there for nothing, and none is without a test.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction

from tests.conftest import Cast
from tests.wellbeing.database_rules import RULES, Rule, facts
from wellbeing import guards
from wellbeing.guards.guard import Guard, fact_models
from wellbeing.models import Posting


def holds(rule: Rule, cast: Cast) -> bool:
    """Asks a rule and leaves nothing behind."""
    point = transaction.savepoint()
    try:
        return rule(cast)
    finally:
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("rule", RULES)
def test_rule_holds_with_every_guard_in_place(cast: Cast, rule: Rule) -> None:
    assert holds(rule, cast)


@contextmanager
def without(guard: Guard) -> Iterator[None]:
    """Takes one guard away and puts it back."""
    point = transaction.savepoint()
    # PostgreSQL changes no table whose deferred checks are still to come.
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in guard.drop:
            cursor.execute(statement)
    assert guards.missing(connection) == [guard.name]
    yield
    transaction.savepoint_rollback(point)


def test_without_any_one_guard_some_rule_breaks(cast: Cast) -> None:
    expected = guards.expected(connection)
    assert len(expected) >= 14
    idle = []
    for guard in expected:
        with without(guard):
            if all(holds(rule, cast) for rule in RULES):
                idle.append(guard.name)
    assert idle == []
    assert guards.missing(connection) == []


def test_every_fact_model_is_asked(cast: Cast) -> None:
    assert {type(fact) for fact in facts(cast)} == set(fact_models())
    assert Posting in fact_models()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite drops them")
@pytest.mark.parametrize("model", ["Event", "Booking", "ClaimedTime", "Posting"])
@pytest.mark.django_db(transaction=True)
def test_a_migration_that_rebuilds_a_table_leaves_its_rules_in_force(model: str) -> None:
    """As `migrate` runs it: guards away, the table made anew, guards back."""
    config = apps.get_app_config("wellbeing")
    guards.before_migrations(using="default", sender=config)
    with connection.schema_editor() as editor:
        editor._remake_table(apps.get_model("wellbeing", model))  # type: ignore[attr-defined]
    assert guards.missing(connection) != []
    guards.after_migrations(using="default", sender=config)
    assert guards.missing(connection) == []
