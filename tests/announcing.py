"""Reads the code for what changes a fact of cover, and whether it says so (facts_changed).

Function by function, over both apps: who calls whom, who writes, who announces. A function
that writes may leave the announcing to whoever calls it; nobody above the operations may.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

FACTS = {"Posting", "Absence", "Registration", "PolicyVersion", "Booking", "BookingMove"}
WRITES = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "update",
    "bulk_update",
    "delete",
    "save",
}
# They write rows of the model that they are given first.
WRITERS = {"wellbeing.operations.bulk.bulk_insert", "wellbeing.operations.temporary.insert"}
SQL_WRITES = re.compile(
    rf"(?:INSERT INTO|UPDATE|DELETE FROM) \w+_(?:{'|'.join(FACTS)})\b", re.IGNORECASE
)
# They close whatever fact they are given, by a name that says nothing.
CLOSERS = {"wellbeing.operations.facts.close", "wellbeing.operations.facts.close_all"}
ANNOUNCE = "wellbeing.ports.facts_changed"


@dataclass
class Function:
    """A function, or a class or module as one: what it names, and whether it writes a fact."""

    name: str
    named: set[str] = field(default_factory=set)
    writes: bool = False

    @property
    def is_operation(self) -> bool:
        return "operations" in self.name.split(".")


def functions(path: str, source: str) -> Iterator[Function]:
    """The functions of a module, its classes and what stands outside both."""
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    tree = ast.parse(source)
    package = module if path.endswith("__init__.py") else module.rpartition(".")[0]
    scope = dict(_imported(tree, package))
    tops = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    scope |= {
        node.name: f"{module}.{node.name}" for node in tree.body if isinstance(node, tops)
    }
    yield _read(module, [n for n in tree.body if not isinstance(n, tops)], scope)
    for node in tree.body:
        if isinstance(node, tops):
            yield _read(f"{module}.{node.name}", [node], scope)


def _imported(tree: ast.Module, package: str) -> Iterator[tuple[str, str]]:
    """(name here, whole dotted name) of all that a module imports, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((n.asname or n.name, n.name) for n in node.names)
        if isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            yield from ((n.asname or n.name, f"{base}.{n.name}") for n in node.names)


def _read(name: str, body: list[ast.stmt], scope: Mapping[str, str]) -> Function:
    found = Function(name)
    nodes = [node for statement in body for node in ast.walk(statement)]
    facts = FACTS | set(_holding_facts(nodes))
    # A new event is nobody's fact yet; one that is handed in is of all who are booked.
    given = {n.arg for n in nodes if isinstance(n, ast.arg) and _annotation(n) == "Event"}
    for node in nodes:
        if isinstance(node, ast.Name | ast.Attribute):
            first, dot, rest = ast.unparse(node).partition(".")
            if first in scope:
                found.named.add(scope[first] + dot + rest)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found.writes |= node.func.attr in WRITES and _root(node.func) in facts
            found.writes |= node.func.attr == "save" and _root(node.func) in given
        found.writes |= _is_bulk_write(node, scope, facts)
    found.named.discard(name)
    found.writes |= name in CLOSERS
    return found


def _is_bulk_write(node: ast.AST, scope: Mapping[str, str], facts: set[str]) -> bool:
    """A call of the bulk writer for a fact, or SQL that writes one."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
        return scope.get(node.func.id) in WRITERS and _root(node.args[0]) in facts
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_text and SQL_WRITES.search(ast.unparse(node)) is not None


def _holding_facts(nodes: list[ast.AST]) -> Iterator[str]:
    """Names that stand for a fact or a query of facts: arguments, assignments, loops."""
    held = set(FACTS)
    for node in nodes:
        if isinstance(node, ast.arg) and _annotation(node) in FACTS:
            held.add(node.arg)
    for node in [*nodes, *nodes]:  # twice: a loop may stand before what it is over
        if isinstance(node, ast.Assign) and _root(node.value) in held:
            held |= {t.id for t in node.targets if isinstance(t, ast.Name)}
        if isinstance(node, ast.For | ast.comprehension) and _root(node.iter) in held:
            held |= {node.target.id} if isinstance(node.target, ast.Name) else set()
    yield from held


def _annotation(node: ast.arg) -> str:
    return ast.unparse(node.annotation).strip("\"'") if node.annotation else ""


def _root(node: ast.AST) -> str:
    """`Booking` of `Booking.objects.filter(…).update`."""
    while not isinstance(node, ast.Name):
        inner = getattr(node, "value", None) or getattr(node, "func", None)
        if not isinstance(inner, ast.AST):
            return ""
        node = inner
    return node.id


class Reading:
    """All functions together, and what follows from who names whom."""

    def __init__(self, found: Mapping[str, Function]) -> None:
        self.found = found
        self._silent: dict[str, bool] = {}

    def unannounced(self) -> list[str]:
        """Functions above the operations, or named by nobody, below which a fact goes unannounced."""
        named = {name for f in self.found.values() for name in f.named}
        return sorted(
            f.name
            for f in self.found.values()
            if (self.is_silent(f.name) and f.name not in named)
            or (not f.is_operation and self._needs(f))
        )

    def is_silent(self, name: str) -> bool:
        """It changes a fact and leaves the announcing to its caller."""
        if name not in self._silent:
            self._silent[name] = False  # a circle ends here
            function = self.found[name]
            self._silent[name] = self._needs(function) and not self._announces(function)
        return self._silent[name]

    def _needs(self, function: Function) -> bool:
        return function.writes or any(map(self.is_silent, self._below(function)))

    def _announces(self, function: Function) -> bool:
        """By itself, or by a helper that does nothing else: not by another operation's words."""
        return ANNOUNCE in function.named or any(
            ANNOUNCE in self.found[name].named and not self._needs(self.found[name])
            for name in self._below(function)
        )

    def _below(self, function: Function) -> list[str]:
        return [name for name in sorted(function.named) if name in self.found]


def unannounced(sources: Mapping[str, str]) -> list[str]:
    """What changes a fact and tells nobody, of modules given as path and text."""
    return Reading(
        {f.name: f for path, text in sources.items() for f in functions(path, text)}
    ).unannounced()
