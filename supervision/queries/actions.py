"""Actions against shortfalls: which somebody may see, whose they are, and their month-ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from supervision.domain.actions import MonthEnd, Share
from supervision.domain.groups import Tally, added
from supervision.models import Action, ActionCharge
from wellbeing.domain.roles import JobRole, Role, Strand
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Area, Person, Posting, RoleGrant, Unit
from wellbeing.models.dated import covering

from .coverage import Asked
from .reports import over_time, prosecutors
from .stored_cover import Place, StoredCover, Where
from .trend import month_ends
from .units import Named, units

# An action that has been open for longer is judged by its last so many month-ends.
MOST_MONTHS = 60


def visible_actions(viewer: Viewer, on: date) -> QuerySet[Any]:
    """Actions that this person may see today, each with `owner`, `owner_name` and `due_on`.

    A national lead's: all. A lead's: of the Areas they lead and their units. An owner's: their
    own, while they could be given it today (`possible_owners`). Open ones first, of these the
    soonest due; then the latest closed, or for whoever is no lead by the day they were due:
    which of two closed first says how they ended.
    """
    rows = _with_charge()
    if not viewer.is_national_lead:
        led = Q(unit__area__in=viewer.led_areas) | Q(area__in=viewer.led_areas)
        there = _manages_there(viewer.person, OuterRef("place"), on)
        rows = rows.annotate(place=Coalesce("unit__area", "area"))
        rows = rows.filter(led | Q(owner=viewer.person) & there)
    latest_closed = F("closed_on").desc(nulls_first=True)
    open_first = IsNull(F("closed_on"), True).desc()
    return rows.order_by(latest_closed if viewer.is_lead else open_first, "due_on", "pk")


def _with_charge() -> QuerySet[Any]:
    charge = ActionCharge.objects.filter(action=OuterRef("pk"))
    return Action.objects.select_related("unit__area", "area").annotate(
        owner=Subquery(charge.values("owner")[:1]),
        owner_name=Subquery(charge.values("owner__name")[:1]),
        due_on=Subquery(charge.values("due_on")[:1]),
    )


def visible_action(viewer: Viewer, public_id: UUID, on: date) -> Action | None:
    """One of them, or None."""
    found: Action | None = visible_actions(viewer, on).filter(public_id=public_id).first()
    return found


def open_actions() -> QuerySet[Action]:
    """All that are not over."""
    return Action.objects.filter(closed_at__isnull=True).select_related("unit").order_by("pk")


def overdue_actions(viewer: Viewer, on: date) -> int:
    """How many open ones that this person may see were to be done before today; one query."""
    return visible_actions(viewer, on).filter(closed_at__isnull=True, due_on__lt=on).count()


def own_open_actions(viewer: Viewer, on: date) -> int:
    """How many open ones this person has in hand and may see today; one query."""
    rows = visible_actions(viewer, on).filter(owner=viewer.person)
    return rows.filter(closed_at__isnull=True).count()


def open_action_of(
    strand: Strand, population: str, area: Area | None, unit: Unit | None
) -> Action | None:
    """The open action of a measure; one query."""
    rows = Action.objects.filter(closed_at__isnull=True, strand=strand, population=population)
    return rows.filter(area=area, unit=unit).first()


def charges_of(action: Action) -> list[ActionCharge]:
    """Who had it in hand and by when, the latest first."""
    rows = ActionCharge.as_recorded.filter(action=action)
    return list(rows.select_related("owner", "recorded_by").order_by("-recorded_at", "-pk"))


def possible_owners(area: int | None, on: date) -> list[Person]:
    """Who can be given an action: of an Area (or a unit of it) its leads, national leads, and
    managers who work there today; of all Areas national leads. By name; one query."""
    grants = RoleGrant.objects.filter(covering(on), person=OuterRef("pk"))
    who = Q(Exists(grants.filter(role=Role.LEAD)))
    if area is not None:
        who |= Q(Exists(grants.filter(role=Role.AREA_LEAD, area=area)))
        who |= _manages_there(OuterRef("pk"), area, on)
    rows = Person.objects.filter(who, is_active=True, is_service=False)
    return list(rows.order_by("name", "pk"))


def _manages_there(person: int | OuterRef, area: int | OuterRef, on: date) -> Q:
    """True of a manager by job role, or of somebody's line manager, who works in the Area today."""
    there = Posting.objects.filter(covering(on), person=person, unit__area=area)
    manages = Posting.objects.filter(covering(on), line_manager=person)
    return Q(Exists(there.filter(job_role=JobRole.MANAGER))) | (
        Q(Exists(there)) & Q(Exists(manages))
    )


def days_of(action: Action, on: date) -> list[date]:
    """Month-ends before `on`: the one before the opening, and all since."""
    yesterday, opened = on - timedelta(days=1), action.opened_on
    last = month_ends(yesterday, 1)[0]
    number = (last.year - opened.year) * 12 + last.month - opened.month + 2
    return month_ends(yesterday, min(MOST_MONTHS, number))


def months_of(action: Action, days: Sequence[date]) -> list[MonthEnd]:
    """Coverage of an action's place on these month-ends, as known now."""
    unit, area = action.unit_id, action.area_id
    asked = Asked(on=days[-1], strand=Strand(action.strand), area=area, unit=unit)
    found = over_time(asked, days)
    return [
        MonthEnd(
            day,
            _share([found[day][JobRole.PROSECUTOR]]),
            _share(found[day].values()),
        )
        for day in days
    ]


def _share(parts: Iterable[object]) -> Share:
    counts = [(one.in_cover, one.present) for one in parts]  # type: ignore[attr-defined]
    return Share(sum(n for n, _ in counts), sum(n for _, n in counts))


@dataclass(frozen=True)
class Latest:
    """Coverage of every unit on one day, of the strands asked about."""

    on: date
    counts: Mapping[Strand, Mapping[Place, Tally]]
    named: Mapping[int, Named]

    def of(self, action: Action) -> MonthEnd:
        """Both populations of the action's place."""
        inside = {
            place: one
            for place, one in self.counts[Strand(action.strand)].items()
            if action.unit_id in (None, place[0])
            and action.area_id in (None, self.named[place[0]].area)
        }
        sub, whole = added(prosecutors(inside).values()), added(inside.values())
        return MonthEnd(
            self.on,
            Share(sub.in_cover, sub.present),
            Share(whole.in_cover, whole.present),
        )


def latest(actions: Iterable[Action], on: date) -> Latest:
    """The last month-end before `on`, for a page of actions; a few queries a strand."""
    day = month_ends(on - timedelta(days=1), 1)[0]
    strands = sorted({Strand(action.strand) for action in actions})
    counts = {strand: StoredCover(Where(strand)).tallies(day) for strand in strands}
    return Latest(day, counts, units())
