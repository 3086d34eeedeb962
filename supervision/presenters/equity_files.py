"""Equity as a table to take away: every group that the page compares, with counts and shares."""

from collections.abc import Iterator, Mapping
from typing import Any

from supervision.domain.groups import Tally
from supervision.queries.equity import Pattern
from supervision.queries.parts import Part
from supervision.queries.stored_cover import Place
from wellbeing.presenters.tables import Column, Kind, Table

from .coverage_files import MEANS, OF_SCOPE
from .equity import MEASURES, Groups, pattern_groups, place_groups, place_word, role_groups

COLUMNS = (
    Column("by", Kind.TEXT, "By what the groups are told apart"),
    Column("name", Kind.TEXT, "The group"),
    Column("who", Kind.TEXT, "All RASSO staff of the group, or the prosecutors among them"),
    Column("in_scope", Kind.NUMBER, MEANS["in_scope"]),
    Column("at_work", Kind.NUMBER, "Of those in scope: not away that day"),
    Column("in_cover", Kind.NUMBER, "In date or due soon"),
    Column("coverage", Kind.SHARE, MEANS["coverage"]),
    Column("offered", Kind.NUMBER, MEANS["offered"]),
    Column("offered_share", Kind.SHARE, OF_SCOPE),
    Column("taken_up", Kind.NUMBER, MEANS["taken_up"]),
    Column("taken_up_share", Kind.SHARE, OF_SCOPE),
    Column("never_seen", Kind.NUMBER, MEANS["never_seen"]),
    Column("never_seen_share", Kind.SHARE, OF_SCOPE),
)


def equity_table(
    part: Part, patterns: Mapping[Pattern, Tally], counts: Mapping[Place, Tally]
) -> Table:
    """A row a group and population, in the order of the page; groups with nobody are left out."""
    rows = [
        *_rows("working pattern", pattern_groups(patterns)),
        *_rows("job role", role_groups(counts)),
        *_rows(place_word(part), {**place_groups(part, counts)}),
    ]
    return Table("Equity", COLUMNS, rows)


def _rows(by: str, groups: Groups) -> Iterator[list[Any]]:
    for name, (everyone, prosecutors) in groups.items():
        if not everyone.in_scope:
            continue
        yield [by, name, "All RASSO staff", *_numbers(everyone)]
        if prosecutors is not None:
            yield [by, name, "Prosecutors", *_numbers(prosecutors)]


def _numbers(counts: Tally) -> list[Any]:
    cover, *others = [of(counts) for of in MEASURES]
    shares = [number for one in others for number in (one.part, one.value)]
    return [counts.in_scope, cover.whole, cover.part, cover.value, *shares]
