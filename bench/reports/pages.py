"""The pages that are asked for: every one of coverage, and those of everybody's day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.generate import UNTIL
from wellbeing.domain.roles import Role
from wellbeing.models import Area, Person, Posting, RoleGrant, Unit
from wellbeing.operations.service import service_person

Page = Callable[[], object]
LONG_PAST = date(2023, 6, 15)
NOW = {"on": UNTIL.isoformat()}
THEN = {"on": LONG_PAST.isoformat()}
# Pages of a lead that ask of a day, by the last word of their names.
OF_A_DAY = {
    "uptake": "offered and taken up",
    "court": "court",
    "gaps": "longest gaps",
    "never_seen": "not yet seen",
    "equity": "equity",
}


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in."""

    client: Client

    def asks(self, name: str, *ids: object, **query: str) -> Page:
        """Server time of an address, without a network. AssertionError where it is no page."""
        address = reverse(name, args=ids) + (f"?{urlencode(query)}" if query else "")

        def asked() -> None:
            answer = self.client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)

        return asked


def pages() -> dict[str, Page]:
    """Each page by name."""
    lead, manager = _lead(None), _manager()
    of_area = _lead(Area.objects.order_by("name")[0])
    return {
        "home of a line manager": manager.asks("home"),
        "team": manager.asks("team"),
        **_coverage(lead),
        **_of_a_day(lead),
        **_lists(lead, of_area),
        "availability ahead": lead.asks("coverage_ahead"),
        "availability ahead of an Area": of_area.asks("coverage_ahead"),
        "today": lead.asks("lead_today"),
        "today of an Area": of_area.asks("lead_today"),
        "offers": lead.asks("offers"),
        "hours of supervisors": lead.asks("supervisors_hours"),
        "establishment": lead.asks("establishment"),
        "people": lead.asks("people"),
        "people, by a name": lead.asks("people", q="Person P000123"),
    }


def _coverage(lead: Visitor) -> dict[str, Page]:
    area = Area.objects.order_by("name")[0].public_id
    unit = Unit.objects.order_by("area__name", "name")[0].public_id
    apart = {"before_on": (UNTIL - timedelta(days=365)).isoformat(), **NOW}
    past = {"before_on": (LONG_PAST - timedelta(days=258)).isoformat(), **THEN}
    return {
        "national page, with its trend": lead.asks("coverage", **NOW),
        "national page, three years before": lead.asks("coverage", **THEN),
        "Area page": lead.asks("coverage_area", area, **NOW),
        "Area page, three years before": lead.asks("coverage_area", area, **THEN),
        "unit page, with its people": lead.asks("coverage_unit", unit, **NOW),
        "unit page, three years before": lead.asks("coverage_unit", unit, **THEN),
        "national figures": lead.asks("coverage_national"),
        "forecast": lead.asks("coverage_forecast"),
        "forecast of an Area": lead.asks("coverage_area_forecast", area),
        "two days side by side": lead.asks("coverage_compared", **apart),
        "two days, three years before": lead.asks("coverage_compared", **past),
        "two days of an Area, with names": lead.asks("coverage_area_compared", area, **apart),
    }


def _of_a_day(lead: Visitor) -> dict[str, Page]:
    found: dict[str, Page] = {}
    for name, words in OF_A_DAY.items():
        found[words] = lead.asks(f"coverage_{name}", **NOW)
        found[f"{words}, three years before"] = lead.asks(f"coverage_{name}", **THEN)
    return found


def _lists(lead: Visitor, of_area: Visitor) -> dict[str, Page]:
    everybody = {"measure": "in_scope", **NOW}
    return {
        "list of everybody": lead.asks("coverage_list", **everybody),
        "list of everybody, page 200": lead.asks("coverage_list", page="200", **everybody),
        "list of an Area's overdue": of_area.asks("coverage_list", measure="overdue", **NOW),
    }


def _lead(area: Area | None) -> Visitor:
    """A national lead, or one of an Area."""
    name = f"lead-of-{area.pk}" if area else "lead"
    person, is_new = Person.objects.get_or_create(
        email=f"{name}@bench.example", defaults={"name": name}
    )
    if is_new:
        RoleGrant.objects.create(
            person=person,
            role=Role.AREA_LEAD if area else Role.LEAD,
            area=area,
            start_on=date(2020, 1, 1),
            recorded_at=timezone.now(),
            recorded_by=service_person(),
        )
    return _signed_in(person)


def _manager() -> Visitor:
    """Whoever has the largest team."""
    teams = Posting.objects.filter(line_manager__isnull=False, end_on__isnull=True)
    sizes = teams.values("line_manager").annotate(size=Count("pk"))
    largest = sizes.order_by("-size", "line_manager").values_list("line_manager", flat=True)[0]
    return _signed_in(Person.objects.get(pk=largest))


def _signed_in(person: Person) -> Visitor:
    client = Client()
    client.force_login(person)
    return Visitor(client)
