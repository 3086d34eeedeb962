"""Measures by working pattern, job role and Area, each with a plain sentence where it differs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings

from supervision.domain.equity import Difference, Share, widest
from supervision.domain.groups import Tally, added
from supervision.queries.coverage import By
from supervision.queries.equity import FULL_WEEK, Pattern
from supervision.queries.parts import Part
from supervision.queries.stored_cover import Place
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.presenters.dates import counted

from .uptake import OFFER, share

FULL, PART_TIME = "Full-time", "Part-time"
ROLES = {
    JobRole.PROSECUTOR: "Prosecutors",
    JobRole.PARALEGAL: "Paralegals",
    JobRole.MANAGER: "Managers",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One population of a row: in scope, and four shares."""

    in_scope: str
    shares: list[str]


@dataclass(frozen=True, slots=True)
class EquityLine:
    name: str
    prosecutors: Measured | None
    everyone: Measured


@dataclass(frozen=True, slots=True)
class Dimension:
    """A table with its sentences."""

    title: str
    column: str
    sentences: list[str]
    lines: list[EquityLine]


Of = Callable[[Tally], Share]
MEASURES: tuple[Of, ...] = (
    lambda t: Share(t.in_cover, t.present),
    lambda t: Share(t.offered, t.in_scope),
    lambda t: Share(t.taken_up, t.in_scope),
    lambda t: Share(t.never_seen, t.in_scope),
)


def _verbs(strand: Strand) -> tuple[str, str, str, str]:
    offer = OFFER[strand]
    return (
        "are in cover",
        f"were offered {offer}",
        f"took up {offer}",
        "are not yet seen" if strand == Strand.SUPERVISION else "have had none yet",
    )


def comparing_words() -> str:
    """How the tables count, and when a sentence says that a group fares differently."""
    points, people = settings.EQUITY_POINTS, settings.EQUITY_LEAST_PEOPLE
    return (
        "In cover is of people at work; the other shares are of everyone in scope. A sentence"
        f" names the group that differs most from all the others, where that is"
        f" {points} percentage points or more and both are {people} people or more."
    )


def measured(counts: Tally) -> Measured:
    """In cover of those not away; the others of everyone in scope."""
    shares = [of(counts) for of in MEASURES]
    return Measured(f"{counts.in_scope:,}", [share(s.part, s.whole) for s in shares])


# A group's name; what it is called in a sentence, beside what the others are.
Words = Mapping[str, tuple[str, str]]


def sentences(groups: Mapping[str, Tally], words: Words, strand: Strand) -> list[str]:
    """A sentence a measure where the widest difference is large enough; else one for all."""
    found: list[str] = []
    compared = False
    for of, verb in zip(MEASURES, _verbs(strand), strict=True):
        shares = {name: of(counts) for name, counts in groups.items()}
        one = widest(shares, people=settings.EQUITY_LEAST_PEOPLE)
        compared = compared or one is not None
        if one and one.is_material(settings.EQUITY_POINTS):
            found.append(_sentence(one, words[one.name], verb))
    if found:
        return found
    if not compared:
        least = settings.EQUITY_LEAST_PEOPLE
        return [f"Too few people to compare: groups of fewer than {least} are not."]
    return [f"No difference of {settings.EQUITY_POINTS} points or more."]


def _sentence(one: Difference, words: tuple[str, str], verb: str) -> str:
    """`Part-time staff are in cover less often than full-time staff: 61.3% of 212 against …`"""
    name, others = words
    which = "less" if (one.group.value or 0) < (one.others.value or 0) else "more"
    return (
        f"{name} {verb} {which} often than {others}:"
        f" {share(one.group.part, one.group.whole)} of {one.group.whole:,}"
        f" against {share(one.others.part, one.others.whole)} of {one.others.whole:,}."
    )


