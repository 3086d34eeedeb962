"""Released month-ends, and the exact counts that a new one is made from."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from supervision.domain.release_content import Names, Values, for_lead, told_before
from supervision.domain.released import MonthEnd
from supervision.models import Release
from wellbeing.domain.establishment import Compared
from wellbeing.domain.policy import Policy
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Area, Posting
from wellbeing.models.dated import covering
from wellbeing.queries.establishment import loaded_against
from wellbeing.queries.policies import policies

from .reports import is_provisional
from .stored_cover import StoredCover, Where
from .units import units


@dataclass(frozen=True)
class Exact:
    """A month-end before it is decided what of it may be shown."""

    month: MonthEnd
    names: Names
    # By Area its public id, by which it is kept.
    keys: Mapping[int, str]
    # By strand whether too many outcomes were unknown (rule 11).
    provisional: Mapping[Strand, bool]
    # Policy versions, people with a posting by job role, and HR's counts of them.
    policy: Mapping[Strand, Policy]
    posted: Mapping[JobRole, int]
    counted: Compared


def exact(on: date) -> Exact:
    """All counts of a day; to be asked within one snapshot of the database."""
    # By Python's own order of names: what is withheld depends on it, and databases differ in theirs.
    named = dict(sorted(units().items(), key=lambda n: (n[1].area_name, n[1].name, n[0])))
    areas: dict[int, list[int]] = defaultdict(list)
    for one in named.values():
        areas[one.area].append(one.unit)
    policy = policies()
    there = Posting.objects.filter(covering(on)).order_by().values_list("job_role")
    posted = dict(there.annotate(number=Count("pk")))
    roles = {
        strand: frozenset(role for role in JobRole if versions.in_force(role, on))
        for strand, versions in policy.items()
    }
    roles = {strand: covered for strand, covered in roles.items() if covered}
    covers = {strand: StoredCover(Where(strand)) for strand in roles}
    return Exact(
        MonthEnd(
            {strand: cover.tallies(on) for strand, cover in covers.items()},
            {area: tuple(inside) for area, inside in areas.items()},
            roles,
        ),
        Names(
            {one.area: one.area_name for one in named.values()},
            {pk: one.name for pk, one in named.items()},
        ),
        {pk: str(key) for pk, key in Area.objects.values_list("pk", "public_id")},
        {
            strand: is_provisional(cover.where, on, is_stale=bool(cover.stale))
            for strand, cover in covers.items()
        },
        policy,
        {role: posted.get(role.value, 0) for role in JobRole},
        loaded_against(on).total,
    )


def released_days() -> list[date]:
    """Every released month-end, the latest first; one query."""
    return list(Release.objects.order_by("-month_end").values_list("month_end", flat=True))


def release_of(month_end: date) -> Release | None:
    """What was released for a month-end; None where nothing was."""
    return Release.objects.filter(month_end=month_end).first()


def releases_until(month_end: date, most: int) -> list[Release]:
    """The latest releases up to a month-end, the earliest first, without their exact counts."""
    rows = Release.objects.filter(month_end__lte=month_end).defer("counts")
    return list(rows.order_by("-month_end")[:most])[::-1]


def readable(release: Release, viewer: Viewer) -> dict[str, Values]:
    """By strand what this reader may read of a release.

    Whoever leads some Areas has their exact figures, so that they are told of the service as a
    whole, and no more of it than is safe beside those; an auditor's grant adds nothing to that.
    """
    strands: dict[str, Values] = release.figures["strands"]
    if viewer.is_national_lead or not viewer.led_areas:
        return strands
    own = Area.objects.filter(pk__in=viewer.led_areas).values_list("public_id", flat=True)
    areas = frozenset(map(str, own))
    return told_before(release.counts, areas) or for_lead(strands, release.counts, areas)
