"""A role that ends, ends its addresses for good: given anew, it needs a new one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from tests.wellbeing.feeds import SECRET, read
from wellbeing.domain.feeds import FeedKind
from wellbeing.domain.roles import Role
from wellbeing.models import Area, AuditRow, CalendarFeed, Person, RoleGrant
from wellbeing.operations.facts import close
from wellbeing.operations.feeds import make_feed, stop_ended_feeds
from wellbeing.operations.grants import grant_role
from wellbeing.operations.service import service_person
from wellbeing.tasks.jobs import stop_feeds


@pytest.fixture
def schedule(cast: Cast) -> CalendarFeed:
    """The Area lead's address of their Area's schedule."""
    return make.make_feed(cast.area_lead, SECRET, FeedKind.SCHEDULE, area=cast.area)


def end_role(person: Person, by: Person) -> None:
    close(RoleGrant.objects.get(person=person), by=by, at=NOW)


def grant(cast: Cast, role: Role, person: Person, area: Area | None = None) -> None:
    grant_role(role, person.email, area=area, reason="", by=cast.admin, at=NOW, on=TODAY)


def stopped(feed: CalendarFeed) -> bool:
    feed.refresh_from_db()
    return feed.revoked_at is not None


def test_a_role_given_anew_needs_a_new_address(cast: Cast, schedule: CalendarFeed) -> None:
    """Though nothing had looked between the end of the role and its return."""
    end_role(cast.area_lead, cast.admin)
    assert (read().status_code, stopped(schedule)) == (404, False)
    grant(cast, Role.AREA_LEAD, cast.area_lead, cast.area)
    assert (read().status_code, stopped(schedule)) == (404, True)
    lead = cast.area_lead
    make_feed(lead, FeedKind.SCHEDULE, area=cast.area, secret="new", by=lead, at=NOW)
    assert [read(secret).status_code for secret in ("new", SECRET)] == [200, 404]


def test_the_worker_stops_what_a_role_showed(cast: Cast, schedule: CalendarFeed) -> None:
    end_role(cast.area_lead, cast.admin)
    stop_feeds()
    make.make_grant(cast.area_lead, Role.AREA_LEAD, cast.area)
    assert (read().status_code, stopped(schedule)) == (404, True)
    assert (schedule.revoked_at, schedule.revoked_by) == (NOW, service_person())
    row = AuditRow.objects.get(verb="feed.end")
    assert (row.by, row.about, row.details) == (
        service_person(),
        cast.area_lead,
        {"feed": str(schedule.public_id)},
    )


def test_a_role_ends_with_its_last_day(cast: Cast, clock: Callable[..., None]) -> None:
    feed = make.make_feed(cast.prosecutor, SECRET, FeedKind.SCHEDULE)
    make.make_grant(cast.prosecutor, Role.LEAD, end_on=TODAY)
    stop_feeds()
    assert (read().status_code, stopped(feed)) == (200, False)
    clock(NOW + timedelta(days=1))
    stop_feeds()
    assert (read().status_code, stopped(feed)) == (404, True)


def test_whoever_left_and_comes_back_needs_a_new_address(cast: Cast) -> None:
    feed = make.make_feed(cast.prosecutor, SECRET)
    person = Person.objects.filter(pk=cast.prosecutor.pk)
    person.update(is_active=False)
    stop_feeds()
    person.update(is_active=True)
    assert (read().status_code, stopped(feed)) == (404, True)


def test_what_does_not_hang_on_the_role_stays(cast: Cast, schedule: CalendarFeed) -> None:
    """One's own bookings, another's addresses, and an Area that a national lead still leads."""
    lead = cast.lead
    kept = [
        make.make_feed(cast.area_lead, "own"),
        make.make_feed(cast.area_lead, "hosted", FeedKind.HOSTED),
        make.make_feed(lead, "of-west", FeedKind.SCHEDULE, area=cast.area),
    ]
    of_all = make.make_feed(lead, "of-all", FeedKind.SCHEDULE)
    grant(cast, Role.AREA_LEAD, lead, cast.area)
    close(RoleGrant.objects.get(person=lead, role=Role.LEAD), by=cast.admin, at=NOW)
    end_role(cast.area_lead, cast.admin)
    assert stop_ended_feeds(on=TODAY, at=NOW) == 2
    assert [stopped(feed) for feed in (schedule, of_all, *kept)] == [True, True, *[False] * 3]
    assert [read(s).status_code for s in ("own", "hosted", "of-west")] == [200] * 3


def test_a_role_given_to_one_stops_nothing_of_another(
    cast: Cast, schedule: CalendarFeed
) -> None:
    end_role(cast.area_lead, cast.admin)
    grant(cast, Role.AREA_LEAD, cast.manager, cast.area)
    assert not stopped(schedule)


def test_the_same_role_twice_and_live_addresses_change_nothing(
    cast: Cast, schedule: CalendarFeed, django_assert_num_queries: Any
) -> None:
    grant(cast, Role.AREA_LEAD, cast.area_lead, cast.area)
    with django_assert_num_queries(3):
        # BEGIN or a savepoint, the question, and its end.
        assert stop_ended_feeds(on=TODAY, at=NOW) == 0
    assert (read().status_code, stopped(schedule)) == (200, False)
    assert not AuditRow.objects.filter(verb="feed.end").exists()
