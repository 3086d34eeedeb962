"""A bottleneck in words: what its people have in common, and how many places they share.

Only what whoever reads names may see of a person anyway is ever said: working days, unit or
Area, and by when; of people whom this reader may not name, only how many they are. Why a place that is free is none of theirs is never said, so a supervisor
whom somebody would rather not see, or a calendar of their own, makes no difference to any word.
"""

from datetime import date, timedelta

from supervision.queries.ahead_groups import Common
from wellbeing.domain.working_days import MONDAY_TO_FRIDAY
from wellbeing.presenters.dates import short_day

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def why(people: Common, seats: int, first: date, others: int = 0) -> str:
    """`Seven people in West who work only on Tuesdays, all due by 12 May 2026, share four places.`

    `people`: those whom the reader may name; `others`: how many more share the places, of whom
    nothing is said. `first`: the period's first day. It depends on nothing but what is handed in.
    """
    if not people.number:
        return f"{_people(others)} {_share(seats, 'in these weeks', one=others == 1)}."
    one = people.number == 1
    subject = _people(people.number) + _where(people)
    if people.cannot_be_placed and not others:
        return f"{subject} {'has' if one else 'have'} no working day {_within(people, first)}."
    clauses = [_working_days(people, one=one), _by_when(people)]
    said = "".join(clause for clause in clauses if clause)
    late = all(until.is_overdue for until in people.untils)
    if others:
        said += f" and {in_words(others)} {'other' if others == 1 else 'others'}"
    share = _share(seats, "in these weeks" if late else "by then", one=one and not others)
    return f"{subject}{said} {share}."


def _people(number: int) -> str:
    return f"{in_words(number).capitalize()} {'person' if number == 1 else 'people'}"


def in_words(number: int) -> str:
    """Words up to nine, then figures."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def _share(seats: int, when: str, *, one: bool) -> str:
    """Who reaches no place is alone; a page may put several of them together."""
    if seats == 0:
        return f"{'has' if one else 'have'} no free place {when}"
    return f"share {in_words(seats)} place{'' if seats == 1 else 's'}"


def _where(people: Common) -> str:
    areas = {area for area, _ in people.units}
    if len(people.units) == 1:
        area, unit = next(iter(people.units))
        return f" in {unit}" if area == unit else f" in {unit} ({area})"
    return f" in {areas.pop()}" if len(areas) == 1 else ""


def _working_days(people: Common, *, one: bool) -> str:
    mask = next(iter(people.working_days)) if len(people.working_days) == 1 else None
    if mask is None or mask == MONDAY_TO_FRIDAY:
        return ""
    return f" who {'works' if one else 'work'} only on {day_names(mask)}"


def day_names(mask: int) -> str:
    """`Tuesdays`, `Mondays and Fridays`, `Mondays, Tuesdays and Fridays`."""
    names = [name for bit, name in enumerate(DAYS) if mask >> bit & 1]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _by_when(people: Common) -> str:
    one = people.number == 1
    days = {until.deadline for until in people.untils if not until.is_overdue}
    if not days:
        return ", overdue already," if one else ", all overdue already,"
    every = not any(until.is_overdue for until in people.untils)
    if one or (every and len(days) == 1):
        return (
            f", due by {short_day(max(days))},"
            if one
            else f", all due by {short_day(max(days))},"
        )
    if every:
        return f", due between {short_day(min(days))} and {short_day(max(days))},"
    return f", overdue already or due by {short_day(max(days))},"


def _within(people: Common, first: date) -> str:
    last = max(until.deadline for until in people.untils)
    if last <= first:
        return f"on {short_day(first)}"
    if last == first + timedelta(days=1):
        return f"on {short_day(first)} or the day after"
    return f"from {short_day(first)} to {short_day(last)}"
