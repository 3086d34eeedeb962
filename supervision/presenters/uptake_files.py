"""Offered beside taken up, how bookings ended, and court, as tables to take away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings

from supervision.domain.groups import Tally, added
from supervision.domain.outcomes import Outcomes, is_court_heavy, together, told, told_percent
from supervision.queries.parts import Part, by_role
from supervision.queries.stored_cover import Place
from wellbeing.domain.roles import JobRole
from wellbeing.presenters.tables import Column, Kind, Table

from .coverage_files import MEANS, OF_SCOPE
from .outcomes import (
    OFFER_HEADS,
    OUTCOME_HEADS,
    REASON_HEADS,
    court_units,
    notice_heads,
    notice_numbers,
    offer_numbers,
    outcome_numbers,
    reason_numbers,
)
from .uptake import by_group

GROUP = Column("name", Kind.TEXT, "The Area or unit; the last row is all of them")
UPTAKE = (
    Column("in_scope", Kind.NUMBER, MEANS["in_scope"]),
    Column("offered", Kind.NUMBER, MEANS["offered"]),
    Column("offered_share", Kind.SHARE, OF_SCOPE),
    Column("not_offered", Kind.NUMBER, "In scope, less those offered"),
    Column("taken_up", Kind.NUMBER, MEANS["taken_up"]),
    Column("taken_up_share", Kind.SHARE, OF_SCOPE),
)
BOOKED = (
    "Every place booked, by the unit in which its person worked on the day of the session;"
    " whoever took another time instead is counted once",
    "The person came",
    "The person did not come",
    "The person says that what was recorded is not right, and it is not settled",
    "Nobody has said yet who came",
    "By the person, earlier than late; another time instead is not among them",
    "By the person, less than {hours} hours before the start",
    "Places, booked or offered, that the service cancelled",
)
OFFERS = (
    "Offers that the person declined",
    "Offers that ended before anybody answered",
    "Offers that still stand",
)
GIVEN_UP = (
    "Booked places that the person gave up in the twelve months to a month-end, to the nearest 5;"
    " empty below 5, or where a file did not say when"
)
CALLED_OFF = (
    "Places, booked or offered, by the time before the start; empty where a file did not say"
)


def uptake_table(part: Part, counts: Mapping[Place, Tally]) -> Table:
    """A row an Area or a unit, and all: all staff, then prosecutors in columns of their own."""
    prosecutors = [
        Column(f"prosecutors_{one.name}", one.kind, "The same, of prosecutors alone")
        for one in UPTAKE
    ]
    rows = [(part.name(key), found) for key, found in part.in_order(by_group(counts))]
    return Table(
        "Offered and taken up",
        [GROUP, *UPTAKE, *prosecutors],
        [[name, *_uptake(found)] for name, found in [*rows, ("All", dict(counts))]],
    )


def _uptake(counts: Mapping[Place, Tally]) -> Iterator[Any]:
    for role in (None, JobRole.PROSECUTOR):
        one = added(by_role(counts, role).values())
        whole = one.in_scope
        yield from (whole, one.offered, one.offered / whole if whole else None)
        yield from (whole - one.offered, one.taken_up, one.taken_up / whole if whole else None)


def bookings_tables(
    part: Part, found: Mapping[int, Outcomes], reasons: Outcomes
) -> list[Table]:
    """How bookings ended and offers that were not taken, by Area or unit; by reason; by notice.

    `reasons`: of their own months.
    """
    hours = settings.LATE_CANCELLATION_HOURS
    columns = [
        Column(_key(head), Kind.NUMBER, words.format(hours=hours))
        for head, words in zip((*OUTCOME_HEADS, *OFFER_HEADS), (*BOOKED, *OFFERS), strict=True)
    ]
    rows = [(part.name(key), one) for key, one in part.in_order(found)]
    everything = together(found.values())
    return [
        Table(
            "Bookings",
            [GROUP, *columns],
            [
                [name, *outcome_numbers(one), *offer_numbers(one)]
                for name, one in [*rows, ("All", everything)]
            ],
        ),
        _plain("By the person", "reason", REASON_HEADS, reason_numbers(reasons), GIVEN_UP),
        _plain("By the service", "who", notice_heads(), notice_numbers(everything), CALLED_OFF),
    ]


def _plain(
    title: str,
    first: str,
    heads: Sequence[str],
    rows: Iterable[tuple[str, Sequence[int | None]]],
    means: str,
) -> Table:
    """`first`: the name of the first column; `means`: what all the numbers are."""
    columns = [Column(_key(head), Kind.NUMBER, means) for head in heads]
    words = Column(first, Kind.TEXT, "As it was recorded")
    return Table(title, [words, *columns], [[what, *numbers] for what, numbers in rows])


def _key(head: str) -> str:
    return "_".join(head.lower().split())


def court_table(part: Part, found: Mapping[int, Outcomes]) -> Table:
    """Units of which it may be told, the largest share first."""
    least, percent = settings.COURT_LEAST, settings.COURT_PERCENT
    stands = f"At least {least} of its booked places, and more than {percent}% of them"
    columns = [
        Column("unit", Kind.TEXT, "The unit in which they worked on the day of the session"),
        Column("area", Kind.TEXT, "Its Area"),
        Column("booked", Kind.NUMBER, BOOKED[0]),
        Column(
            "because_of_court",
            Kind.NUMBER,
            "Of those, cancelled because of court; to the nearest 5",
        ),
        Column("share", Kind.SHARE, "Because of court, of booked; in steps of 0.05"),
        Column("stands_in_the_way", Kind.YES_NO, stands),
    ]
    rows = [
        [
            part.named[unit].name,
            part.named[unit].area_name,
            one.booked,
            told(one.court),
            told_percent(one.court, one.booked) / 100,
            is_court_heavy(one, least=least, percent=percent),
        ]
        for unit, one in court_units(part, found)
    ]
    return Table("Because of court", columns, rows)
