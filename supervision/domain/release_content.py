"""What is written down of a released month-end: each figure, or the word where it is withheld.

The words are those of contracts.md, Reports out. Everything a page, a file or a command gives of
a release is read from here, and nothing else of it is kept that could be shown.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wellbeing.domain.disclosure import LEAST, SUPPRESSED, percentage, suppress
from wellbeing.domain.establishment import Against, Compared
from wellbeing.domain.policy import Policy, Terms
from wellbeing.domain.roles import JobRole, Strand

from .groups import Tally
from .released import NATIONAL, PROSECUTORS, MonthEnd, Place, Roles, cell, national_only

# The counts of a group, in the contract's order; coverage stands among them.
BEFORE = ("in_scope", "absent", "in_date", "due_soon", "overdue", "never_seen")
AFTER = ("offered", "taken_up")
# What is kept of an Area exactly, in this order.
KEPT = tuple(Tally.__slots__)
# Beside the strands: what is told to each Area's lead.
TOLD = "told"
ALL_STAFF, ONLY_PROSECUTORS = "All RASSO staff", "Prosecutors"

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """Areas and units by primary key, as they are called on the day of the release."""

    areas: Mapping[int, str]
    units: Mapping[int, str]


@dataclass(frozen=True)
class Writer:
    """A release while it is written down."""

    month: MonthEnd
    counts: Mapping[Hashable, int]
    withheld: Collection[Hashable]

    def national(self, strand: Strand) -> Values:
        """All staff, prosecutors, and each job role that the policy covers."""
        roles = sorted(self.month.roles[strand])
        return self._both(ALL_STAFF, strand, NATIONAL) | {
            "job_roles": [
                self.group(role.value, strand, NATIONAL, frozenset({role})) for role in roles
            ]
        }

    def strand(self, strand: Strand, names: Names) -> Values:
        """Everything of one strand: the whole service, its Areas by name, and their units."""
        areas = []
        for area, units in sorted(self.month.areas.items(), key=lambda a: names.areas[a[0]]):
            inside = [
                self._both(names.units[unit], strand, ("unit", unit))
                for unit in sorted(units, key=names.units.__getitem__)
            ]
            areas.append(
                self._both(names.areas[area], strand, ("area", area)) | {"units": inside}
            )
        return self.national(strand) | {"areas": areas}

    def _both(self, name: str, strand: Strand, place: Place) -> Values:
        everybody = self.group(name, strand, place, self.month.roles[strand])
        return {
            "all": everybody,
            "prosecutors": self.group(
                ONLY_PROSECUTORS if place == NATIONAL else name, strand, place, PROSECUTORS
            ),
        }

    def group(self, name: str, strand: Strand, place: Place, roles: Roles) -> Values:
        """One G of the contract; zeros where the policy covers none of these job roles."""

        def of(measure: str) -> Any:
            one = cell(strand, place, roles, measure)
            if one not in self.counts:
                return 0
            return SUPPRESSED if one in self.withheld else self.counts[one]

        nobody = cell(strand, place, roles, "present") not in self.counts
        share = None if nobody else percentage(of("in_cover"), of("present"), of("overdue"))
        return {
            "name": name,
            **{measure: of(measure) for measure in BEFORE},
            "coverage": share,
            **{measure: of(measure) for measure in AFTER},
        }


def outside(
    month: MonthEnd,
    posted: Mapping[JobRole, int],
    counts: Mapping[Hashable, int],
    withheld: Any,
) -> Values:
    """By strand the job roles that its policy does not cover, and how many people that is.

    Where another strand covers the role they are its people in scope, and withheld with those.
    """
    return {
        strand.value: [
            {"job_role": role.value, "people": loaded(role, posted[role], counts, withheld)}
            for role in JobRole
            if role not in month.roles.get(strand, frozenset())
        ]
        for strand in Strand
    }


def loaded(
    role: JobRole, posted: int, counts: Mapping[Hashable, int], withheld: Collection[Hashable]
) -> Any:
    """How many people of a job role have a posting, as far as it may be told."""
    one = cell(Strand.SUPERVISION, NATIONAL, frozenset({role}), "in_scope")
    hidden = one in withheld if one in counts else posted < LEAST
    return SUPPRESSED if hidden else posted


def beside_headcount(
    posted: Mapping[JobRole, int],
    counted: Compared,
    counts: Mapping[Hashable, int],
    withheld: Collection[Hashable],
) -> list[Values]:
    """People with a posting beside HR's headcount, of prosecutors and of all staff; None: not counted.

    Where the one may not be told the other is not: mostly they are the same.
    """
    shown = {role: loaded(role, n, counts, withheld) for role, n in posted.items()}
    everybody = SUPPRESSED if SUPPRESSED in shown.values() else sum(posted.values())
    return [
        {
            "name": name,
            "loaded": number,
            "headcount": _headcount(number, against),
        }
        for name, number, against in (
            (ONLY_PROSECUTORS, shown[JobRole.PROSECUTOR], counted.prosecutors),
            (ALL_STAFF, everybody, counted.everyone),
        )
    ]


def _headcount(number: Any, against: Against) -> Any:
    if not against.is_counted:
        return None
    hidden = number == SUPPRESSED or against.headcount < LEAST
    return SUPPRESSED if hidden else against.headcount


def in_force(policy: Mapping[Strand, Policy], on: date) -> list[Values]:
    """The policy versions in force on a day, with the job roles for which they are."""
    found: list[Values] = []
    for strand, versions in policy.items():
        by_terms: dict[Terms, list[str]] = {}
        for role in JobRole:
            terms = versions.in_force(role, on)
            if terms is not None:
                by_terms.setdefault(terms, []).append(role.value)
        found += [
            {
                "strand": strand.value,
                "job_roles": ";".join(roles),
                "interval_days": terms.interval_days,
                "first_within_days": terms.first_within_days,
                "due_soon_days": terms.due_soon_days,
                "least_credited_minutes": terms.least_credited_minutes,
                "effective_from": terms.effective_from.isoformat(),
            }
            for terms, roles in by_terms.items()
        ]
    return found


def named_group(groups: Sequence[Values], name: str) -> Values | None:
    """The Area or unit that had this name when it was released; None where there is none."""
    return next((group for group in groups if group["all"]["name"] == name), None)


def in_order(group: Values) -> Values:
    """A group in the contract's order, which a database need not keep."""
    order = ("name", "area", *BEFORE, "coverage", *AFTER)
    return {name: group[name] for name in order if name in group}


