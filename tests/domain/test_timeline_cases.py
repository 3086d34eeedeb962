"""A clock taken apart, as tables of facts: each kind of entry, worked out by hand."""

from dataclasses import replace
from typing import Any

import pytest

from supervision.domain.cover import Clocked
from supervision.domain.credit import Credit, Held, WhyNot
from supervision.domain.timeline import (
    Reader,
    Timeline,
    shown_to,
    since_shown,
    timeline,
)
from wellbeing.domain.policy import Policy
from wellbeing.domain.postings import Served
from wellbeing.domain.roles import Strand

from .facts import STAFF, M, P, clocked, d, served, terms

POLICY = Policy([terms(since="2023-01-01")])
BEGAN = [("2024-01-01", "began"), ("2024-01-01", "terms")]


def said(shown: Timeline) -> list[tuple[str, ...]]:
    """Day and kind of each entry; of an absence its last day too."""
    return [
        (e.on.isoformat(), e.what.value)
        + ((e.until.isoformat() if e.until else "",) if e.what == "away" else ())
        for e in shown.entries
    ]


def credit(on: str, why_not: WhyNot | None = None, minutes: int = 60) -> Credit:
    return Credit(Held(1, d(on), 60, 9, 1), minutes, why_not)


def with_sessions(*credits: Credit, postings: list[Served] = STAFF) -> Clocked:
    who = clocked(postings, [c.held.on.isoformat() for c in credits if c.counts])
    return replace(who, credits=list(credits))


