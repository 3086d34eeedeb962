"""What became of bookings, as tables; and court, where the workload wants a look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from supervision.domain.outcomes import (
    TOLD,
    CancelledBy,
    Notice,
    Outcomes,
    is_court_heavy,
    together,
    told,
    told_percent,
)
from supervision.queries.parts import Part
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.presenters.dates import counted, day

from .uptake import group_href, share

REASONS: tuple[tuple[CancelReason | None, str], ...] = (
    (CancelReason.COURT, "Court"),
    (CancelReason.OTHER_WORK, "Other work"),
    (CancelReason.LEAVE, "Leave"),
    (CancelReason.RATHER_NOT_SAY, "Rather not say"),
    (None, "Not said: taken from a file"),
    (CancelReason.MOVED, "Another time instead"),
)
WHO = (
    (CancelledBy.HOST, "The host cancelled the session"),
    (CancelledBy.LEAD, "A lead cancelled the session"),
    (CancelledBy.PLACE, "One place taken back, the session held"),
    (CancelledBy.FILE, "Taken from a file"),
)
NOTICE = (Notice.WEEK, Notice.DAYS, Notice.SHORT, Notice.AFTER)


@dataclass(frozen=True, slots=True)
class Row:
    """A name and the numbers of its row."""

    name: str
    href: str
    numbers: list[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of numbers; `first` heads its names."""

    title: str
    first: str
    heads: tuple[str, ...]
    rows: list[Row]
    total: Row | None = None

    @property
    def is_wide(self) -> bool:
        return len(self.heads) > 4

    @property
    def is_small(self) -> bool:
        """So many columns fit a page in smaller letters only."""
        return len(self.heads) > 7


OUTCOME_HEADS = (
    "Booked",
    "Attended",
    "Missed",
    "Disputed",
    "Not recorded",
    "Cancelled in time",
    "Cancelled late",
    "Cancelled by the service",
)
OFFER_HEADS = ("Declined", "Ended without an answer", "Not answered yet")
REASON_HEADS = ("In time", "Late", "In all")
COURT_HEADS = ("Booked", "Because of court", "Share")


def outcome_grid(
    part: Part, found: Mapping[int, Outcomes], href: str, since: str, what: str
) -> Grid:
    """What became of bookings, by Area or unit and in all; at `href` an Area opens to its units."""
    rows = [
        outcome_row(part.name(key), one, group_href(part, key, href, since=since))
        for key, one in part.in_order(found)
    ]
    total = outcome_row("All", together(found.values()))
    title = f"What became of bookings, by {what}"
    return Grid(title, what[:1].upper() + what[1:], OUTCOME_HEADS, rows, total)


def offer_grid(part: Part, found: Mapping[int, Outcomes], what: str) -> Grid:
    """Offers that were not taken, by Area or unit and in all."""
    rows = [offer_row(part.name(key), one) for key, one in part.in_order(found)]
    total = offer_row("All", together(found.values()))
    title = f"Offers that were not taken, by {what}"
    return Grid(title, what[:1].upper() + what[1:], OFFER_HEADS, rows, total)


def reason_grid(one: Outcomes) -> Grid:
    return Grid("Cancelled by the person, by reason", "Reason", REASON_HEADS, reason_rows(one))


def reason_words(first: date, last: date) -> str:
    """Of which months reasons are, and how they are told."""
    return (
        f"Of the twelve months {day(first)} to {day(last)}, whatever the dates above, and to the"
        f" nearest {TOLD}; fewer than {TOLD} are not told: nobody's reason is to be read from them."
    )


def notice_grid(one: Outcomes) -> Grid:
    *rows, total = notice_rows(one)
    title = "Cancelled by the service, by time before the start"
    return Grid(title, "Who", notice_heads(), rows, total)


def notice_heads() -> tuple[str, ...]:
    days, hours = settings.EARLY_NOTICE_DAYS, settings.LATE_CANCELLATION_HOURS
    return (
        f"More than {days} days",
        f"{hours} hours to {days} days",
        f"Under {hours} hours",
        "From the start on",
        "In all",
    )


def court_grid(part: Part, found: Mapping[int, Outcomes]) -> Grid:
    return Grid(
        "Cancelled because of court, by unit", "Unit", COURT_HEADS, court_rows(part, found)
    )


def outcome_row(name: str, one: Outcomes, href: str = "") -> Row:
    """The columns of the table by Area or unit."""
    return Row(name, href, _texts(outcome_numbers(one)))


def outcome_numbers(one: Outcomes) -> list[int]:
    """In the order of `OUTCOME_HEADS`."""
    status = BookingStatus
    return [
        one.booked,
        one.of(status.ATTENDED),
        one.of(status.MISSED),
        one.of(status.DISPUTED),
        one.of(status.BOOKED),
        one.cancelled(late=False),
        one.cancelled(late=True),
        one.by_service(),
    ]


