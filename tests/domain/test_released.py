"""A month-end's figures: how they add up over strands, Areas and job roles, and that none leaks."""

import random
from collections.abc import Iterable
from datetime import date

import pytest

from bench.withholding.adversary import is_safe
from supervision.domain.groups import Tally
from supervision.domain.release_content import (
    Writer,
    beside_headcount,
    for_lead,
    kept_counts,
    month_of,
)
from supervision.domain.released import (
    NATIONAL,
    MonthEnd,
    Roles,
    cell,
    figures,
    national_only,
)
from wellbeing.domain.disclosure import LEAST, Figures, suppress
from wellbeing.domain.establishment import Against, Compared
from wellbeing.domain.roles import JobRole, Strand

EVERYBODY: Roles = frozenset(JobRole)
P = JobRole.PROSECUTOR
AREAS = {1: (11, 12), 2: (21,)}


def person(drawn: random.Random, roles: Iterable[Strand]) -> dict[Strand, Tally]:
    """Somebody as the strands count them: away in each or in none."""
    away = drawn.random() < 0.1
    found = {}
    for strand in roles:
        status = drawn.choice(("in_date", "in_date", "due_soon", "overdue"))
        offered = drawn.random() < 0.8
        one = Tally(in_scope=1, absent=int(away), offered=int(offered))
        if not away:
            setattr(one, status, 1)
        one.taken_up = int(offered and drawn.random() < 0.8)
        one.never_seen = int(drawn.random() < 0.1)
        found[strand] = one
    return found


def month_end(seed: int, most: int = 14) -> MonthEnd:
    """Two Areas, three units; check-ins for prosecutors alone, so that strands overlap."""
    drawn = random.Random(seed)
    roles = {Strand.SUPERVISION: EVERYBODY, Strand.CHECK_IN: frozenset({P})}
    counts: dict[Strand, dict[tuple[int, JobRole], Tally]] = {s: {} for s in roles}
    for unit in (11, 12, 21):
        for role in JobRole:
            for _ in range(drawn.randint(0, most)):
                for strand, one in person(drawn, roles).items():
                    if role in roles[strand]:
                        old = counts[strand].setdefault((unit, role), Tally())
                        for name in Tally.__slots__:
                            setattr(old, name, getattr(old, name) + getattr(one, name))
    return MonthEnd(counts, AREAS, roles)


def test_people_are_the_same_under_each_strand_and_their_cover_is_not() -> None:
    shared = cell(Strand.SUPERVISION, NATIONAL, frozenset({P}), "present")
    assert shared == cell(Strand.CHECK_IN, NATIONAL, frozenset({P}), "present")
    one = cell(Strand.SUPERVISION, NATIONAL, frozenset({P}), "overdue")
    assert one != cell(Strand.CHECK_IN, NATIONAL, frozenset({P}), "overdue")
    assert cell(Strand.SUPERVISION, NATIONAL, EVERYBODY, "present") != shared


def test_groups_populations_and_measures_add_up() -> None:
    whole = figures(month_end(1))

    def name(place: tuple[str, int], roles: Roles, measure: str = "overdue") -> object:
        return cell(Strand.SUPERVISION, place, roles, measure)

    relations = {(r.total, frozenset(r.parts)) for r in whole.relations}
    for total, parts in (
        (name(NATIONAL, EVERYBODY), {name(("area", a), EVERYBODY) for a in AREAS}),
        (name(("area", 1), EVERYBODY), {name(("unit", u), EVERYBODY) for u in (11, 12)}),
        (name(NATIONAL, EVERYBODY), {name(NATIONAL, frozenset({r})) for r in JobRole}),
        (
            name(("unit", 11), EVERYBODY, "present"),
            {name(("unit", 11), EVERYBODY, m) for m in ("in_cover", "overdue")},
        ),
    ):
        assert (total, frozenset(parts)) in relations
    subsets = {(s.part, s.whole) for s in whole.subsets}
    unit = ("unit", 11)
    assert (name(unit, frozenset({P})), name(unit, EVERYBODY)) in subsets
    assert (name(unit, EVERYBODY, "taken_up"), name(unit, EVERYBODY, "offered")) in subsets


def test_a_policy_for_one_role_has_one_population_and_no_remainder() -> None:
    large = Tally(
        in_scope=40,
        absent=5,
        in_date=15,
        due_soon=10,
        overdue=10,
        never_seen=6,
        offered=30,
        taken_up=20,
    )
    counts = {Strand.SUPERVISION: {(11, P): large}}
    month = MonthEnd(counts, {1: (11,)}, {Strand.SUPERVISION: frozenset({P})})
    assert month.populations(Strand.SUPERVISION, NATIONAL) == [frozenset({P})]
    assert suppress(figures(month)) == frozenset()


@pytest.mark.parametrize("seed", range(4))
def test_no_small_count_of_a_release_can_be_worked_out(seed: int) -> None:
    whole = figures(month_end(seed))
    withheld = suppress(whole)
    small = {n for n, count in whole.counts.items() if count < LEAST}
    assert small - whole.unpublished <= withheld
    assert is_safe(whole, withheld)


