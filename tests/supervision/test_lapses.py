"""What ends by itself: people who have left, supervisors no longer registered; once, and who is told."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from supervision import tasks
from supervision.domain.agreements import MemberStatus
from supervision.models import Agreement, GroupMember, Registration, SupervisionGroup
from supervision.operations.agreements import end_if_over
from supervision.operations.group_sessions import publish_group_session
from supervision.operations.lapses import end_all_that_is_over
from supervision.queries import lapses
from tests import agreements as some
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import AuditRow, Booking, Message, Person, Posting
from wellbeing.operations.events import Details
from wellbeing.operations.service import service_person
from wellbeing.queries.invariants import CHECKS

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)
S = MemberStatus


def on(days: int) -> date:
    return TODAY + days * DAY


def sweep(days: int = 0) -> int:
    return end_all_that_is_over(at=NOW + days * DAY)


def told() -> list[tuple[str, str]]:
    rows = Message.objects.order_by("pk").values_list("person__name", "kind")
    return list(rows)


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# The last days of a person's postings, and first days of later ones -> is it over.
LEAVERS: list[tuple[int | None, int | None, bool]] = [
    (None, None, False),
    (0, None, False),
    (-1, None, True),
    (-400, None, True),
    (-1, 0, False),
    (-1, 40, False),
]


@pytest.mark.parametrize(("last", "again", "is_over"), LEAVERS)
def test_who_has_left(cast: Cast, last: int | None, again: int | None, is_over: bool) -> None:
    end_on = None if last is None else on(last)
    person = make.make_staff("Leaver", cast.unit, end_on=end_on)
    if again is not None:
        make.make_posting(person, cast.unit, start_on=on(again))
    agreement = some.make_agreement(person, cast.supervisor)
    assert sweep() == is_over
    agreement.refresh_from_db()
    if not is_over:
        assert (agreement.end_on, told()) == (None, [])
        return
    assert (agreement.end_on, agreement.ended_at) == (TODAY, NOW)
    assert agreement.ended_by == service_person()
    assert told() == [("Dr Megan Hughes", "agreement_ended")]
    row = AuditRow.objects.get()
    assert (row.verb, row.by, row.about) == ("agreement.end", service_person(), person)
    assert (sweep(), len(told()), AuditRow.objects.count()) == (0, 1, 1)


# Days until the last registered one -> is it over today.
WITHOUT = [(400, False), (0, False), (-1, False), (-28, False), (-29, True), (-400, True)]


@pytest.mark.parametrize(("last", "is_over"), WITHOUT)
@pytest.mark.parametrize("what", ["registration", "indemnity"])
def test_a_supervisor_is_gone_after_28_days(
    cast: Cast, last: int, is_over: bool, what: str
) -> None:
    ends = {"end_on": on(last)} if what == "registration" else {"indemnity_to": on(last)}
    host = make.make_supervisor("Dr Ends", **ends)
    agreement = some.make_agreement(cast.prosecutor, host)
    assert sweep() == is_over
    agreement.refresh_from_db()
    assert (agreement.end_on is not None) == is_over
    assert told() == ([("Amira Prosecutor", "agreement_lapsed")] if is_over else [])
    assert sweep() == 0


def renew(host: Person, start: int, end: int | None = None, **more: Any) -> None:
    Registration.objects.create(
        person=host, register="UKCP", number="U1", start_on=on(start),
        end_on=None if end is None else on(end), **make.recorded() | more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "is_over"),
    [(-10, None, False), (0, 0, False), (5, 90, False), (-90, -29, True), (-90, -28, False)],
)
def test_a_late_or_later_renewal_undoes_nothing(
    cast: Cast, start: int, end: int | None, is_over: bool
) -> None:
    host = make.make_supervisor("Dr Ends", end_on=on(-100))
    some.make_agreement(cast.prosecutor, host)
    renew(host, start, end)
    assert sweep() == is_over


@pytest.mark.parametrize(("closed", "is_over"), [(0, False), (-28, False), (-29, True)])
def test_an_end_entered_in_retrospect_has_its_28_days(
    cast: Cast, closed: int, is_over: bool
) -> None:
    """The row that ran on was corrected to one that ended long ago."""
    host = make.make_supervisor("Dr Corrected")
    at = NOW + closed * DAY
    Registration.objects.filter(person=host).update(superseded_at=at, superseded_by=cast.lead)
    renew(host, -900, -200, recorded_at=at)
    some.make_agreement(cast.prosecutor, host)
    assert sweep() == is_over


def test_renewed_between_the_look_and_the_locks(cast: Cast) -> None:
    host = make.make_supervisor("Dr Ends", end_on=on(-50))
    agreement = some.make_agreement(cast.prosecutor, host)
    assert lapses.agreements_to_end(TODAY) == [agreement]
    renew(host, -1)
    assert not end_if_over(agreement, at=NOW)
    assert told() == []


def test_one_that_somebody_ends_meanwhile_stops_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = make.make_supervisor("Dr Ends", end_on=on(-50))
    first, second = (some.make_agreement(p, host) for p in (cast.prosecutor, cast.paralegal))
    Agreement.objects.filter(pk=first.pk).update(end_on=TODAY)
    with pytest.raises(Refused):
        end_if_over(first, at=NOW)
    monkeypatch.setattr(
        "supervision.operations.lapses.agreements_to_end", lambda _: [first, second]
    )
    assert sweep() == 1


@pytest.fixture
def group(cast: Cast) -> SupervisionGroup:
    """The prosecutor, the paralegal and somebody else, with a session in three days."""
    other = make.make_staff("Other", cast.unit)
    people = (cast.prosecutor, cast.paralegal, other)
    group = some.make_group(cast.supervisor, cast.area, *people)
    details = Details(
        EventKind.SUPERVISION, on(3), time(9), 90, 4, Mode.VIDEO,
        areas=frozenset({cast.area.pk}),
    )  # fmt: skip
    publish_group_session(group, details, by=cast.supervisor, at=NOW)
    Message.objects.all().delete()
    return group


def leave(person: Person) -> None:
    Posting.objects.filter(person=person).update(superseded_at=NOW, superseded_by=person)
    make.make_posting(person, make.make_unit(), end_on=on(-1))


def test_a_leaver_s_memberships_end_with_the_places_ahead(
    cast: Cast, group: SupervisionGroup
) -> None:
    invited = some.make_member(group, cast.manager, S.INVITED)
    leave(cast.paralegal)
    leave(cast.manager)
    assert sweep() == 2
    member = GroupMember.objects.get(group=group, person=cast.paralegal)
    invited.refresh_from_db()
    for row, status in ((member, S.LEFT), (invited, S.WITHDRAWN)):
        assert (row.status, row.end_on, row.ended_at) == (status, TODAY, NOW)
        assert row.ended_by == service_person()
    place = Booking.objects.get(person=cast.paralegal)
    assert place.status == BookingStatus.CANCELLED_BY_SERVICE
    assert Booking.objects.filter(status=BookingStatus.BOOKED).count() == 2
    # Their calendar lets go of it; nothing is promised to somebody who has left.
    assert told() == [("Joe Paralegal", "cancelled"), ("Dr Megan Hughes", "host_place_freed")]
    assert [line for check in CHECKS for line in check(NOW)] == []
    assert (sweep(), len(told())) == (0, 2)


def test_a_group_is_closed_with_its_supervisor(cast: Cast, group: SupervisionGroup) -> None:
    Registration.objects.update(superseded_at=NOW - 90 * DAY, superseded_by=cast.lead)
    assert sweep() == 1
    group.refresh_from_db()
    assert group.end_on == TODAY
    assert sorted(told()) == [
        ("Amira Prosecutor", "group_ended"), ("Joe Paralegal", "group_ended"),
        ("Other", "group_ended"),
    ]  # fmt: skip
    assert AuditRow.objects.get(verb="group.close").by == service_person()
    assert (sweep(), len(told())) == (0, 3)


def test_leads_see_beforehand_what_will_end_and_when(cast: Cast, as_: As) -> None:
    host = make.make_supervisor("Dr Ends", end_on=on(-9))
    some.make_agreement(cast.prosecutor, host)
    some.make_agreement(make.make_staff("Far Away", cast.elsewhere), host)
    some.make_group(host, cast.area)
    some.make_agreement(cast.paralegal, cast.supervisor)
    page = text(as_(cast.area_lead).get("agreements"))
    assert "Agreement with Amira Prosecutor; “Thursday group”" in page
    ends = (
        "Registration last held on 3 May 2026. Without a new registration this ends in 20 days"
    )
    assert ends in page
    assert "Dr Megan Hughes" not in page
    assert "Agreements with Amira Prosecutor, Far Away" in text(
        as_(cast.lead).get("agreements")
    )
    assert sweep(19) == 0
    assert sweep(20) == 3
    renewed = make.make_supervisor("Dr Renewed", end_on=on(-9))
    some.make_agreement(cast.manager, renewed)
    renew(renewed, -8)
    assert "Not registered" not in text(as_(cast.lead).get("agreements"))


def test_the_person_reads_why_they_have_nobody(cast: Cast, as_: As) -> None:
    some.make_agreement(cast.prosecutor, make.make_supervisor("Dr Ends", end_on=on(-50)))
    sweep()
    page = text(as_(cast.prosecutor).get("own_supervisor"))
    assert "because one of the two of you was no longer here" in page
    assert "cannot take on anybody new" not in page


@pytest.mark.parametrize(("hour", "ended"), [(7, 0), (8, 1)])
def test_the_job_writes_to_nobody_before_eight(
    cast: Cast, clock: Callable[[datetime], None], hour: int, ended: int
) -> None:
    some.make_agreement(cast.prosecutor, make.make_supervisor("Dr Ends", end_on=on(-50)))
    clock(NOW.replace(hour=hour))
    tasks.end_what_is_over()
    assert Agreement.objects.exclude(end_on=None).count() == Message.objects.count() == ended


@pytest.mark.parametrize("size", [1, 3])
def test_looking_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    for i in range(size):
        host = make.make_supervisor(f"Dr {i}", end_on=on(-20))
        some.make_agreement(make.make_staff(f"P {i}", cast.unit), host)
        some.make_group(host, None, name=f"G {i}")
    # Leavers' agreements, members; supervisors' agreements, groups, each with registrations.
    with django_assert_num_queries(6):
        assert sweep() == 0
    lead = as_(cast.lead)
    lead.get("home")
    # Who is asking (4), no review due (1), agreements, groups, registrations.
    with django_assert_num_queries(8):
        assert len(lead.get("agreements").context["lapses"]) == size