ENTRIES: list[tuple[str, Clocked, str, list[tuple[str, ...]]]] = [
    (
        "never seen: the clock runs from the first day of service",
        clocked(STAFF),
        "2024-01-10",
        [*BEGAN, ("2024-01-01", "anchor"), ("2024-01-14", "due_soon"), ("2024-01-28", "due"),
         ("2024-01-29", "overdue")],
    ),
    (
        "a session that counts is the anchor",
        with_sessions(credit("2024-01-18")),
        "2024-01-20",
        [*BEGAN, ("2024-01-18", "counted"), ("2024-01-18", "anchor"), ("2024-02-15", "due_soon"),
         ("2024-02-29", "due"), ("2024-03-01", "overdue")],
    ),
    (
        "what happened after the day asked about is not known on it",
        with_sessions(credit("2024-01-18"), credit("2024-02-20")),
        "2024-02-19",
        [*BEGAN, ("2024-01-18", "counted"), ("2024-01-18", "anchor"), ("2024-02-15", "due_soon"),
         ("2024-02-29", "due"), ("2024-03-01", "overdue")],
    ),
    (
        "what did not count moves nothing",
        with_sessions(credit("2024-01-18"), credit("2024-02-01", WhyNot.NOT_REGISTERED)),
        "2024-02-02",
        [*BEGAN, ("2024-01-18", "counted"), ("2024-01-18", "anchor"), ("2024-02-01", "not_counted"),
         ("2024-02-15", "due_soon"), ("2024-02-29", "due"), ("2024-03-01", "overdue")],
    ),
    (
        "an absence puts off each of the three days that it comes before",
        clocked(STAFF, ["2024-01-18"], [("2024-02-20", "2024-02-29")]),
        "2024-02-19",
        [*BEGAN, ("2024-01-18", "anchor"), ("2024-02-15", "due_soon"), ("2024-02-20", "away", "2024-02-29"),
         ("2024-03-10", "due"), ("2024-03-11", "overdue")],
    ),
    (
        "nobody becomes overdue while away: the clock stands, and goes on with the first day back",
        clocked(STAFF, ["2024-01-18"], [("2024-03-01", "2024-03-10")]),
        "2024-02-29",
        [*BEGAN, ("2024-01-18", "anchor"), ("2024-02-15", "due_soon"), ("2024-02-29", "due"),
         ("2024-03-01", "away", "2024-03-10"), ("2024-03-11", "overdue")],
    ),
    (
        "an absence without a last day leaves no due day",
        clocked(STAFF, ["2024-01-18"], [("2024-02-01", "")]),
        "2024-02-10",
        [*BEGAN, ("2024-01-18", "anchor"), ("2024-02-01", "away", "")],
    ),
    (
        "an absence that begins after all this is left out",
        clocked(STAFF, ["2024-01-18"], [("2024-03-02", "2024-03-10")]),
        "2024-01-20",
        [*BEGAN, ("2024-01-18", "anchor"), ("2024-02-15", "due_soon"), ("2024-02-29", "due"),
         ("2024-03-01", "overdue")],
    ),
    (
        "another unit or job role is a move, another manager is none",
        clocked(
            [served("2024-01-01", "2024-01-09"), served("2024-01-10", "2024-01-19", manager=7),
             served("2024-01-20", role=M)],
            ["2024-01-18"],
        ),
        "2024-01-21",
        [*BEGAN, ("2024-01-18", "anchor"), ("2024-01-20", "moved"), ("2024-02-15", "due_soon"),
         ("2024-02-29", "due"), ("2024-03-01", "overdue")],
    ),
    (
        "a break ends one run and begins another, with a clock of its own",
        clocked([served("2024-01-01", "2024-01-19"), served("2024-01-21")], ["2024-01-18"]),
        "2024-01-22",
        [*BEGAN, ("2024-01-19", "ended"), ("2024-01-21", "began"), ("2024-01-21", "anchor"),
         ("2024-02-03", "due_soon"), ("2024-02-17", "due"), ("2024-02-18", "overdue")],
    ),
    (
        "out of service there are facts and no clock",
        clocked([served("2024-01-01", "2024-01-19")], ["2024-01-18"]),
        "2024-02-01",
        [*BEGAN, ("2024-01-19", "ended")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "who", "on", "entries"), ENTRIES, ids=[e[0] for e in ENTRIES])
def test_entries(name: str, who: Clocked, on: str, entries: list[tuple[str, ...]]) -> None:
    assert said(timeline(who, POLICY, d(on))) == entries


def test_terms_are_named_from_the_day_they_are_the_persons() -> None:
    both = Policy(
        [
            terms(since="2023-01-01"),
            terms(interval=28, since="2024-02-10", roles=frozenset({P})),
        ]
    )
    who = clocked([served("2024-01-01", "2024-02-19"), served("2024-02-20", role=M)])
    shown = timeline(who, both, d("2024-02-21")).entries
    assert [(e.on.isoformat(), e.terms.interval_days) for e in shown if e.terms] == [
        ("2024-01-01", 42),
        ("2024-02-10", 28),
        ("2024-02-20", 42),
    ]


def test_a_role_without_a_policy_is_said_to_have_none() -> None:
    policy = Policy([terms(since="2023-01-01", roles=frozenset({P}))])
    who = clocked([served("2024-01-01", "2024-01-09"), served("2024-01-10", role=M)])
    shown = timeline(who, policy, d("2024-01-12"))
    assert shown.standing is None
    assert [
        (e.on.isoformat(), e.terms is None) for e in shown.entries if e.what == "terms"
    ] == [
        ("2024-01-01", False),
        ("2024-01-10", True),
    ]
    assert [e for e in shown.entries if e.explains] == []


def test_shorter_terms_make_overdue_from_their_first_day_not_before() -> None:
    policy = Policy([terms(since="2023-01-01"), terms(interval=28, since="2024-02-20")])
    shown = timeline(clocked(STAFF, ["2024-01-18"]), policy, d("2024-02-21"))
    assert shown.standing is not None
    assert shown.standing.due_on == d("2024-02-15")
    assert said(shown)[-4:] == [
        ("2024-02-15", "due_soon"),
        ("2024-02-15", "due"),
        ("2024-02-20", "terms"),
        ("2024-02-20", "overdue"),
    ]


def test_too_short_has_the_terms_of_its_own_day() -> None:
    policy = Policy(
        [
            terms(since="2023-01-01"),
            terms(least=45, since="2024-02-01"),
            terms(since="2024-03-01"),
        ]
    )
    who = with_sessions(credit("2024-02-05", WhyNot.TOO_SHORT, minutes=30))
    (entry,) = (
        e for e in timeline(who, policy, d("2024-03-05")).entries if e.what == "not_counted"
    )
    assert entry.credit is not None
    assert entry.terms is not None
    assert (entry.credit.minutes, entry.terms.least_credited_minutes) == (30, 45)


def test_what_explains_is_the_anchor_and_all_since_and_the_terms() -> None:
    who = with_sessions(credit("2024-01-18"), credit("2024-02-29"))
    away = clocked(STAFF, away=[("2024-01-20", "2024-01-21"), ("2024-02-28", "2024-03-02")])
    shown = timeline(replace(who, absent=away.absent), POLICY, d("2024-03-03")).entries
    explaining = [(e.on.isoformat(), e.what.value) for e in shown if e.explains]
    assert explaining == [
        ("2024-01-01", "terms"),
        ("2024-02-28", "away"),
        ("2024-02-29", "counted"),
        ("2024-02-29", "anchor"),
        ("2024-03-30", "due_soon"),
        ("2024-04-13", "due"),
        ("2024-04-14", "overdue"),
    ]


# Reader, strand -> kinds of entry shown, the first day whose status is.
ALL = ["began", "terms", "counted", "counted", "anchor", "not_counted", "due_soon", "due", "overdue"]  # fmt: skip
LESS = ["began", "terms", "anchor", "due_soon", "due", "overdue"]
READERS: list[tuple[Reader, Strand, list[str], Any]] = [
    (Reader.OWN, Strand.SUPERVISION, ALL, None),
    (Reader.LEAD, Strand.SUPERVISION, ALL, None),
    (Reader.MANAGER, Strand.SUPERVISION, LESS, d("2024-02-10")),
    (Reader.MANAGER, Strand.TRAINING, LESS, d("2024-02-10")),
    (Reader.MANAGER, Strand.CHECK_IN, ALL, None),
]


@pytest.mark.parametrize(("reader", "strand", "kinds", "since"), READERS)
def test_a_manager_is_told_of_no_session_but_the_last(
    reader: Reader, strand: Strand, kinds: list[str], since: Any
) -> None:
    who = with_sessions(
        credit("2024-01-18"),
        credit("2024-02-10"),
        credit("2024-02-12", WhyNot.IN_CHAIN),
    )
    whole = timeline(who, POLICY, d("2024-02-13"))
    assert [e.what.value for e in shown_to(reader, strand, whole).entries] == kinds
    assert since_shown(reader, strand, whole) == since


def test_of_somebody_out_of_scope_a_manager_sees_no_day_before() -> None:
    who = clocked([served("2024-01-01", "2024-01-19")], ["2024-01-10"])
    whole = timeline(who, POLICY, d("2024-02-01"))
    assert since_shown(Reader.MANAGER, Strand.SUPERVISION, whole) == d("2024-02-01")
    assert "anchor" not in [e.what for e in whole.entries]
