"""The architecture's rules, each with a planted violation that proves it can fail."""

import ast
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import models
from django.test.utils import isolate_apps

from tests.layering import EXCEPTIONS, LAYERS, MODULES, ROOT, violations
from wellbeing import ports
from wellbeing.checks import ports_answered
from wellbeing.domain import ports as asked
from wellbeing.guards.guard import fact_models
from wellbeing.models.fact import closing_pair


def test_no_module_breaks_a_rule() -> None:
    assert [
        f"{path}: {what}"
        for path in MODULES
        for what in violations(path.as_posix(), (ROOT / path).read_text())
    ] == []


PLANTED = [
    ("wellbeing/queries/x.py", "from supervision.models import Supervisor", "1"),
    ("wellbeing/urls.py", "import supervision.urls", "1"),
    ("wellbeing/queries/x.py", "x = import_string('supervision.answers.may_host')", "1"),
    ("wellbeing/domain/x.py", "from django.db import models", "2"),
    ("wellbeing/domain/x.py", "import crispy_forms.helper", "2"),
    ("supervision/domain/x.py", "import psycopg", "2"),
    ("supervision/domain/x.py", "from wellbeing.models import Person", "3"),
    ("wellbeing/models/x.py", "from wellbeing.operations import audit", "3"),
    ("wellbeing/models/x.py", "from ..queries import people", "3"),
    ("wellbeing/queries/x.py", "from wellbeing.forms.govuk import GovukForm", "3"),
    ("wellbeing/views/x.py", "def f():\n    import json", "3"),
    ("wellbeing/views/x.py", "def f():\n    import json  # noqa: PLC0415", "3"),
    ("wellbeing/operations/x.py", "from django.utils import timezone\nx = timezone.now()", "4"),
    ("supervision/queries/x.py", "from datetime import date\nx = date.today()", "4"),
    ("wellbeing/presenters/x.py", "x = timezone.localdate()", "4"),
    ("wellbeing/queries/x.py", "from django.utils.timezone import now as n", "4"),
    ("wellbeing/models/x.py", "x = DateTimeField(default=timezone.now)", "4"),
    ("wellbeing/models/x.py", "x = DateTimeField(auto_now_add=True)", "4"),
    ("wellbeing/operations/x.py", "rows.update(at=Now())", "4"),
    ("wellbeing/domain/x.py", "x = time.time_ns()", "4"),
    ("wellbeing/views/x.py", "x = Person.objects.all()", "5"),
    ("wellbeing/tasks/x.py", "x = Person._default_manager.all()", "5"),
    ("supervision/presenters/x.py", "x = Person.objects.all()", "5"),
    ("wellbeing/forms/x.py", "x = Person.objects.all()", "5"),
]


@pytest.mark.parametrize(("path", "source", "rule"), PLANTED)
def test_planted_violation_is_caught(path: str, source: str, rule: str) -> None:
    assert [v[0] for v in violations(path, source)] == [rule]


def test_every_module_has_its_layer() -> None:
    rooms = {p.parts[1].removesuffix(".py") for p in MODULES}
    assert rooms - {"__init__"} - LAYERS.keys() == set()


def test_exceptions_are_needed() -> None:
    for path in EXCEPTIONS:
        source = (ROOT / path).read_text()
        assert [v[0] for v in violations(f"{path}_again", source)] == ["4"]


def named_joins(facts: list[type[models.Model]]) -> list[str]:
    """Foreign keys of facts by whose name a join would read closed rows."""
    return [
        f"{fact.__name__}.{field.name}"
        for fact in facts
        for field in fact._meta.get_fields()
        if isinstance(field, models.ForeignKey) and not field.remote_field.hidden
    ]


def test_no_join_reads_closed_rows() -> None:
    facts = fact_models()
    assert {f.__name__ for f in facts} == {
        "Absence",
        "ActionCharge",
        "BookingMove",
        "CourtListDays",
        "Establishment",
        "EventDay",
        "PolicyVersion",
        "Posting",
        "Registration",
        "RoleGrant",
    }
    assert named_joins(facts) == []


def test_planted_named_join_is_caught() -> None:
    booking = apps.get_model("wellbeing", "Booking")
    assert named_joins([booking]) == ["Booking.event", "Booking.person"]


