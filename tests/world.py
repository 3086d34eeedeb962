"""What the addresses of the access table are about: a little of everything, around the cast."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from supervision.domain.agreements import MemberStatus
from supervision.models import (
    Action,
    Agreement,
    Exclusion,
    GroupMember,
    Sample,
    SupervisionGroup,
)
from tests import factories as make
from tests.actions import make_action
from tests.agreements import make_agreement, make_exclusion, make_group, make_member
from tests.conftest import NOW, TODAY, Cast
from tests.hours import make_hours, make_leave
from tests.samples import make_sample
from tests.wellbeing.busy import make_busy
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, CalendarFeed, CourtListDays, Event

# What stands in the address of the prosecutor's calendar.
FEED = "a-secret-of-the-tests"


@dataclass
class World:
    """What the addresses are about: the prosecutor's booking, absence, check-in; a Round."""

    event: Event
    booking: Booking
    check_in: Booking
    round: Event
    attended: Booking
    hours: UUID
    leave: UUID
    feed: CalendarFeed
    court: CourtListDays
    # The auditor's, with the prosecutor alone in it.
    sample: Sample
    # The prosecutor's, with the supervisor, not signed; and whom they would rather not see.
    agreement: Agreement
    excluded: Exclusion
    # The supervisor's: the prosecutor is in it, the paralegal would like to, the manager is invited.
    group: SupervisionGroup
    member: GroupMember
    newcomer: GroupMember
    invited: GroupMember
    # Of the cast's unit, in the hands of its manager.
    action: Action


def make_world(cast: Cast) -> World:
    event = make.make_event(
        cast.supervisor,
        TODAY + timedelta(days=1),
        areas=(cast.area,),
        capacity=2,
        place="Room 4",
    )
    check_in = make.make_event(
        cast.manager, TODAY - timedelta(days=3), time(9), kind=EventKind.CHECK_IN, capacity=None
    )
    make_busy(cast.prosecutor)
    make.make_absence(cast.prosecutor, TODAY - timedelta(days=40), TODAY - timedelta(days=30))
    return World(
        event=event,
        booking=make.make_booking(event, cast.prosecutor),
        attended=make.make_held(
            cast.prosecutor, make.make_supervisor("Dr Past"), TODAY - timedelta(days=2)
        ),
        check_in=make.make_booking(check_in, cast.prosecutor, BookingStatus.ATTENDED),
        round=make.make_event(
            None,
            TODAY + timedelta(days=9),
            kind=EventKind.ROUND,
            capacity=50,
            theme="A theme",
            status=EventStatus.PUBLISHED,
        ),
        hours=make_hours(cast.supervisor).public_id,
        leave=make_leave(cast.supervisor, TODAY + timedelta(days=20)).public_id,
        # Read a moment ago: reading it again writes nothing down.
        feed=make.make_feed(cast.prosecutor, FEED, last_read_at=NOW),
        court=make.make_court_days(cast.manager, TODAY + timedelta(days=60)),
        sample=make_sample(cast.auditor, cast.prosecutor),
        **_agreed(cast),
        action=make_action(cast.unit, cast.manager),
    )


def _agreed(cast: Cast) -> dict[str, Any]:
    """What people and supervisors have agreed upon."""
    group = make_group(cast.supervisor, cast.area)
    return {
        "agreement": make_agreement(cast.prosecutor, cast.supervisor),
        "excluded": make_exclusion(cast.prosecutor, make.make_supervisor("Dr Unwanted")),
        "group": group,
        "member": make_member(group, cast.prosecutor),
        "newcomer": make_member(group, cast.paralegal, MemberStatus.ASKING),
        "invited": make_member(group, cast.manager, MemberStatus.INVITED),
    }
