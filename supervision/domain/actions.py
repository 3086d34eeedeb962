"""Actions: what a lead asks for of a measure, and when it has recovered.

An action closes only when its measure has reached the target on two month-ends, one after
the other, after it was opened. Nobody's word closes one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise


class Population(StrEnum):
    """Whose coverage: the recommendation's population, or the CPS's promise."""

    PROSECUTORS = "prosecutors"
    EVERYONE = "everyone"


class Ending(StrEnum):
    """How an action is over."""

    RECOVERED = "recovered"
    WITHDRAWN = "withdrawn"


class Withdrawal(StrEnum):
    """Why an action is withdrawn: one of these, never in somebody's own words."""

    MISTAKE = "mistake"
    OTHER_TARGET = "other_target"
    REORGANISED = "reorganised"
    NOBODY_LEFT = "nobody_left"


@dataclass(frozen=True, slots=True)
class Share:
    """People in cover, of those who are in scope and not away."""

    in_cover: int
    present: int

    def reaches(self, percent: int) -> bool:
        """True from the percentage on, exactly; a share of nobody reaches none."""
        return self.present > 0 and self.in_cover * 100 >= percent * self.present


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """Both populations of a place at a month-end: one is withheld by what the other would give away."""

    on: date
    prosecutors: Share
    everyone: Share

    def of(self, population: Population) -> Share:
        """The share that an action is about."""
        is_all = population == Population.EVERYONE
        return self.everyone if is_all else self.prosecutors


def is_next(earlier: date, later: date) -> bool:
    """True for two month-ends that follow each other."""
    following = later - timedelta(days=later.day)
    return following == earlier


def recovered(
    months: Sequence[MonthEnd], population: Population, percent: int, opened_on: date
) -> tuple[date, date] | None:
    """The first two month-ends after the opening, one after the other, on both of which the
    target was reached; None while there are none. `months` in order of their days."""
    reached = [
        one.on for one in months if one.on > opened_on and one.of(population).reaches(percent)
    ]
    for earlier, later in pairwise(reached):
        if is_next(earlier, later):
            return earlier, later
    return None
