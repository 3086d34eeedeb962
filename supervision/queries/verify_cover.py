"""Holds what is stored of cover against the rules, worked out from raw facts alone."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from supervision.domain.cover import Standing, longest_gap, minutes_in_a_year, standing
from supervision.queries.cover_facts import load
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import Strand
from wellbeing.models import Person
from wellbeing.queries.policies import policy_of

from .report_lines import credited, gap_on, spans_on, standing_of
from .stored_cover import StoredCover, Where
from .units import units
from .verify_outcomes import outcomes_differ

Answer = tuple[Standing, int, int, int]


def differences(
    on: date, strand: Strand, people: Collection[int] | None = None
) -> Iterator[str]:
    """One line a person of whom the stored cover and the rules say something else on a day.

    `people`: primary keys, or None for everybody. Whoever is marked as stale is worked out from
    the facts on both sides, as reports do.
    """
    ruled, stored = _by_rules(on, strand, people), _as_stored(on, strand, people)
    wrong = {p for p in ruled.keys() | stored.keys() if ruled.get(p) != stored.get(p)}
    numbers = dict(Person.objects.filter(pk__in=wrong).values_list("pk", "public_id"))
    for person in sorted(wrong):
        what = ", ".join(_what(ruled.get(person), stored.get(person)))
        yield f"cover_differs: person {numbers[person]}, {strand.value}, {on}: {what}"


def _what(ruled: Answer | None, stored: Answer | None) -> Iterator[str]:
    """What differs, by name."""
    if ruled is None or stored is None:
        yield "in scope" if ruled else "out of scope"
        return
    for name in Standing.__dataclass_fields__:
        if getattr(ruled[0], name) != getattr(stored[0], name):
            yield name
    for name, a, b in zip(
        ("gap", "calendar gap", "minutes"), ruled[1:], stored[1:], strict=True
    ):
        if a != b:
            yield name


def _by_rules(on: date, strand: Strand, people: Collection[int] | None) -> dict[int, Answer]:
    facts = load(strand, on, people=people)
    found = {}
    for person, who in facts.people.items():
        one = standing(who, facts.policy, on)
        if one is not None:
            gap = longest_gap(who, on)
            found[person] = (one, gap.days, gap.calendar_days, minutes_in_a_year(who, on))
    return found


def _as_stored(on: date, strand: Strand, people: Collection[int] | None) -> dict[int, Answer]:
    only = None if people is None else frozenset(people)
    cover = StoredCover(Where(strand, people=only))
    policy, named, minutes = policy_of(strand), units(), credited(cover, on)
    found = {}
    for person, span in spans_on(cover, on):
        one = standing_of(person, span, on, named[span.unit].area, policy)
        gap = gap_on(span, on.toordinal())
        found[person] = (one, gap.days, gap.calendar_days, minutes.get(person, 0))
    return found


def cover_differs(at: datetime) -> Iterator[str]:
    """A check of `audit_invariants`: everybody, every strand, today."""
    on: Any = local_day(at)
    for strand in Strand:
        yield from differences(on, strand)


CHECKS = [cover_differs, outcomes_differ]
