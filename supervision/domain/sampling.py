"""An auditor's sample: who is drawn, under which pseudonym, and how much of where they work is told.

Drawn and named by keyed hashes, so that the same question gives the same people in any
database, and so that nobody without the key can work out who will be drawn or who was
(docs/decisions, 20). Pure.
"""

import hmac
from base64 import b32encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from wellbeing.domain.disclosure import shown_parts
from wellbeing.domain.roles import JobRole, Strand

from .cover import Standing, Status

# Five of every ten in scope are drawn at most, so that rows never are a count of everybody and
# that what is refused says how many there are to the nearest ten only.
FIVE_OF = 10
# Fewer in scope who have a status, and no place is kept for it: that it is missing says nothing of 0 to 4.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Question:
    """What a sample is drawn of; the same question has the same answer."""

    strand: Strand
    on: date
    size: int
    seed: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in scope on the day. `staff`: their staff number, the same in every database."""

    staff: str
    standing: Standing


# At least one of each is drawn where `FEWEST` have it.
WANTED: tuple[Callable[[Standing], bool], ...] = (
    lambda one: one.status == Status.OVERDUE,
    lambda one: one.never_seen,
    lambda one: one.status == Status.ABSENT,
    lambda one: one.status == Status.IN_DATE,
    lambda one: one.status == Status.DUE_SOON,
)


def most(in_scope: int) -> int:
    """How many people one auditor draws of a strand and day, all samples together: a multiple of 5."""
    return 5 * (in_scope // FIVE_OF)


def drawn(candidates: Iterable[Candidate], asked: Question, key: bytes) -> list[Candidate]:
    """Overdue, never seen, absent, in date and due soon, where five are; then the rest.

    In the order of a keyed hash of the question (but its size) and the staff number: a larger
    sample holds the smaller one. No more than `asked.size`.
    """
    start = f"draw\n{asked.strand.value}\n{asked.on.isoformat()}\n{asked.seed}\n"
    ordered = sorted(candidates, key=lambda c: (_digest(key, start + c.staff), c.staff))
    first: list[Candidate] = []
    for is_wanted in WANTED:
        alike = [c for c in ordered if is_wanted(c.standing)]
        if len(alike) >= FEWEST and not any(is_wanted(one.standing) for one in first):
            first.append(alike[0])
    chosen = {id(one) for one in first}
    rest = [one for one in ordered if id(one) not in chosen]
    return [*first, *rest][: asked.size]


def pseudonym(key: bytes, sample: UUID, what: str, person: int) -> str:
    """`P7KQ2M4XA`: of one person within one sample. `what`: P for people, H for hosts.

    40 bits of an HMAC-SHA256: another sample gives another, and only the key leads back.
    """
    digest = _digest(key, f"name\n{sample}\n{what}\n{person}")
    return f"{what}{b32encode(digest[:5]).decode()}"


def _digest(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), sha256)


# What a row says of somebody beside where they work.
Cell = tuple[JobRole, Status, bool]


@dataclass(frozen=True, slots=True)
class Shown:
    """Job roles, and Areas by what else the row says, that a row may name."""

    roles: frozenset[JobRole]
    areas: frozenset[tuple[Cell, int]]

    def role(self, one: Standing) -> JobRole | None:
        return one.job_role if one.job_role in self.roles else None

    def area(self, one: Standing) -> int | None:
        """Never without the job role."""
        is_shown = one.job_role in self.roles and (_cell(one), one.area) in self.areas
        return one.area if is_shown else None


def shown(standings: Iterable[Standing]) -> Shown:
    """Who works where is told of no fewer than five alike, nor where elimination would tell it.

    Alike: the same job role, status and flag in the Area; of a job role: in scope at all.
    Where some are withheld, so are the smallest of the others, until at least two are and
    together hold five people (`shown_parts`).
    """
    roles: dict[str, int] = defaultdict(int)
    areas: dict[Cell, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in standings:
        roles[one.job_role.value] += 1
        areas[_cell(one)][str(one.area)] += 1
    return Shown(
        frozenset(JobRole(name) for name in _kept(roles)),
        frozenset(
            (cell, int(area)) for cell, counts in areas.items() for area in _kept(counts)
        ),
    )


def _cell(one: Standing) -> Cell:
    return one.job_role, one.status, one.never_seen


def _kept(counts: Mapping[str, int]) -> list[str]:
    return [name for name, n in shown_parts(counts).items() if n is not None]
