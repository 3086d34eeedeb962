"""The demonstration: the same for a day, its cast related, and refused where it has no place."""

from collections import Counter
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from supervision.operations.demo.staff import AREAS
from supervision.queries.coverage import Asked, coverage
from supervision.queries.viewers import viewer_of
from wellbeing.domain.roles import EventKind, Role, Strand
from wellbeing.models import Area, Booking, Event, Person, Posting
from wellbeing.queries.establishment import loaded_against
from wellbeing.queries.events import visible_to

ON = date(2026, 11, 24)


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


def load(**options: Any) -> tuple[int, str]:
    err = StringIO()
    try:
        call_command("load_demo", stdout=StringIO(), stderr=err, **options)
    except SystemExit as stop:
        return int(stop.code or 0), err.getvalue()
    return 0, err.getvalue()


def facts() -> list[Any]:
    bookings = Booking.objects.values_list(
        "person__email", "event__kind", "event__local_on", "event__host__email", "status"
    )
    return sorted(map(str, bookings)) + sorted(
        map(str, Posting.objects.values_list("person__name", "unit__name", "start_on"))
    )


def test_the_same_seed_and_day_give_the_same_demo(db: None, demo: None) -> None:
    made = []
    for _ in range(2):
        with transaction.atomic():
            assert load(seed=1, people=150, on=ON) == (0, "")
            made.append(facts())
            transaction.set_rollback(True)
    assert made[0] == made[1]
    assert len(made[0]) > 4000


def test_the_cast_is_related_and_the_figures_are_real(db: None, demo: None) -> None:
    assert load(seed=1, people=200, on=ON) == (0, "")
    people = {
        p.email.split("@")[0]: p for p in Person.objects.filter(email__endswith="@demo.example")
    }
    posting = {
        name: Posting.objects.select_related("unit__area").get(person=people[name])
        for name in ("prosecutor", "paralegal", "manager")
    }
    assert posting["prosecutor"].line_manager == people["manager"]
    assert posting["paralegal"].line_manager == people["manager"]
    assert (posting["prosecutor"].job_role, posting["paralegal"].job_role) == (
        "prosecutor",
        "paralegal",
    )
    area = posting["prosecutor"].unit.area
    assert viewer_of(people["area.lead"].pk, ON).led_areas == {area.pk}
    today = Booking.objects.get(person=people["prosecutor"], event__local_on=ON)
    assert today.event.host == people["supervisor"]
    roles = {
        n: viewer_of(people[n].pk, ON).roles
        for n in ("lead", "facilitator", "auditor", "admin")
    }
    assert roles == {
        "lead": {Role.LEAD},
        "facilitator": {Role.FACILITATOR},
        "auditor": {Role.AUDITOR},
        "admin": {Role.ADMINISTRATOR},
    }
    assert all(people[n].check_password("demo-password") for n in roles)
    assert set(Area.objects.values_list("name", flat=True)) == set(AREAS)
    report = coverage(Asked(on=ON, strand=Strand.SUPERVISION))
    assert 0.5 < (report.total.counts.coverage or 0) < 0.95
    assert report.total.counts.overdue > 0
    kinds = Counter(Event.objects.filter(local_on__gt=ON).values_list("kind", flat=True))
    assert kinds[EventKind.ROUND] == 1
    assert kinds[EventKind.SUPERVISION] > 500
    late = Event.objects.filter(local_on__gt=ON + timedelta(weeks=7))
    assert not late.exists()


def test_hr_counts_one_or_two_more_in_some_units(db: None, demo: None) -> None:
    assert load(seed=1, people=120, on=ON) == (0, "")
    units = loaded_against(date(2026, 11, 1)).units
    missing = Counter(unit.everyone.missing for unit in units)
    assert missing == {0: 11, 1: 2, 2: 1}
    assert sum(u.everyone.beyond + u.everyone.uncounted for u in units) == 0


def test_an_area_lead_has_sessions_to_look_after(db: None, demo: None) -> None:
    assert load(seed=1, people=120, on=ON) == (0, "")
    lead = Person.objects.get(email="area.lead@demo.example")
    led = visible_to(viewer_of(lead.pk, ON), EventKind.SUPERVISION)
    assert led.filter(local_on__gt=ON).exists()


def test_it_refuses_outside_demo_and_debug_and_on_top_of_data(db: None, settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    code, said = load(people=100, on=ON)
    assert (code, Person.objects.count()) == (1, 0)
    assert "neither demo nor debug" in said
    settings.DEMO = True
    Person.objects.create(email="a@b.example", name="A")
    assert load(people=100, on=ON)[0] == 1
    assert load(people=100, on=ON, if_empty=True) == (0, "")
    assert Person.objects.count() == 1