def test_what_two_counts_leave_of_everybody_is_not_told_either() -> None:
    """46 in scope, 20 not yet seen, 23 seen within the interval: three were, but longer ago."""
    one = Tally(46, absent=6, in_date=12, due_soon=8, overdue=20, never_seen=20)
    one.offered, one.taken_up = 35, 23
    month = MonthEnd({Strand.SUPERVISION: {(11, P): one}}, {1: (11,)}, {Strand.SUPERVISION: frozenset({P})})  # fmt: skip
    whole = figures(month)
    withheld = suppress(whole)
    given = {cell(Strand.SUPERVISION, NATIONAL, frozenset({P}), m) for m in ("in_scope", "never_seen", "taken_up")}  # fmt: skip
    assert given & withheld
    assert is_safe(whole, withheld)
    # Whoever came back may be both; then the difference tells nothing, and is no count.
    one.taken_up, one.offered = 30, 35
    assert suppress(figures(month)).isdisjoint(given)


def test_policies_that_cross_do_not_tell_what_they_have_in_common() -> None:
    """Prosecutors with paralegals, prosecutors with managers, and all: three prosecutors are left."""
    roles = {
        Strand.SUPERVISION: frozenset({P, JobRole.PARALEGAL}),
        Strand.CHECK_IN: frozenset({P, JobRole.MANAGER}),
        Strand.TRAINING: EVERYBODY,
    }
    people = {P: 3, JobRole.PARALEGAL: 12, JobRole.MANAGER: 11}
    counts = {
        strand: {
            (11, role): Tally(in_scope=n, in_date=n, offered=n, taken_up=n)
            for role, n in people.items()
            if role in those
        }
        for strand, those in roles.items()
    }
    whole = figures(MonthEnd(counts, {1: (11,)}, roles))
    withheld = suppress(whole)
    unit = ("unit", 11)
    crossing = {cell(strand, unit, those, "in_scope") for strand, those in roles.items()}
    assert crossing & withheld
    assert is_safe(whole, withheld)
    assert cell(Strand.TRAINING, unit, frozenset({JobRole.MANAGER}), "in_scope") in whole.unpublished  # fmt: skip


def test_hiding_the_small_ones_alone_would_give_some_away() -> None:
    whole = figures(month_end(1))
    assert not is_safe(whole, {n for n, count in whole.counts.items() if count < LEAST})


KEYS = {1: "one", 2: "two"}


def others(month: MonthEnd) -> Figures:
    return national_only(month_of(kept_counts(month, KEYS), {"one"}))


def test_what_is_kept_gives_the_exact_counts_again() -> None:
    month = month_end(2)
    kept = kept_counts(month, KEYS)
    assert national_only(month_of(kept, ())).counts == national_only(month).counts
    left = month.tally(Strand.SUPERVISION, (21,), EVERYBODY)
    name = cell(Strand.SUPERVISION, NATIONAL, EVERYBODY, "in_scope")
    assert others(month).counts[name] == left.in_scope


def test_a_database_that_keeps_no_order_changes_nothing() -> None:
    kept = kept_counts(month_end(2), KEYS)
    other = {name: dict(reversed(areas.items())) for name, areas in reversed(kept.items())}
    assert list(other) != list(kept)
    first, second = (figures(month_of(one, ())) for one in (kept, other))
    assert list(first.counts) == list(second.counts)
    assert (first.relations, first.subsets) == (second.relations, second.subsets)


@pytest.mark.parametrize("seed", range(4))
def test_an_area_lead_cannot_take_their_own_away(seed: int) -> None:
    month = month_end(seed, most=40)
    rest = others(month)
    released = for_lead({"supervision": everything(month)}, kept_counts(month, KEYS), {"one"})
    hidden = suppress(rest)
    shown = {
        (group["name"], measure)
        for group in released["supervision"]["job_roles"]
        for measure, value in group.items()
        if value != "suppressed"
    }
    assert released["supervision"]["areas"] == []
    for role in JobRole:
        for measure in ("in_scope", "absent", "overdue", "never_seen"):
            name = cell(Strand.SUPERVISION, NATIONAL, frozenset({role}), measure)
            assert not (name in hidden and (role.value, measure) in shown)
            if rest.counts[name] < LEAST:
                assert (role.value, measure) not in shown
    assert is_safe(rest, hidden)


def everything(month: MonthEnd) -> dict[str, object]:
    """A release that withholds nothing, so that only what the lead's own Area asks for counts."""
    writer = Writer(month, figures(month).counts, frozenset())
    return writer.national(Strand.SUPERVISION) | {"provisional": False, "areas": ["x"]}


def test_whoever_has_every_area_reads_the_release_as_it_is() -> None:
    month = month_end(3)
    released = {"supervision": everything(month)}
    found = for_lead(released, kept_counts(month, KEYS), set(KEYS.values()))
    assert found["supervision"]["all"] == released["supervision"]["all"]


@pytest.mark.parametrize(
    ("posted", "counted", "told"),
    [
        (3, 30, ("suppressed", "suppressed")),
        (30, 3, (30, "suppressed")),
        (30, 31, (30, 31)),
        (30, 0, (30, None)),
    ],
)
def test_a_headcount_is_told_where_the_people_loaded_are(
    posted: int, counted: int, told: tuple[object, object]
) -> None:
    """Mostly they are the same, so that the one tells the other."""
    day = date(2026, 4, 1) if counted else None
    against = Against(posted, counted, min(posted, counted), 0, day, day)
    found = beside_headcount({P: posted}, Compared(against, against), {}, frozenset())
    assert {(one["loaded"], one["headcount"]) for one in found} == {told}
