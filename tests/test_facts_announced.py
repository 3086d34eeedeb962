"""Whoever changes a fact of cover says whose (architecture.md, the first port)."""

import re

import pytest
from django.conf import settings

from tests.announcing import Reading, functions, unannounced

ANNOUNCING = re.compile(r"\bports\.facts_changed\(")
SOURCES = {
    path.relative_to(settings.BASE_DIR).as_posix(): path.read_text()
    for app in ("wellbeing", "supervision")
    for path in sorted((settings.BASE_DIR / app).rglob("*.py"))
    if "migrations" not in path.parts
}
PLACES = [
    (path, match.start())
    for path, text in SOURCES.items()
    for match in ANNOUNCING.finditer(text)
]


def test_every_operation_that_changes_a_fact_announces_it() -> None:
    assert unannounced(SOURCES) == []


def test_silencing_any_one_announcement_is_caught() -> None:
    assert len(PLACES) >= 10
    found = {path: list(functions(path, text)) for path, text in SOURCES.items()}
    missed = []
    for path, start in PLACES:
        text = SOURCES[path]
        silenced = f"{text[:start]}print({text[start:].partition('(')[2]}"
        changed = found | {path: list(functions(path, silenced))}
        reading = Reading({f.name: f for fs in changed.values() for f in fs})
        if reading.unannounced() == []:
            missed.append((path, text.count("\n", 0, start) + 1))
    assert missed == []


HEAD = "from wellbeing import ports\nfrom .moves import move\nfrom .facts import close\n"
# Two helpers that leave the announcing to others, and one that does it for both.
WORLD = {
    "wellbeing/operations/moves.py": "def move(booking: Booking):\n    booking.save()",
    "wellbeing/operations/bulk.py": "def bulk_insert(model, columns, rows): ...",
    "wellbeing/operations/temporary.py": "def insert(model, given, source): ...",
    "wellbeing/operations/facts.py": "def close(fact):\n    fact.close()",
    "wellbeing/operations/a.py": HEAD
    + "def both(b):\n    move(b)\n    close(b)\n    ports.facts_changed(people=b)",
}
# (what an operation does, or a view does with it, and who is found)
PLANTED = [
    ("def f(p):\n    Absence.objects.create(person=p)", "f"),
    ("def f(p):\n    Posting.objects.bulk_create(p)", "f"),
    ("def f(p):\n    rows = Booking.objects.all()\n    rows.update(status='x')", "f"),
    ("def f(p):\n    for b in Booking.objects.all():\n        b.save()", "f"),
    ("def f(booking: Booking):\n    booking.delete()", "f"),
    ("def f(row):\n    close(row)", "f"),
    ("def f(event: Event):\n    event.save()", "f"),
    ("def f(row):\n    ports.facts_changed(people=row)\n\ndef g(row):\n    close(row)", "g"),
    ("def f(b):\n    _g(b)\n\ndef _g(b):\n    move(b)", "f"),
    ("def f(b):\n    take_in(_write)\n\ndef _write(b):\n    move(b)", "f"),
    ("def f(b):\n    move(b)\n    ports.facts_changed(people=b)\n\ndef g(b):\n    f(b)\n    move(b)", "g"),
    ("class Move:\n    def do(self, b):\n        move(b)", "Move"),
    ("from .bulk import bulk_insert\ndef f(p):\n    bulk_insert(Absence, (), p)", "f"),
    ("from .temporary import insert\ndef f(p):\n    insert(BookingMove, {}, p)", "f"),
    ("def f(p):\n    run(f'UPDATE wellbeing_booking SET status = {p}')", "f"),
]  # fmt: skip
FINE = [
    "def f(b):\n    move(b)\n    ports.facts_changed(people=b)",
    "def f(b):\n    move(b)\n    _say(b)\n\ndef _say(b):\n    ports.facts_changed(people=b)",
    "def f(b):\n    g(b)\n\ndef g(b):\n    move(b)\n    ports.facts_changed(people=b)",
    "def f(b):\n    _g(b)\n    ports.facts_changed(people=b)\n\ndef _g(b):\n    move(b)",
    "def f(e):\n    Event.objects.create(host=e)",
    "def f(e):\n    event = Event(host=e)\n    event.save()",
    "def f(p):\n    return Absence.objects.filter(person=p)",
    "from .bulk import bulk_insert\ndef f(p):\n    bulk_insert(Event, (), p)",
    "def f(p):\n    run('UPDATE wellbeing_event SET status = 1')",
]


@pytest.mark.parametrize(("operation", "name"), PLANTED)
def test_planted_silent_operation_is_caught(operation: str, name: str) -> None:
    found = unannounced(WORLD | {"wellbeing/operations/x.py": HEAD + operation})
    assert found == [f"wellbeing.operations.x.{name}"]


@pytest.mark.parametrize("operation", FINE)
def test_operation_that_announces_passes(operation: str) -> None:
    assert unannounced(WORLD | {"wellbeing/operations/x.py": HEAD + operation}) == []


@pytest.mark.parametrize(
    "page",
    [
        "from wellbeing.operations import moves\n\ndef page(b):\n    moves.move(b)",
        "from wellbeing.operations.moves import move as m\n\ndef page(b):\n    m(b)",
        "from wellbeing import ports\nfrom wellbeing.operations import moves\n\n"
        "def page(b):\n    moves.move(b)\n    ports.facts_changed(people=b)",
        "def page(b):\n    Booking.objects.filter(pk=b).update(status=1)",
    ],
)
def test_planted_view_that_changes_a_booking_itself_is_caught(page: str) -> None:
    found = unannounced(WORLD | {"wellbeing/views/x.py": page})
    assert found == ["wellbeing.views.x.page"]
