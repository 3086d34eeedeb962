"""One guard: its name, its table, and the statements that make and unmake it."""

from dataclasses import dataclass
from hashlib import sha256

from django.apps import apps

from wellbeing.domain.booking import IMPORT_FOLLOWS, MOVES, BookingStatus
from wellbeing.models.fact import AppendOnly, Fact


@dataclass(frozen=True)
class Guard:
    """`create` and `drop` are run in order; the digest tells a changed guard."""

    name: str
    table: str
    create: tuple[str, ...]
    drop: tuple[str, ...]

    @property
    def digest(self) -> str:
        return sha256("\n".join(self.create).encode()).hexdigest()[:16]


def fact_models() -> list[type[Fact]]:
    """Every model whose rows are never overwritten, of both apps."""
    return [m for m in apps.get_models() if issubclass(m, Fact)]


def append_only_tables() -> list[str]:
    """Tables whose rows are never changed nor taken away, of both apps."""
    return [m._meta.db_table for m in apps.get_models() if issubclass(m, AppendOnly)]


def legal_pairs() -> list[tuple[BookingStatus, BookingStatus]]:
    """Changes of status that the table of moves, or a later import, allows."""
    pairs = {(m.before, m.after) for m in MOVES if m.before is not None}
    for before, afters in IMPORT_FOLLOWS.items():
        pairs |= {(before, after) for after in afters}
    return sorted(pairs)


def quoted(values: object) -> str:
    """`'a','b'` for an SQL list; the values are our own enums."""
    return ",".join(f"'{v}'" for v in sorted(values))  # type: ignore[call-overload]