def dimension(
    title: str,
    column: str,
    groups: Mapping[str, tuple[Tally, Tally | None]],
    said: list[str],
) -> Dimension:
    """`groups`: by name, everyone and the prosecutors among them."""
    lines = [
        EquityLine(name, None if pro is None else measured(pro), measured(everyone))
        for name, (everyone, pro) in groups.items()
        if everyone.in_scope
    ]
    return Dimension(title, column, said, lines)


# By a group's name: everyone, and the prosecutors among them (None: the group is a job role).
Groups = dict[str, tuple[Tally, Tally | None]]


def pattern_groups(found: Mapping[Pattern, Tally]) -> Groups:
    """By days a week, full-time first."""
    groups: Groups = {}
    for days in range(FULL_WEEK, 0, -1):
        everyone = {role: t for (d, role), t in found.items() if d == days}
        pro = everyone.get(JobRole.PROSECUTOR, Tally())
        name = FULL if days == FULL_WEEK else f"{PART_TIME}, {counted(days, 'day')} a week"
        groups[name] = (added(everyone.values()), pro)
    return groups


def by_pattern(found: Mapping[Pattern, Tally], strand: Strand) -> Dimension:
    """Rows by days a week; sentences of part-time against full-time, of both populations."""
    said = []
    for who, roles in (("staff", tuple(JobRole)), ("prosecutors", (JobRole.PROSECUTOR,))):
        chosen = [(d, t) for (d, role), t in found.items() if role in roles]
        part_time = added(t for d, t in chosen if d < FULL_WEEK)
        full = added(t for d, t in chosen if d == FULL_WEEK)
        words = (f"Part-time {who}", f"full-time {who}")
        # Full-time is compared too, and would say the same the other way round.
        pair = {PART_TIME: part_time, FULL: full}
        said += _of(who, sentences(pair, {PART_TIME: words, FULL: words}, strand))
    return dimension("by working pattern", "Working pattern", pattern_groups(found), said)


def _of(who: str, said: list[str]) -> list[str]:
    """A sentence that names nobody says of which population it is."""
    head = "Prosecutors alone: " if who == "prosecutors" else "All staff: "
    return [
        head + one[:1].lower() + one[1:] if one[:2] in ("No", "To") else one for one in said
    ]


def role_groups(counts: Mapping[Place, Tally]) -> Groups:
    return {
        name: (added(t for (_, r), t in counts.items() if r == role), None)
        for role, name in ROLES.items()
    }


def by_role(counts: Mapping[Place, Tally], strand: Strand) -> Dimension:
    """Rows by job role; prosecutors are one of them."""
    groups = role_groups(counts)
    found = {name: everyone for name, (everyone, _) in groups.items()}
    words = {name: (name, "all other staff") for name in found}
    return dimension("by job role", "Job role", groups, sentences(found, words, strand))


def place_groups(part: Part, counts: Mapping[Place, Tally]) -> dict[str, tuple[Tally, Tally]]:
    """By Area, or by unit within one, in order of their names."""
    inside: dict[int, dict[JobRole, Tally]] = {}
    for (key, role), tally in counts.items():
        inside.setdefault(key, {})[role] = tally
    return {
        part.name(key): (added(by.values()), by.get(JobRole.PROSECUTOR, Tally()))
        for key, by in part.in_order(inside)
    }


def place_word(part: Part) -> str:
    return "unit" if part.by == By.UNIT else "Area"


def by_place(part: Part, counts: Mapping[Place, Tally]) -> Dimension:
    """Rows by Area, or by unit within one."""
    what, groups = place_word(part), place_groups(part, counts)
    said = []
    for who, at in (("staff", 0), ("prosecutors", 1)):
        words = {n: (f"{who.capitalize()} in {n}", f"{who} elsewhere") for n in groups}
        shown = {name: pair[at] for name, pair in groups.items()}
        said += _of(who, sentences(shown, words, part.strand))
    return dimension(f"by {what}", what[:1].upper() + what[1:], {**groups}, said)
