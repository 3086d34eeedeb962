"""Hours given in a month, in words and tables; no name of anybody who was seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from supervision.domain.hours_given import Became, Given
from supervision.queries.hours_given import Contract, MonthGiven, SessionGiven
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import EventKind
from wellbeing.presenters.dates import counted, hours, short_day

BECAME = {
    Became.HELD: "Held",
    Became.NOBODY_CAME: "Nobody came",
    Became.NOT_BOOKED: "Nobody had booked",
    Became.NOT_RECORDED: "Not recorded or settled yet",
    Became.TO_COME: "To come",
}
KINDS = {
    EventKind.SUPERVISION: "Clinical supervision",
    EventKind.TRAINING: "Welfare training",
}


def month_words(first: date) -> str:
    """`April 2026`."""
    return f"{first:%B %Y}"


def decimal_hours(minutes: int) -> str:
    """`91.2`, `0.83`: hours, to two decimals where they have any."""
    return f"{minutes / 60:,.2f}".rstrip("0").rstrip(".")


def hours_words(minutes: int) -> str:
    """`45 hours 30 minutes`, `1 hour`, `0 hours`."""
    whole, rest = divmod(minutes, 60)
    words = counted(whole, "hour") if whole or not rest else ""
    return " ".join(filter(None, [words, counted(rest, "minute") if rest else ""]))


def contract_words(contract: Contract, first: date) -> str:
    """How the month's hours follow from the week's, so that anybody can do it again."""
    return (
        f"Contracted for {month_words(first)}: {hours_words(contract.minutes)}"
        f" ({contract.hours_per_week} hours a week × {counted(contract.days, 'working day')} ÷ 5)."
    )


@dataclass(frozen=True, slots=True)
class GivenLine:
    """What became of sessions, and hours by kind."""

    name: str
    cells: list[str]


def given_lines(given: Given, kinds: Sequence[EventKind]) -> list[GivenLine]:
    """A line for each thing that became of sessions."""
    return [
        GivenLine(words, [hours_words(given.of(kind, what)) for kind in kinds])
        for what, words in BECAME.items()
    ]


def kinds_of(given: Given) -> list[EventKind]:
    """Supervision always; training beside it where there was any, and never added to it."""
    return [
        kind
        for kind in KINDS
        if kind == EventKind.SUPERVISION or any(k == kind for k, _ in given.minutes)
    ]


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session of the list beside an invoice."""

    on: str
    time: str
    what: str
    became: str
    length: str


def session_lines(sessions: Iterable[SessionGiven]) -> list[SessionLine]:
    """In order of time, as they come."""
    return [
        SessionLine(
            on=short_day(local_day(one.start_at)),
            time=hours(one.start_at, one.end_at),
            what=f"{KINDS[one.kind]}, {'group' if one.is_group else 'one-to-one'}",
            became=BECAME[one.became],
            length=counted(one.minutes, "minute"),
        )
        for one in sessions
    ]


@dataclass(frozen=True, slots=True)
class SupervisorLine:
    """A supervisor's month: contracted, then supervision by what became of it, then training held."""

    name: str
    contracted: str
    supervision: list[str]
    training: str


def supervisor_lines(months: Iterable[MonthGiven]) -> list[SupervisorLine]:
    """By name, as they come."""
    return [_line(one.name, one.given, one.contract) for one in months]


def total_line(months: Sequence[MonthGiven]) -> SupervisorLine:
    """All of them together, kind by kind."""
    given = Given()
    for one in months:
        for (kind, what), minutes in one.given.minutes.items():
            given.add(kind, what, minutes)
    contracts = [one.contract for one in months if one.contract]
    contract = Contract("", 0, sum(c.minutes for c in contracts)) if contracts else None
    return _line("All of them", given, contract)


def _line(name: str, given: Given, contract: Contract | None) -> SupervisorLine:
    return SupervisorLine(
        name,
        decimal_hours(contract.minutes) if contract else "",
        [decimal_hours(given.of(EventKind.SUPERVISION, what)) for what in BECAME],
        decimal_hours(given.of(EventKind.TRAINING, Became.HELD)),
    )
