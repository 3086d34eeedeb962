"""The architecture's rules, each with a planted violation that proves it can fail."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import models
from django.utils.module_loading import import_string

from wellbeing import ports
from wellbeing.guards.guard import fact_models

ROOT = Path(django_settings.BASE_DIR)
TOP, PAGE, WRITE, READ, MAY, MODEL, DOMAIN = range(7, 0, -1)
LAYERS = {
    "urls": TOP, "account_urls": TOP, "views": TOP, "tasks": TOP, "middleware": TOP,
    "management": TOP, "admin": TOP, "apps": TOP, "checks": TOP, "context": TOP, "wsgi": TOP,
    "settings": TOP, "templatetags": TOP, "adapter": TOP, "converters": TOP, "answers": TOP,
    "static_storage": TOP, "request": PAGE, "assets": DOMAIN, "account": TOP,
    "presenters": PAGE, "forms": PAGE,
    "operations": WRITE, "queries": READ, "permissions": MAY,
    "ports": MODEL, "guards": MODEL, "models": MODEL, "domain": DOMAIN,
}  # fmt: skip
CLOCK = {"now", "today", "localdate", "utcnow"}
# Why a module may stand where its layer says otherwise.
EXCEPTIONS = {
    # A clock of its own is what an id that begins with the time needs.
    "wellbeing/domain/public_id.py": "clock",
}
MODULES = [
    p.relative_to(ROOT)
    for app in ("wellbeing", "supervision")
    for p in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in p.parts
]


def layer(path: str) -> int:
    """The layer of `wellbeing/queries/people.py` or of `wellbeing.queries.people`."""
    parts = path.removesuffix(".py").replace("/", ".").split(".")
    return LAYERS[parts[1]] if len(parts) > 1 and parts[1] in LAYERS else TOP


def imports(path: str, source: str) -> Iterator[tuple[ast.stmt, str, bool]]:
    """(statement, dotted module, within a function) of every import of our own apps."""
    tree = ast.parse(source)
    inner = {
        id(n)
        for f in ast.walk(tree)
        if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)
        for n in ast.walk(f)
    }
    package = path.removesuffix("/__init__.py").removesuffix(".py").split("/")
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node, name.name, id(node) in inner
        elif isinstance(node, ast.ImportFrom):
            base = package if path.endswith("__init__.py") else package[:-1]
            base = base[: len(base) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for name in node.names:
                whole = f"{module}.{name.name}"
                known = (ROOT / whole.replace(".", "/")).with_suffix(".py").exists()
                known |= (ROOT / whole.replace(".", "/")).is_dir()
                yield node, whole if known else module, id(node) in inner


def violations(path: str, source: str) -> list[str]:
    """What of the five rules a module breaks."""
    found: list[str] = []
    here, app, lines = layer(path), path.split("/")[0], source.splitlines()
    for node, module, inner in imports(path, source):
        first = module.split(".")[0]
        if app == "wellbeing" and first == "supervision":
            found.append("1 the ground imports the service")
        if (
            here == DOMAIN
            and "domain" in path
            and first in {"django", "allauth", "crispy_forms"}
        ):
            found.append("2 domain imports Django")
        if first in {"wellbeing", "supervision"} and layer(module) > here:
            found.append(f"3 {path} imports {module} from above")
        if inner and "#" not in lines[node.lineno - 1] and not path.endswith("_test.py"):
            found.append("3 an import inside a function says no reason")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and here < TOP:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in CLOCK and EXCEPTIONS.get(path) != "clock":
                found.append(f"4 {name}() below the top layer")
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "as_recorded"}:
            if here in {TOP, PAGE} and "management" not in path and "apps" not in path:
                found.append("5 a manager in a view, task, presenter or form")
    return found


def test_no_module_breaks_a_rule() -> None:
    assert [
        f"{path}: {what}"
        for path in MODULES
        for what in violations(path.as_posix(), (ROOT / path).read_text())
    ] == []


PLANTED = [
    ("wellbeing/queries/x.py", "from supervision.models import Supervisor", "1"),
    ("wellbeing/urls.py", "import supervision.urls", "1"),
    ("wellbeing/domain/x.py", "from django.db import models", "2"),
    ("supervision/domain/x.py", "from wellbeing.models import Person", "3"),
    ("wellbeing/models/x.py", "from wellbeing.operations import audit", "3"),
    ("wellbeing/models/x.py", "from ..queries import people", "3"),
    ("wellbeing/queries/x.py", "from wellbeing.forms.govuk import GovukForm", "3"),
    ("wellbeing/views/x.py", "def f():\n    import json", "3"),
    ("wellbeing/operations/x.py", "from django.utils import timezone\nx = timezone.now()", "4"),
    ("supervision/queries/x.py", "from datetime import date\nx = date.today()", "4"),
    ("wellbeing/presenters/x.py", "x = timezone.localdate()", "4"),
    ("wellbeing/views/x.py", "x = Person.objects.all()", "5"),
    ("supervision/presenters/x.py", "x = Person.objects.all()", "5"),
    ("wellbeing/forms/x.py", "x = Person.objects.all()", "5"),
]


@pytest.mark.parametrize(("path", "source", "rule"), PLANTED)
def test_planted_violation_is_caught(path: str, source: str, rule: str) -> None:
    assert [v[0] for v in violations(path, source)] == [rule]


# Facts announced: an operation that writes one of these says whose fact changed.

FACTS = {"Posting", "Absence", "Registration", "PolicyVersion"}
WRITES = {"create", "bulk_create"}


def unannounced(source: str) -> bool:
    """True where a module of operations writes a fact of cover and announces nothing."""
    tree = ast.parse(source)
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
    names = {ast.unparse(c.func) for c in calls}
    written = {f"{fact}.objects.{verb}" for fact in FACTS for verb in WRITES}
    moved = {"begin", "move"} & names and "event" in source.lower()
    writes = bool(written & names) or bool(moved) or "Booking.objects.bulk_create" in names
    return writes and "ports.facts_changed" not in names


def test_every_operation_that_changes_a_fact_announces_it() -> None:
    operations = [p for p in MODULES if "operations" in p.parts]
    silent = [p.as_posix() for p in operations if unannounced((ROOT / p).read_text())]
    assert silent == []
    assert len(operations) > 20


def test_planted_silent_operation_is_caught() -> None:
    assert unannounced("Absence.objects.create(person=p)")
    assert unannounced("event = lock_event(1)\nmove(booking, after)")
    assert not unannounced("Absence.objects.create(person=p)\nports.facts_changed(people=[p])")


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
    assert {f.__name__ for f in facts} >= FACTS | {"RoleGrant", "BookingMove"}
    assert named_joins(facts) == []


def test_planted_named_join_is_caught() -> None:
    booking = apps.get_model("wellbeing", "Booking")
    assert named_joins([booking]) == ["Booking.event", "Booking.person"]


def test_ports_are_answered(settings: object) -> None:
    for name in ports.NAMES:
        assert callable(ports.answerer(name))
    assert set(django_settings.PORTS) == set(ports.NAMES)


def test_planted_wrong_port_is_caught() -> None:
    from wellbeing.checks import ports_answered  # beside its one use

    assert ports_answered() == []
    before = django_settings.PORTS["may_host"]
    django_settings.PORTS["may_host"] = "supervision.answers.no_such_answer"
    try:
        assert [e.id for e in ports_answered()] == ["wellbeing.E001"]
    finally:
        django_settings.PORTS["may_host"] = before
    assert import_string(before)


def unpaired(columns: set[str]) -> list[str]:
    """Names of `x_at` whose `x_by` is a column too."""
    return sorted(
        c.removesuffix("_at")
        for c in columns
        if c.endswith("_at") and f"{c.removesuffix('_at')}_by" in columns
    )


def test_at_and_by_are_set_together_by_constraint() -> None:
    for model in apps.get_models():
        if model._meta.app_label not in ("wellbeing", "supervision"):
            continue
        fields = {f.name: f for f in model._meta.get_fields() if hasattr(f, "null")}
        for pair in unpaired(set(fields)):
            both = [fields[f"{pair}_at"], fields[f"{pair}_by"]]
            if any(f.null for f in both):
                names = {c.name for c in model._meta.constraints}
                assert any(n.endswith("closed_at_and_by") for n in names), model
                assert all(f.null for f in both)


LONGEST_FUNCTION, LONGEST_FILE = 40, 300


def too_long(path: str, source: str) -> list[str]:
    found = [path] if len(source.splitlines()) > LONGEST_FILE else []
    return found + [
        f"{path}: {node.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]


def test_functions_and_files_are_short() -> None:
    long = [w for p in MODULES for w in too_long(p.as_posix(), (ROOT / p).read_text())]
    assert long == []


def test_planted_long_function_is_caught() -> None:
    assert too_long("x.py", "def f():\n" + "    x = 1\n" * 41) == ["x.py: f"]