PROTOCOLS: dict[str, Any] = {
    "facts_changed": asked.FactsChanged,
    "may_attend": asked.MayAttend,
    "may_host": asked.MayHost,
    "who_first": asked.WhoFirst,
}


def parameters(function: Callable[..., Any]) -> list[tuple[str, Any]]:
    """Names of what a function takes, and whether by name only; without `self`."""
    taken = inspect.signature(function).parameters.values()
    return [(p.name, p.kind) for p in taken if p.name != "self"]


def test_every_port_is_answered_as_it_is_asked() -> None:
    assert set(ports.NAMES) == set(django_settings.PORTS) == set(PROTOCOLS)
    for name, protocol in PROTOCOLS.items():
        answer = ports.answerer(name)
        assert callable(answer)
        assert parameters(answer) == parameters(protocol.__call__), name
    assert ports_answered() == []


def test_planted_answer_to_another_question_is_caught() -> None:
    def answer(seats: object) -> None: ...

    assert parameters(answer) != parameters(asked.MayAttend.__call__)


@pytest.mark.parametrize(
    "planted",
    [
        {**django_settings.PORTS, "may_host": "supervision.answers.no_such_answer"},
        {**django_settings.PORTS, "may_host": "no_such_module.answer"},
        {**django_settings.PORTS, "may_host": "supervision.answers.__doc__"},
        {n: v for n, v in django_settings.PORTS.items() if n != "may_host"},
    ],
)
def test_planted_wrong_port_is_caught(settings: Any, planted: dict[str, str]) -> None:
    settings.PORTS = planted
    assert [e.id for e in ports_answered()] == ["wellbeing.E001"]


def loose_pairs(model: type[models.Model]) -> list[str]:
    """Each `x` whose `x_at` could be set without its `x_by`, or the other way."""
    fields: dict[str, Any] = {f.name: f for f in model._meta.concrete_fields}
    constraints = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    together = [c.condition.referenced_base_fields for c in constraints]
    pairs = [n[:-3] for n in fields if n.endswith("_at") and f"{n[:-3]}_by" in fields]
    return [p for p in pairs if not _held(fields[f"{p}_at"], fields[f"{p}_by"], together)]


def _held(at: Any, by: Any, together: list[set[str]]) -> bool:
    """Never null, or null together by a constraint about these two."""
    if at.null or by.null:
        return at.null and by.null and {at.name, by.name} in together
    return True


def test_at_and_by_are_set_together_by_constraint() -> None:
    ours = [m for m in apps.get_models() if m._meta.app_label in ("wellbeing", "supervision")]
    assert {m.__name__: loose_pairs(m) for m in ours if loose_pairs(m)} == {}


@isolate_apps("tests")
def test_planted_loose_pair_is_caught() -> None:
    class Loose(models.Model):
        closed_at = models.DateTimeField(null=True)
        closed_by = models.IntegerField(null=True)
        made_at = models.DateTimeField()
        made_by = models.IntegerField(null=True)
        superseded_at = models.DateTimeField(null=True)
        superseded_by = models.IntegerField(null=True)

        class Meta:
            app_label = "tests"
            constraints = [closing_pair("loose")]

    assert loose_pairs(Loose) == ["closed", "made"]


LONGEST_FUNCTION, LONGEST_FILE = 40, 300


def too_long(path: str, source: str) -> list[str]:
    found = [path] if len(source.splitlines()) > LONGEST_FILE else []
    return found + [
        f"{path}: {node.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]


# What may be longer, and why.
LONGER = {
    "tests/access.py: addresses": "a table, a line an address",
}


def test_functions_and_files_are_short() -> None:
    tests = [p.relative_to(ROOT) for p in sorted((ROOT / "tests").rglob("*.py"))]
    modules = [*MODULES, *tests]
    long = {w for p in modules for w in too_long(p.as_posix(), (ROOT / p).read_text())}
    assert long == LONGER.keys()


def test_planted_long_function_is_caught() -> None:
    assert too_long("x.py", "def f():\n" + "    x = 1\n" * 39) == []
    assert too_long("x.py", "def f():\n" + "    x = 1\n" * 40) == ["x.py: f"]
    assert too_long("x.py", "x = 1\n" * 301) == ["x.py"]
