"""Actions in words: the measure, whose it is, its month-ends as far as the reader may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from supervision.domain.actions import Ending, MonthEnd, Population, Withdrawal
from supervision.models import Action, ActionCharge
from supervision.presenters.coverage_page import STRANDS
from supervision.queries.coverage import Report
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import Strand
from wellbeing.domain.viewer import Viewer
from wellbeing.presenters.dates import away, short_day

from .standing import Tag

POPULATIONS = {
    Population.PROSECUTORS: "Prosecutors",
    Population.EVERYONE: "All RASSO staff",
}
REASONS = {
    Withdrawal.MISTAKE: "It was opened by mistake",
    Withdrawal.OTHER_TARGET: "Another target is to be set",
    Withdrawal.REORGANISED: "The unit or Area has been reorganised",
    Withdrawal.NOBODY_LEFT: "Nobody is left there whom it is about",
}
NOBODY = "–"
# Why is said once below the table.
WITHHELD = "Withheld"


def place_words(action: Action) -> str:
    """`West One, West`, `West`, or `All Areas`."""
    if action.unit:
        return f"{action.unit.name}, {action.unit.area.name}"
    return action.area.name if action.area else "All Areas"


def sees_counts(viewer: Viewer, action: Action) -> bool:
    """True for a lead of the Area; of all Areas, for a national lead. Anybody else sees no names
    behind a figure."""
    return viewer.leads(action.area_led)


def percent_words(viewer: Viewer, action: Action, month: MonthEnd) -> str:
    """`64.0% (16 of 25)` to who sees the names; nobody else reads figures that are not released."""
    if not sees_counts(viewer, action):
        return WITHHELD
    share = month.of(Population(action.population))
    if not share.present:
        return NOBODY
    return f"{share.in_cover / share.present:.1%} ({share.in_cover:,} of {share.present:,})"


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A row of the list."""

    place: str
    what: str
    href: str
    target: str
    latest: str
    owner: str
    due: str
    state: str
    tag: Tag | None


def action_line(action: Any, month: MonthEnd, viewer: Viewer, on: date) -> ActionLine:
    """`action` with `owner_name` and `due_on` beside it."""
    return ActionLine(
        place=place_words(action),
        what=f"{STRANDS[Strand(action.strand)]}, {_of_whom(action)}",
        href=reverse("action", args=[action.public_id]),
        target=f"{action.target_percent}%",
        latest=percent_words(viewer, action, month),
        owner=action.owner_name,
        due=short_day(action.due_on),
        state=state_words(viewer, action),
        tag=tag(action, on),
    )


def tag(action: Any, on: date) -> Tag | None:
    """What the eye should find: an open action whose date is over."""
    is_late = action.is_open and action.due_on < on
    return Tag("Past its date", "yellow") if is_late else None


def _of_whom(action: Action) -> str:
    name = POPULATIONS[Population(action.population)]
    return name if name.startswith("All") else name.lower()


def title(action: Action) -> str:
    """`West One, West: at least 80% of prosecutors in cover`."""
    whom = _of_whom(action).replace("All", "all", 1)
    return f"{place_words(action)}: at least {action.target_percent}% of {whom} in cover"


def state_words(viewer: Viewer, action: Action) -> str:
    """`Open`, `Recovered on …`, or `Withdrawn on …`; `Closed` to who sees no figure, for that
    it recovered is one: of a target of 100% that nobody was overdue at two month-ends."""
    if action.closed_on is None:
        return "Open"
    if not sees_counts(viewer, action):
        return "Closed"
    word = "Recovered" if action.ending == Ending.RECOVERED else "Withdrawn"
    return f"{word} on {short_day(action.closed_on)}"


def state_sentence(viewer: Viewer, action: Action) -> str:
    """What follows, or how it ended; empty for who sees no figure."""
    if not sees_counts(viewer, action):
        return ""
    if action.ending == Ending.RECOVERED:
        return (
            f"It closed because its measure reached the target on two month-ends in a row,"
            f" the second {short_day(action.closed_on or action.opened_on)}."
        )
    if action.ending == Ending.WITHDRAWN:
        reason = REASONS[Withdrawal(action.reason)]
        return f"It was withdrawn: {reason[:1].lower()}{reason[1:]}."
    return (
        "It closes by itself when its measure has reached the target on two month-ends in a"
        " row, both after it was opened. Nobody can close it by hand."
    )


def due_words(due_on: date, on: date) -> str:
    """`30 September 2026, in 9 days`, as everywhere."""
    return away(due_on, on)


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month-end of an action's history; `reached` is withheld with the figure."""

    day: str
    percent: str
    reached: str
    is_before: bool


def month_lines(action: Action, months: Sequence[MonthEnd], viewer: Viewer) -> list[MonthLine]:
    """The latest first."""
    lines = []
    for month in reversed(months):
        words = percent_words(viewer, action, month)
        reached = month.of(Population(action.population)).reaches(action.target_percent)
        shown = NOBODY if words in (NOBODY, WITHHELD) else "Yes" if reached else "No"
        is_before = month.on <= action.opened_on
        lines.append(MonthLine(short_day(month.on), words, shown, is_before))
    return lines


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """Who had it in hand from a day on, by when, and who said so."""

    owner: str
    due: str
    since: str
    by: str


def charge_line(charge: ActionCharge) -> ChargeLine:
    return ChargeLine(
        owner=charge.owner.name,
        due=short_day(charge.due_on),
        since=short_day(local_day(charge.recorded_at)),
        by=charge.recorded_by.name,
    )


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A population whose coverage is below what is low, and where an action is opened."""

    words: str
    href: str


def shortfalls(report: Report, place: str, low: int) -> list[Shortfall]:
    """Of a coverage page: prosecutors, all staff, or neither. `place` as the form names it."""
    found = []
    groups = {
        Population.PROSECUTORS: report.prosecutors.counts,
        Population.EVERYONE: report.total.counts,
    }
    for population, counts in groups.items():
        if counts.coverage is not None and counts.coverage * 100 < low:
            strand = report.asked.strand.value
            query = {"strand": strand, "population": population.value, "place": place}
            words = f"{POPULATIONS[population]} are below {low}%"
            found.append(Shortfall(words, f"{reverse('action_open')}?{urlencode(query)}"))
    return found
