"""Reads a module for the five rules of the layers: what it imports, and what it reads."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TOP, PAGE, WRITE, READ, MAY, MODEL, DOMAIN = range(7, 0, -1)
LAYERS = {
    "urls": TOP, "account_urls": TOP, "views": TOP, "tasks": TOP, "middleware": TOP,
    "management": TOP, "admin": TOP, "apps": TOP, "checks": TOP, "context": TOP, "wsgi": TOP,
    "settings": TOP, "timed_jobs": TOP, "rules": TOP, "templatetags": TOP, "adapter": TOP, "converters": TOP, "answers": TOP,
    "static_storage": TOP, "request": PAGE, "assets": DOMAIN, "account": TOP, "logs": TOP,
    "busy_fetch": DOMAIN,
    "presenters": PAGE, "forms": PAGE, "mail": PAGE,
    "operations": WRITE, "queries": READ, "permissions": MAY,
    "ports": MODEL, "guards": MODEL, "models": MODEL, "domain": DOMAIN,
}  # fmt: skip
CLOCK = {"now", "today", "localdate", "utcnow", "time_ns"}
CLOCKS = {"timezone", "datetime", "date", "functions"}
MANAGERS = {"objects", "as_recorded", "_default_manager", "_base_manager"}
# What domain may import besides Python's own: the one library that a module is about.
LIBRARIES = {"icalendar", "ortools", "recurring_ical_events"}
# Why a module may stand where its layer says otherwise.
EXCEPTIONS = {
    # A clock of its own is what an id that begins with the time needs.
    "wellbeing/domain/public_id.py": "clock",
}
# Settings (in two files) and addresses name the service, as strings; nothing else of the ground.
BY_NAME = {"wellbeing/settings.py", "wellbeing/timed_jobs.py", "wellbeing/urls.py"}
# A reason is words, not an order to the linter.
REASON = re.compile(r"# (?!noqa|type:)\S+ \S+")
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
    here = layer(path)
    nodes = list(ast.walk(ast.parse(source)))
    found = [*_wrong_imports(path, source)]
    if path.startswith("wellbeing/") and path not in BY_NAME:
        found += ["1 the ground names the service" for n in nodes if _names_supervision(n)]
    if here < TOP and EXCEPTIONS.get(path) != "clock":
        found += ["4 the clock is read below the top layer" for n in nodes if _reads_clock(n)]
    if here in {TOP, PAGE} and "management" not in path and "apps" not in path:
        found += [
            "5 a manager in a view, task, presenter or form"
            for n in nodes
            if isinstance(n, ast.Attribute) and n.attr in MANAGERS
        ]
    return found


def _wrong_imports(path: str, source: str) -> Iterator[str]:
    here, lines = layer(path), source.splitlines()
    for node, module, inner in imports(path, source):
        first = module.split(".")[0]
        ours = first in {"wellbeing", "supervision"}
        if path.startswith("wellbeing/") and first == "supervision":
            yield "1 the ground imports the service"
        if "/domain/" in path and not ours and first not in LIBRARIES | sys.stdlib_module_names:
            yield f"2 domain imports {first}"
        if ours and layer(module) > here:
            yield f"3 {path} imports {module} from above"
        if inner and not REASON.search(lines[node.lineno - 1]):
            yield "3 an import inside a function says no reason"


def _names_supervision(node: ast.AST) -> bool:
    """A dotted name of the service in a string, which would be looked up."""
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and bool(re.fullmatch(r"supervision(\.\w+)+", text))


def _reads_clock(node: ast.AST) -> bool:
    """A call of a clock, a clock handed on to be called, or a column that reads one."""
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", getattr(node.func, "attr", "")) in CLOCK | {"Now"}
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.utils"):
        return any(n.name in CLOCK for n in node.names)
    if isinstance(node, ast.keyword):
        value = node.value
        handed = isinstance(value, ast.Attribute) and getattr(value.value, "id", "") in CLOCKS
        return node.arg in {"auto_now", "auto_now_add"} or (handed and value.attr in CLOCK)  # type: ignore[attr-defined]
    return False
