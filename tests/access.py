"""Every address, as every member of the cast: the table that the access test and axe walk.

P prosecutor, L paralegal, M manager, A Area lead, N national lead, S supervisor,
F facilitator, U auditor, D administrator. `OPEN`: anybody, signed in or not. Any other
address sends whoever is not signed in to sign-in.
"""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

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
from tests.samples import make_sample, pseudonym_in
from tests.wellbeing.busy import make_busy
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, CalendarFeed, CourtListDays, Event

LETTERS = {
    "P": "prosecutor",
    "L": "paralegal",
    "M": "manager",
    "A": "area_lead",
    "N": "lead",
    "S": "supervisor",
    "F": "facilitator",
    "U": "auditor",
    "D": "admin",
}
STAFF, LEADS, ALL = "PLM", "AN", "PLMANSFUD"
OPEN = "open"
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


def addresses(cast: Cast, world: World) -> list[tuple[str, tuple[Any, ...], str]]:
    """(name, arguments, who sees the page); everybody else gets 403 or 404."""
    person = (cast.prosecutor.public_id,)
    day = TODAY - timedelta(days=40)
    group, agreement = (world.group.public_id,), (world.agreement.public_id,)
    action = (world.action.public_id,)
    event, round_ = (world.event.public_id,), (world.round.public_id,)
    return [
        ("account_login", (), OPEN),
        ("account_reset_password", (), OPEN),
        ("account_reset_password_done", (), OPEN),
        ("account_reset_password_from_key", ("1", "set-password"), OPEN),
        ("account_reset_password_from_key_done", (), OPEN),
        ("help_now", (), OPEN),
        ("healthz", (), OPEN),
        ("readyz", (), OPEN),
        ("account_logout", (), ALL),
        ("account_change_password", (), ALL),
        ("home", (), ALL),
        ("session_list", (), STAFF),
        ("session_publish", (), LEADS + "S"),
        ("session_schedule", (), LEADS),
        ("session_to_do", (), LEADS),
        ("actions", (), LEADS + "M"),
        ("action_open", (), LEADS),
        ("action", action, LEADS + "M"),
        ("action_change", action, LEADS),
        ("action_withdraw", action, LEADS),
        ("lead_today", (), LEADS),
        ("lead_today_people", (), LEADS),
        ("lead_offer", (), LEADS),
        ("session_detail", event, STAFF + LEADS + "S"),
        ("session_book", event, STAFF),
        ("session_wait", event, STAFF),
        ("session_register", event, LEADS + "S"),
        ("register_add", event, LEADS + "S"),
        ("session_cancel", event, LEADS + "S"),
        ("session_edit", event, LEADS + "S"),
        ("session_cancel_following", event, LEADS + "S"),
        ("diary", (), "S"),
        ("cannot_come_today", (), "S"),
        ("hours", (), "S"),
        ("hours_add", (), "S"),
        ("exception_add", (), "S"),
        ("leave_add", (), "S"),
        ("hours_publish", (), LEADS + "S"),
        ("hours_given", (), "S"),
        ("hours_given_file", (), "S"),
        ("hours_change", (world.hours,), "S"),
        ("hours_end", (world.hours,), "S"),
        ("exception_take_back", (world.leave,), "S"),
        ("registration", (), "S"),
        ("registrations", (), LEADS),
        ("sessions_move", (cast.supervisor.public_id,), LEADS),
        ("cancel_while_off", (), "S"),
        ("booking_list", (), ALL),
        ("booking_detail", (world.booking.public_id,), "P"),
        ("booking_cancel", (world.booking.public_id,), "P"),
        ("booking_answer", (world.booking.public_id,), "P"),
        ("booking_not_right", (world.attended.public_id,), "P"),
        ("booking_move", (world.booking.public_id,), "P"),
        ("booking_move_to", (world.booking.public_id, world.event.public_id), "P"),
        ("own_calendar", (), ALL),
        ("schedule", (), LEADS),
        ("calendar_mine", (), ALL),
        ("busy_calendar", (), ALL),
        ("busy_calendar_remove", (), "P"),
        ("calendar_address_make", (), ALL),
        ("calendar_address_renew", (world.feed.public_id,), "P"),
        ("calendar_address_stop", (world.feed.public_id,), "P"),
        ("calendar_feed", (FEED,), OPEN),
        ("own_supervisor", (), STAFF),
        ("supervisor_choose", (), STAFF),
        ("agreement_sign", (), "P"),
        ("agreement_end", (), "P"),
        ("exclusion_add", (), STAFF),
        ("exclusion_take_back", (world.excluded.public_id,), "P"),
        ("group_invitation", (world.invited.public_id,), "M"),
        ("group_newcomer", (world.newcomer.public_id,), "P"),
        ("group_leave", (world.member.public_id,), "P"),
        ("my_people", (), "S"),
        ("agreement_decline", agreement, "S"),
        ("agreement_review", agreement, "S"),
        ("agreements", (), LEADS),
        ("groups", (), LEADS),
        ("group_make", (), LEADS + "S"),
        ("group_detail", group, LEADS + "S"),
        ("group_invite", group, LEADS + "S"),
        ("group_publish", group, LEADS + "S"),
        ("group_close", group, LEADS + "S"),
        ("group_withdraw", group, LEADS + "S"),
        ("group_remove", (world.newcomer.public_id,), LEADS + "S"),
        ("team", (), "M"),
        ("court_lists", (), LEADS),
        ("court_list_add", (), LEADS),
        ("court_list_take_back", (world.court.public_id,), LEADS),
        ("coverage", (), LEADS + "U"),
        ("coverage_ahead", (), LEADS),
        ("coverage_ahead_publish", (), LEADS),
        ("coverage_national", (), LEADS + "U"),
        ("offers", (), LEADS),
        ("supervisors_hours", (), LEADS),
        ("supervisors_hours_file", (), LEADS),
        ("coverage_known", (), LEADS),
        ("coverage_area", (cast.area.public_id,), LEADS),
        ("coverage_area", (cast.elsewhere.area.public_id,), "N"),
        ("coverage_unit", (cast.unit.public_id,), LEADS),
        ("coverage_unit", (cast.elsewhere.public_id,), "N"),
        ("coverage_forecast", (), "N"),
        ("coverage_area_forecast", (cast.area.public_id,), LEADS),
        ("coverage_area_forecast", (cast.elsewhere.area.public_id,), "N"),
        ("coverage_compared", (), "N"),
        ("coverage_area_compared", (cast.area.public_id,), LEADS),
        ("coverage_area_compared", (cast.elsewhere.area.public_id,), "N"),
        ("announced", (), LEADS),
        ("last_month", (), LEADS),
        ("coverage_file", ("csv",), "N"),
        ("coverage_area_file", (cast.area.public_id, "csv"), LEADS),
        ("coverage_area_file", (cast.elsewhere.area.public_id, "csv"), "N"),
        ("coverage_unit_file", (cast.unit.public_id, "xlsx"), LEADS),
        ("people_file", ("csv",), "N"),
        ("area_people_file", (cast.area.public_id, "csv"), LEADS),
        ("unit_people_file", (cast.unit.public_id, "xlsx"), LEADS),
        ("released_file", ("csv",), ""),
        ("evidence", (), ""),
        ("coverage_uptake", (), LEADS),
        ("coverage_court", (), LEADS),
        ("coverage_gaps", (), LEADS),
        ("coverage_never_seen", (), LEADS),
        ("coverage_list", (), LEADS),
        ("coverage_equity", (), LEADS),
        ("sample_list", (), "U"),
        ("sample_make", (), "U"),
        ("sample", (world.sample.public_id,), "U"),
        ("sample_file", (world.sample.public_id,), "U"),
        (
            "sample_trace",
            (world.sample.public_id, pseudonym_in(world.sample, cast.prosecutor)),
            "U",
        ),
        ("message_list", (), "D"),
        ("message_send_again", (world.event.public_id,), ""),
        ("people", (), "MD" + LEADS),
        ("establishment", (), LEADS),
        ("person", person, "MD" + LEADS),
        ("person_why", person, "M" + LEADS),
        ("own_record", (), ALL),
        ("person_places", person, LEADS),
        ("person_place", (*person, world.event.public_id), LEADS),
        ("absence_add", person, "M" + LEADS),
        ("absence_end", (*person, day), "M" + LEADS),
        ("absence_take_back", (*person, day), "M" + LEADS),
        ("check_ins", (), STAFF),
        ("check_in_add", person, "M"),
        ("check_in_take_back", (world.check_in.public_id,), "M"),
        ("rounds", (), STAFF + LEADS + "F"),
        ("round_publish", (), LEADS),
        ("round_detail", round_, STAFF + "NF"),
        ("round_cancel", round_, "N"),
    ]


# Names that lead elsewhere, or nowhere: covered by tests of their own.
ELSEWHERE = {"account_set_password"}


def url(name: str, args: tuple[Any, ...]) -> str:
    return reverse(name, args=args)