def kept_counts(month: MonthEnd, keys: Mapping[int, str]) -> Values:
    """Exact counts by strand, Area (by its public id) and job role."""
    return {
        strand.value: {
            keys[area]: {
                role.value: _numbers(month.tally(strand, units, frozenset({role})))
                for role in sorted(roles)
            }
            for area, units in month.areas.items()
        }
        for strand, roles in month.roles.items()
    }


def month_of(kept: Mapping[str, Any], but: Collection[str]) -> MonthEnd:
    """The same counts again without these Areas, each Area as if it were one unit."""
    # In the domain's order, which a database need not keep: what is withheld depends on it.
    by_strand = {strand: kept[strand.value] for strand in Strand if strand.value in kept}
    keys = sorted({key for areas in by_strand.values() for key in areas if key not in but})
    number = {key: i for i, key in enumerate(keys)}
    counts: dict[Strand, dict[tuple[int, JobRole], Tally]] = {}
    roles: dict[Strand, Roles] = {}
    for strand, areas in by_strand.items():
        roles[strand] = frozenset(JobRole(role) for area in areas.values() for role in area)
        counts[strand] = {
            (number[key], JobRole(role)): Tally(*numbers)
            for key, by_role in areas.items()
            if key in number
            for role, numbers in by_role.items()
        }
    return MonthEnd(counts, {i: (i,) for i in number.values()}, roles)


def _numbers(tally: Tally) -> Sequence[int]:
    return [getattr(tally, name) for name in KEPT]


def for_lead(
    strands: Mapping[str, Values], kept: Mapping[str, Any], own: Collection[str]
) -> dict[str, Values]:
    """The figures of the whole service, for somebody who has these Areas exactly on any day.

    Beside what is withheld from everybody goes whatever would let them work out a small count
    of the other Areas together. Of single Areas they are told nothing: two withheld figures,
    one of which they have, would give them the other. Who has every Area has nothing to find out.
    """
    others = month_of(kept, own)
    withheld = suppress(national_only(others)) if others.areas else frozenset[Hashable]()
    whole = month_of(kept, ())
    writer = Writer(whole, national_only(whole).counts, withheld)
    found = {}
    for name, released in strands.items():
        strand = Strand(name)
        mine = writer.national(strand) if strand in whole.roles else {}
        found[name] = {
            part: _less(released[part], mine[part])
            for part in ("all", "prosecutors")
            if part in mine
        } | {
            "provisional": released["provisional"],
            "job_roles": list(map(_less, released["job_roles"], mine.get("job_roles", ()))),
            "areas": [],
        }
    return found


def told_to_leads(strands: Mapping[str, Values], kept: Mapping[str, Any]) -> Values:
    """What the lead of each Area is told, by the Area's public id: to be kept with the counts.

    Decided again by another version it could come out otherwise, and whoever has read both would
    have what either shows.
    """
    keys = sorted({key for areas in kept.values() for key in areas})
    return {TOLD: {key: for_lead(strands, kept, {key}) for key in keys}}


def told_before(kept: Mapping[str, Any], own: Collection[str]) -> Values | None:
    """What was decided for the lead of one Area; None for who leads more, and of older releases."""
    found: Values | None = kept.get(TOLD, {}).get(next(iter(own))) if len(own) == 1 else None
    return found


def _less(released: Values, mine: Values) -> Values:
    """Each figure of one group, withheld where either withholds it."""
    return {
        name: SUPPRESSED if SUPPRESSED in (value, mine[name]) else value
        for name, value in released.items()
    }
