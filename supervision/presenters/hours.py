"""Hours, and what becomes of them, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from supervision.domain.hours import Kind, LeftOut, Proposal, Slot, Why
from supervision.models import HoursException, Supervisor, WorkingHours
from supervision.presenters.sessions import BUSY_THEN, MODE_WORDS
from wellbeing.domain.busy_clashes import BusyTimes
from wellbeing.presenters.dates import clock, counted, day, hours, short_day

# What is known of anybody's calendar by whoever publishes for them: nothing.
NOT_BUSY = BusyTimes([])
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WHY = {
    Why.LEAVE: "day off",
    Why.BANK_HOLIDAY: "bank holiday",
    Why.NOT_REGISTERED: "no registration on that day",
    Why.NO_SUCH_TIME: "the clocks change: this time does not exist, or occurs twice",
    Why.PAST: "the time has passed",
    Why.MADE_BEFORE: "published before, then cancelled, moved or given to another supervisor",
    Why.TAKEN: "something else at that time",
    Why.NO_BREAK: "no break before or after another session",
    Why.DAY_LIMIT: "the most hours of a day are reached",
    Why.WEEK_LIMIT: "the most hours of a week are reached",
}


@dataclass(frozen=True, slots=True)
class HoursLine:
    """A line of the week as a page shows it."""

    when: str
    what: str
    until: str
    change: str
    end: str


def hours_line(row: WorkingHours, on: date) -> HoursLine:
    """`Mondays, 9am to midday`, with what its sessions are and how long it stands."""
    public_id = [row.public_id]
    return HoursLine(
        when=f"{WEEKDAYS[row.weekday]}s, {clock(row.starts)} to {clock(row.ends)}",
        what=sessions_words(row),
        until=_stands(row, on),
        change=reverse("hours_change", args=public_id),
        end=reverse("hours_end", args=public_id),
    )


def sessions_words(row: WorkingHours | HoursException) -> str:
    """`Sessions of 60 minutes, 10 minutes between, video`."""
    between = f", {counted(row.pause_minutes, 'minute')} between" if row.pause_minutes else ""
    return f"Sessions of {row.minutes} minutes{between}, {MODE_WORDS[row.mode].lower()}"


def _stands(row: WorkingHours, on: date) -> str:
    since = f"from {short_day(row.first_on)}" if row.first_on > on else ""
    until = f"until {short_day(row.last_on)}" if row.last_on else ""
    words = " ".join(filter(None, [since, until]))
    return words[:1].upper() + words[1:]


def limits_words(supervisor: Supervisor) -> str:
    """`6 hours a day and 24 a week`."""
    day, week = (
        f"{h.normalize():f}" for h in (supervisor.hours_per_day, supervisor.hours_per_week)
    )
    return f"{day} hours a day and {week} a week"


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """A day, or days, that are otherwise."""

    when: str
    what: str
    take_back: str


def exception_line(row: HoursException) -> ExceptionLine:
    """Days off, or the hours of one day."""
    return ExceptionLine(
        when=_days(row.first_on, row.last_on),
        what=_otherwise(row),
        take_back=reverse("exception_take_back", args=[row.public_id]),
    )


def _days(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def _otherwise(row: HoursException) -> str:
    if row.kind == Kind.OFF or row.starts is None or row.ends is None:
        return "Day off" if row.first_on == row.last_on else "Days off"
    beside = "instead of the usual hours" if row.kind == Kind.INSTEAD else "beside the usual"
    return f"{clock(row.starts)} to {clock(row.ends)}, {beside}. {sessions_words(row)}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What publishing would do, day by day, and what is left out, day by day."""

    slots: list[tuple[str, list[str]]]
    left_out: list[tuple[str, list[str]]]


def outcome(done: Proposal, busy: BusyTimes = NOT_BUSY) -> Outcome:
    """Days with their sessions; days with what is left out of them and why.

    `busy`: by the reader's own calendar; none for whoever publishes for another.
    """
    return Outcome(
        _by_day((s.on, slot_words(s, busy)) for s in done.slots),
        _by_day(_why_by_day(done.left_out)),
    )


def _why_by_day(left_out: Iterable[LeftOut]) -> Iterator[tuple[date, str]]:
    """`9am, 10am: something else at that time`: the times of a day with one reason together."""
    grouped: dict[tuple[date, Why], list[str]] = {}
    for one in left_out:
        times = grouped.setdefault((one.on, one.why), [])
        times += [clock(one.at)] if one.at else []
    for (on, why), times in grouped.items():
        yield on, f"{', '.join(times)}: {WHY[why]}" if times else WHY[why]


def _by_day(lines: Iterable[tuple[date, str]]) -> list[tuple[str, list[str]]]:
    days: dict[date, list[str]] = {}
    for on, words in lines:
        days.setdefault(on, []).append(words)
    return [(day(on), words) for on, words in days.items()]


def slot_words(slot: Slot, busy: BusyTimes = NOT_BUSY) -> str:
    """`9am to 10am, video`; and where it clashes with the host's own calendar."""
    how = MODE_WORDS[slot.hours.mode].lower()
    note = f". {BUSY_THEN}" if busy.meets(slot.start_at, slot.end_at) else ""
    return f"{hours(slot.start_at, slot.end_at)}, {how}{note}"


def left_out_words(left: LeftOut) -> str:
    """`9am: something else at that time`; of a whole day the reason alone."""
    why = WHY[left.why]
    return f"{clock(left.at)}: {why}" if left.at else why
