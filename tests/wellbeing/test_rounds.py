"""Schwartz Rounds: anyone may come, nobody is named, and they move nobody's date."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from supervision.queries.coverage import Asked, coverage
from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import EventKind, JobRole, Strand
from wellbeing.models import Booking, Event, Person

As = Callable[[Person], Visitor]


def make_round(**more: Any) -> Event:
    return make.make_event(
        None,
        TODAY + timedelta(days=9),
        kind=EventKind.ROUND,
        capacity=more.pop("capacity", 50),
        theme="The long week",
        place="Canary Room",
        **more,
    )


def test_staff_say_they_are_coming_and_change_their_mind(cast: Cast, as_: As) -> None:
    event, visitor = make_round(), as_(cast.prosecutor)
    assert b"Canary Room" not in visitor.get("round_detail", event.public_id).content
    visitor.post("round_detail", event.public_id, coming="yes")
    page = visitor.get("round_detail", event.public_id).content.decode()
    assert "You are down as coming" in page
    assert "Canary Room" in page
    assert "1 person" in as_(cast.paralegal).get("rounds").content.decode()
    visitor.post("round_detail", event.public_id, coming="no")
    assert Booking.objects.get().status == BookingStatus.CANCELLED
    visitor.post("round_detail", event.public_id, coming="yes")
    assert Booking.objects.filter(status=BookingStatus.BOOKED).count() == 1


def test_nobody_is_told_who_is_coming(cast: Cast, as_: As) -> None:
    event = make_round()
    make.make_booking(event, cast.prosecutor)
    for who in (cast.manager, cast.lead, cast.facilitator, cast.paralegal):
        for page in (
            as_(who).get("rounds"),
            as_(who).get("round_detail", event.public_id),
        ):
            assert "Amira" not in page.content.decode()


def test_a_round_without_a_start_time_is_an_error_and_no_fault(cast: Cast, as_: As) -> None:
    data = {"theme": "x", "on": "1/6/2026", "minutes": "60", "capacity": "9", "mode": "video"}
    answer = as_(cast.lead).post("round_publish", **data)
    assert answer.context["form"].errors == {"at": ["Enter the start time, like 9:30am"]}
    assert not Event.objects.filter(kind=EventKind.ROUND).exists()


def test_home_names_no_round_of_another_area(cast: Cast, as_: As) -> None:
    east = (cast.elsewhere.area,)
    make.make_event(
        None, TODAY + timedelta(days=2), kind=EventKind.ROUND, theme="For the East", areas=east
    )
    make_round()
    page = as_(cast.prosecutor).get("home").content.decode()
    assert "For the East" not in page
    assert "The long week" in page


def test_a_full_round_says_so(cast: Cast, as_: As) -> None:
    event = make_round(capacity=1)
    make.make_booking(event, cast.paralegal)
    page = as_(cast.prosecutor).post("round_detail", event.public_id, coming="yes")
    assert "has just been taken" in page.content.decode()


FEW = "Too few to show"
# Coming by job role -> what a facilitator reads: no total gives a small number away.
COMING = [
    ((5, 1, 0), (FEW, FEW, FEW)),
    ((9, 6, 0), ("9", FEW, FEW)),
    ((9, 6, 5), ("9", "6", "5")),
    ((9, 3, 4), ("9", FEW, FEW)),
]


@pytest.mark.parametrize(("coming", "read"), COMING)
def test_facilitators_read_counts_by_job_role_not_below_five(
    cast: Cast, as_: As, coming: tuple[int, ...], read: tuple[str, ...]
) -> None:
    event = make_round()
    for role, number in zip(JobRole, coming, strict=True):
        for i in range(number):
            make.make_booking(event, make.make_staff(f"{role}{i}", cast.unit, job_role=role))
    page = as_(cast.facilitator).get("round_detail", event.public_id)
    assert tuple(n for _, n in page.context["by_role"]) == read


def test_lead_publishes_and_cancels_a_round(cast: Cast, as_: As) -> None:
    visitor = as_(cast.lead)
    data = {
        "theme": "Quiet days",
        "on": "20/5/2026",
        "at": "12:30",
        "minutes": "60",
        "capacity": "80",
        "mode": "video",
    }
    assert visitor.post("round_publish", **data).status_code == 302
    event = Event.objects.get()
    assert (event.kind, event.host, event.theme) == ("round", None, "Quiet days")
    visitor.post("round_cancel", event.public_id)
    event.refresh_from_db()
    assert event.status == "cancelled"


def test_a_round_never_counts_in_cover(cast: Cast) -> None:
    before = coverage(Asked(on=TODAY, strand=Strand.SUPERVISION)).total
    event = make.make_event(
        None, TODAY - timedelta(days=1), kind=EventKind.ROUND, capacity=9, theme="x"
    )
    make.make_booking(event, cast.prosecutor, BookingStatus.ATTENDED)
    assert coverage(Asked(on=TODAY, strand=Strand.SUPERVISION)).total == before


def test_a_full_round_has_no_button(cast: Cast, as_: As) -> None:
    event = make_round(capacity=1)
    make.make_booking(event, cast.paralegal)
    page = as_(cast.prosecutor).get("round_detail", event.public_id).content.decode()
    assert "Every place is taken" in page
    assert "I am coming" not in page
    mine = as_(cast.paralegal).get("round_detail", event.public_id).content.decode()
    assert "I can no longer come" in mine
