"""The coverage command as somebody's page gives it: what they may see, and nothing else (contracts.md)."""

from dataclasses import replace
from datetime import date

from supervision.domain.release_content import (
    ALL_STAFF,
    ONLY_PROSECUTORS,
    Values,
    in_order,
    named_group,
)
from supervision.models import Release
from wellbeing.domain.refusals import Refused
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Area, Person, Unit

from .coverage import Asked, By, Report
from .named_standings import named_people
from .releases import readable, release_of
from .reports import report
from .viewers import viewer_of

NOTHING = "{email} has no page of coverage: they are no lead and no auditor today."
MONTH_ENDS = (
    "{on} is not released. Whoever may not see the names reads released month-ends only:"
    " manage.py release --on MONTH_END."
)


def reader(email: str, today: date) -> Viewer:
    """Whose page it is. `Refused` where there is no such account, or no such page for them."""
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise Refused(f"Nobody with the e-mail {email} can sign in.")
    viewer = viewer_of(person.pk, today)
    if not (viewer.is_lead or viewer.is_auditor):
        raise Refused(NOTHING.format(email=email))
    return viewer


def sees_exact(viewer: Viewer, area: Area | None) -> bool:
    """True where this reader may see the names behind the figures, of any day."""
    return viewer.leads(area.pk if area else None)


def exact_report(
    viewer: Viewer, asked: Asked, today: date, *, with_people: bool
) -> tuple[Report, dict[int, str]]:
    """A lead's report; of people only those whose names they may see today, and these names."""
    found = report(asked, with_people=with_people)
    if not with_people:
        return found, {}
    known = named_people(viewer, [line.standing.person for line in found.people], today)
    people = [one for one in found.people if one.standing.person in known]
    return replace(found, people=people), {pk: name for pk, (_, name) in known.items()}


def released_report(
    viewer: Viewer, asked: Asked, area: Area | None, unit: Unit | None
) -> Values:
    """The contract's object from a release. `Refused` for whatever is not released."""
    if asked.since or asked.known_at:
        raise Refused("Of a release there is no period and no other time of knowing.")
    release = release_of(asked.on)
    if release is None:
        raise Refused(MONTH_ENDS.format(on=asked.on))
    return released_values(
        viewer, release, asked, area.name if area else "", unit.name if unit else ""
    )


def released_values(
    viewer: Viewer, release: Release, asked: Asked, area: str = "", unit: str = ""
) -> Values:
    """The same of a release; `area` and `unit` by the names that they had then."""
    strand = readable(release, viewer).get(asked.strand.value)
    if strand is None:
        raise Refused(f"No policy of {asked.strand.value} was in force on {asked.on}.")
    group, areas = _narrowed(strand, area, unit)
    if asked.by == By.JOB_ROLE and area:
        raise Refused("Job roles are released for the whole service only.")
    groups = {
        By.JOB_ROLE: strand["job_roles"],
        By.AREA: [one["all"] for one in areas],
        By.UNIT: [_with_area(u, one) for one in areas for u in one["units"]],
    }
    return {
        "on": asked.on.isoformat(),
        "strand": asked.strand.value,
        "groups": [in_order(one) for one in groups[asked.by]],
        "total": in_order(group["all"] | {"name": ALL_STAFF}),
        "prosecutors": in_order(group["prosecutors"] | {"name": ONLY_PROSECUTORS}),
        "provisional": strand["provisional"],
    }


def _narrowed(strand: Values, area: str, unit: str) -> tuple[Values, list[Values]]:
    """The whole service, the Area or the unit asked for, and the Areas with what is asked of them."""
    if not area:
        return strand, strand["areas"]
    found = _named(strand["areas"], area)
    if not unit:
        return found, [found]
    inside = _named(found["units"], unit)
    return inside, [{"all": inside["all"] | {"name": area}, "units": [inside]}]


def _named(groups: list[Values], name: str) -> Values:
    """By the name that it had then. `Refused` where this reader has none."""
    group = named_group(groups, name)
    if group is None:
        raise Refused(f"{name} is not in this release for this reader.")
    return group


def _with_area(unit: Values, area: Values) -> Values:
    """A unit beside the name of its Area."""
    return {**unit["all"], "area": area["all"]["name"]}
