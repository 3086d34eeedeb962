"""The people behind a number, and how many lie in which band, as a lead reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from supervision.queries.bands import Bands, Counted, Gaps
from supervision.queries.cover_lists import Listed
from wellbeing.domain.roles import Strand
from wellbeing.presenters.dates import counted, short_day

from .standing import Tag, check_in_to_manager, last_seen, tag, to_manager


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A row of a list of people."""

    name: str
    href: str
    place: str
    job_role: str
    words: str
    tag: Tag | None
    due: str
    last_seen: str
    gap: str
    calendar_gap: str
    joined: str
    over: str


def person_line(one: Listed, on: date, strand: Strand) -> PersonLine:
    """A person as a lead reads them; only of supervision is anybody seen."""
    standing = one.standing
    words = to_manager if strand == Strand.SUPERVISION else check_in_to_manager
    over = standing.elapsed_days - standing.limit_days
    return PersonLine(
        name=one.name,
        href=reverse("person", args=[one.public_id]),
        place=f"{one.place.name}, {one.place.area_name}",
        job_role=standing.job_role.value.capitalize(),
        words=words(standing),
        tag=tag(standing),
        due=short_day(standing.due_on) if standing.due_on else "–",
        last_seen=last_seen(standing),
        gap=counted(one.gap.days, "day"),
        calendar_gap=counted(one.gap.calendar_days, "day"),
        joined=f"{short_day(standing.run_started_on)}, {_ago(standing.run_started_on, on)}",
        over=counted(over, "day") if over > 0 else "Within it",
    )


def _ago(then: date, on: date) -> str:
    days = (on - then).days
    return f"{counted(days, 'day')} before" if days else "the same day"


@dataclass(frozen=True, slots=True)
class BandLine:
    """A band with how many people lie in it."""

    name: str
    numbers: list[str]
    # Of a bar 100 wide.
    width: float


def gap_lines(found: Gaps) -> list[BandLine]:
    """Bands of both kinds of days side by side; the bar is of all staff, in days not away."""
    total = sum(band.everyone for band in found[0])
    return [
        BandLine(name, _grouped(numbers), _width(one, total))
        for one, (name, numbers) in zip(found[0], gap_numbers(found), strict=True)
    ]


def gap_numbers(found: Gaps) -> list[tuple[str, list[int]]]:
    """By band prosecutors and all staff in days not away, then the same in calendar days."""
    return [
        (name, [one.prosecutors, one.everyone, other.prosecutors, other.everyone])
        for name, one, other in zip(_gap_names(settings.GAP_BANDS), *found, strict=True)
    ]


def _gap_names(edges: Sequence[int]) -> list[str]:
    times = [f"{edge / 100:g} times the interval" for edge in edges]
    times[0] = "the interval" if edges[0] == 100 else times[0]
    between = [f"Up to {name}" for name in times[1:]]
    return [f"No longer than {times[0]}", *between, f"Longer than {times[-1]}"]


def gap_sentence(found: Gaps) -> str:
    """`Of 1,849 people in scope, 212 (11.5%) have once gone longer than …`"""
    total = sum(band.everyone for band in found[0])
    longer = total - found[0][0].everyone
    if not total:
        return ""
    return (
        f"Of {counted(total, 'person', 'people')} in scope, {longer:,} ({longer / total:.1%})"
        " once went longer than the interval since they joined, not counting days away."
    )


def record_words(first: date | None) -> str:
    """What stands in the way of reading a gap of somebody who joined before the records begin."""
    if first is None:
        return "Nothing that was attended is on record yet: the time since joining is the gap."
    return (
        f"The first on record is of {short_day(first)}: of whoever joined before, the time"
        " until their first on record counts as a gap."
    )


def never_seen_lines(found: Bands) -> list[BandLine]:
    total = sum(band.everyone for band in found)
    return [
        BandLine(name, _grouped(numbers), _width(one, total))
        for one, (name, numbers) in zip(found, never_seen_numbers(found), strict=True)
    ]


def never_seen_numbers(found: Bands) -> list[tuple[str, list[int]]]:
    """By band prosecutors, all staff, and those of them who are away."""
    names = ["Within the first limit"]
    first = 1
    for edge in settings.NEVER_SEEN_BANDS:
        names.append(f"{first} to {edge} days over it")
        first = edge + 1
    names.append(f"{first} days over it and more")
    return [
        (name, [one.prosecutors, one.everyone, one.away])
        for name, one in zip(names, found, strict=True)
    ]


def never_seen_sentence(found: Bands) -> str:
    """`14 people are not yet seen, 9 of them prosecutors. 5 are over the first limit.`"""
    total = sum(band.everyone for band in found)
    if not total:
        return ""
    prosecutors = sum(band.prosecutors for band in found)
    over = total - found[0].everyone
    return (
        f"{counted(total, 'person is', 'people are')} not yet seen, {prosecutors:,} of them"
        f" {'a prosecutor' if prosecutors == 1 else 'prosecutors'}."
        f" {over:,} {'is' if over == 1 else 'are'} over the first limit."
    )


def unnamed_words(number: int) -> str:
    """Of people who are counted and may not be named any more; empty of none."""
    if not number:
        return ""
    if number == 1:
        return "1 person is counted and not named: today they are outside your Areas."
    return f"{number:,} people are counted and not named: today they are outside your Areas."


def _grouped(numbers: Sequence[int]) -> list[str]:
    return [f"{n:,}" for n in numbers]


def _width(one: Counted, total: int) -> float:
    return round(100 * one.everyone / total, 1) if total else 0.0
