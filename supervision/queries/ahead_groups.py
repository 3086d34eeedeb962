"""Who is stuck together, by name: asked for as many as are shown, and no more."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from supervision.domain.matching import bottlenecks, sharing
from wellbeing.models import Person, Posting
from wellbeing.models.dated import covering

from .ahead import Ahead
from .stored_cover import MOST_NAMED
from .units import Named as Unit
from .units import units


@dataclass(frozen=True, slots=True)
class Who:
    """One of a bottleneck, as anybody may know them who may see their posting and due day.

    `working_days` until the deadline; None where they change.
    """

    person: int
    public_id: UUID
    staff_number: str
    name: str
    unit: str
    area: str
    deadline: date
    is_overdue: bool
    working_days: int | None
    # No working day within a posting and outside absence: no seat can help them.
    cannot_be_placed: bool


@dataclass(frozen=True, slots=True)
class Stuck:
    """People who together reach fewer free seats than they are; or who reach none, each alone."""

    people: tuple[int, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class Named:
    """The same, as whom one may know them; in order of their staff numbers."""

    people: tuple[Who, ...]
    seats: int


def every_bottleneck(found: Ahead) -> list[Stuck]:
    """Each by itself, the shortest of seats first."""
    return [Stuck(b.people, b.seats) for b in bottlenecks(found.matched, found.free)]


def groups(found: Ahead) -> list[Stuck]:
    """A group a bottleneck, the shortest of seats first; those who reach no place at all, each a
    bottleneck alone, together by what they have in common. One query."""
    alone: dict[object, list[int]] = defaultdict(list)
    for person in found.matched.stuck.get((), ()):
        alone[_in_common(found, person)].append(person)
    shared = sharing(found.matched, found.free)
    # Of those alone, whoever comes first stands for them.
    first = {people[0] for people in alone.values()}
    numbers = _staff_numbers(first.union(*(one.people for one in shared)))
    keyed = [
        (b.seats - len(b.people), min(numbers[p] for p in b.people), b.people, b.seats)
        for b in shared
    ]
    keyed += [(-len(who), numbers[who[0]], tuple(who), 0) for who in alone.values()]
    return [Stuck(people, seats) for _, _, people, seats in sorted(keyed)]


def _in_common(found: Ahead, person: int) -> object:
    kind = found.days.of[person]
    return kind.area, kind.working_days, kind.is_helpless


def _staff_numbers(people: Collection[int]) -> dict[int, str]:
    rows = Person.objects.all()
    if len(people) <= MOST_NAMED:
        rows = rows.filter(pk__in=people)
    found = dict.fromkeys(people, "")
    return found | {pk: number or "" for pk, number in rows.values_list("pk", "staff_number")}


def with_names(found: Ahead, stuck: Sequence[Stuck]) -> list[Named]:
    """Those of a page, or all of them; two queries for any number."""
    known = people_of(found, {person for one in stuck for person in one.people})
    # Whoever has left at this very moment is not there any more.
    lists = (([known[p] for p in one.people if p in known], one.seats) for one in stuck)
    return [Named(tuple(sorted(people, key=_number)), n) for people, n in lists if people]


def _number(who: Who) -> str:
    return who.staff_number


def people_of(found: Ahead, people: Collection[int]) -> dict[int, Who]:
    """Of whoever is due and has no place: who they are. Two queries."""
    names = units()
    # Whoever is due is posted on the first day.
    rows = Posting.objects.filter(covering(found.asked.first))
    if len(people) <= MOST_NAMED:
        rows = rows.filter(person__in=people)
    columns = ("person", "unit", "person__public_id", "person__staff_number", "person__name")
    return {
        person: _who(found, person, names[unit], *who)
        for person, unit, *who in rows.values_list(*columns)
        if person in people
    }


def _who(
    found: Ahead, person: int, unit: Unit, public_id: UUID, number: str | None, name: str
) -> Who:
    kind = found.days.of[person]
    return Who(
        person=person,
        public_id=public_id,
        staff_number=number or "",
        name=name,
        unit=unit.name,
        area=unit.area_name,
        deadline=kind.until.deadline,
        is_overdue=kind.until.is_overdue,
        working_days=kind.working_days,
        cannot_be_placed=kind.is_helpless,
    )