def offer_row(name: str, one: Outcomes, href: str = "") -> Row:
    """Offers that nobody took up, or not yet."""
    return Row(name, href, _texts(offer_numbers(one)))


def offer_numbers(one: Outcomes) -> list[int]:
    """In the order of `OFFER_HEADS`."""
    status = BookingStatus
    return [one.of(s) for s in (status.DECLINED, status.EXPIRED, status.OFFERED)]


Numbers = list[int | None]


def _texts(numbers: Iterable[int | None]) -> list[str]:
    return ["–" if n is None else f"{n:,}" for n in numbers]


def reason_rows(one: Outcomes) -> list[Row]:
    """Cancelled by the person: in time, late, and both, by reason."""
    return [
        Row(words, "", [f"under {TOLD}" if n is None else f"{n:,}" for n in numbers])
        if reason is not None
        else Row(words, "", _texts(numbers))
        for (reason, _), (words, numbers) in zip(REASONS, reason_numbers(one), strict=True)
    ]


def reason_numbers(one: Outcomes) -> list[tuple[str, Numbers]]:
    """In the order of `REASON_HEADS`, as they may be told; None where they may not, or a file says nothing."""
    found: list[tuple[str, Numbers]] = []
    for reason, words in REASONS:
        late, all_of_them = one.cancelled(reason, late=True), one.cancelled(reason)
        if reason is None:
            found.append((words, [None, None, all_of_them]))
        else:
            found.append((words, [told(all_of_them - late), told(late), told(all_of_them)]))
    return found


def notice_rows(one: Outcomes) -> list[Row]:
    """Cancelled by the service: who, and how long before the start."""
    return [Row(words, "", _texts(numbers)) for words, numbers in notice_numbers(one)]


def notice_numbers(one: Outcomes) -> list[tuple[str, Numbers]]:
    """In the order of the table's heads, with a last row of all; None where a file did not say."""
    found: list[tuple[str, Numbers]] = []
    for by, words in WHO:
        known = by != CancelledBy.FILE
        by_notice: Numbers = [one.by_service(by, n) if known else None for n in NOTICE]
        found.append((words, [*by_notice, one.by_service(by)]))
    total = [sum(one.by_service(by, n) for by, _ in WHO[:-1]) for n in NOTICE]
    return [*found, ("In all", [*total, one.by_service()])]


def outcome_sentence(one: Outcomes) -> str:
    """`Of 1,204 booked places, 1,010 (83.9%) were attended.`"""
    if not one.booked:
        return ""
    came = one.of(BookingStatus.ATTENDED)
    return (
        f"Of {counted(one.booked, 'booked place')}, {came:,}"
        f" ({share(came, one.booked)}) {'was' if came == 1 else 'were'} attended."
    )


def counting_words() -> str:
    """How the table of outcomes counts."""
    hours = settings.LATE_CANCELLATION_HOURS
    return (
        "By the unit in which somebody worked on the day of the session. Somebody who took"
        f" another time instead is counted once; late means less than {hours} hours before"
        " the start."
    )


def court_units(part: Part, found: Mapping[int, Outcomes]) -> list[tuple[int, Outcomes]]:
    """Units of which it may be told, the largest share first as it is told."""
    units = [(unit, one) for unit, one in found.items() if told(one.court)]
    units.sort(key=lambda u: (-told_percent(u[1].court, u[1].booked), part.named[u[0]].name))
    return units


def court_rows(part: Part, found: Mapping[int, Outcomes]) -> list[Row]:
    """The same as rows."""
    return [
        Row(
            _unit(part, unit),
            "",
            [f"{one.booked:,}", f"about {told(one.court):,}", _about(one)],
        )
        for unit, one in court_units(part, found)
    ]


def court_prompts(part: Part, found: Mapping[int, Outcomes]) -> Sequence[str]:
    """A sentence a unit where it passes the threshold, the largest share first."""
    heavy = [
        (unit, one)
        for unit, one in found.items()
        if is_court_heavy(one, least=settings.COURT_LEAST, percent=settings.COURT_PERCENT)
    ]
    heavy.sort(key=lambda u: (-told_percent(u[1].court, u[1].booked), part.named[u[0]].name))
    return [
        f"{_unit(part, unit)}: about {told(one.court):,} of"
        f" {counted(one.booked, 'booked place')} ({_about(one)})"
        for unit, one in heavy
    ]


def _about(one: Outcomes) -> str:
    return f"about {told_percent(one.court, one.booked)}%"


def _unit(part: Part, unit: int) -> str:
    named = part.named[unit]
    return f"{named.name}, {named.area_name}"
