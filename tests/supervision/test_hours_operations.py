"""A supervisor says when they work: what is kept, what is refused, what is written down."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from supervision.models import HoursException, MadeSlot, Supervisor, WorkingHours
from supervision.operations.hours import (
    Line,
    OtherHours,
    add_hours,
    add_leave,
    add_other_hours,
    change_hours,
    end_hours,
    take_back_exception,
)
from supervision.operations.publishing import proposal, publish_hours
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from tests.hours import make_hours
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import Mode
from wellbeing.models import AuditRow, Event, EventArea

WED = date(2026, 5, 13)
LINE = Line(
    weekday=2, starts=time(9), ends=time(12), first_on=TODAY, last_on=None,
    minutes=60, pause_minutes=0, mode=Mode.VIDEO,
)  # fmt: skip
OTHER = OtherHours(
    on=WED, instead=False, starts=time(14), ends=time(16), minutes=60, pause_minutes=0,
    mode=Mode.PHONE,
)  # fmt: skip


def did(verb: str) -> int:
    return AuditRow.objects.filter(verb=verb).count()


def add(cast: Cast, **more: Any) -> WorkingHours:
    line = replace(LINE, **more)
    return add_hours(cast.supervisor, [line], by=cast.supervisor, at=NOW)[0]


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"ends": time(9)}, "ends"),
    ({"ends": time(8)}, "ends"),
    ({"minutes": 181}, "minutes"),
    ({"last_on": TODAY - timedelta(days=1)}, "last_on"),
    ({"starts": time(11), "ends": time(13)}, "starts"),
]


@pytest.mark.parametrize(("more", "field"), REFUSED)
def test_hours_that_cannot_stand_are_refused(
    cast: Cast, more: dict[str, Any], field: str
) -> None:
    add(cast)
    with pytest.raises(Refused) as refused:
        add(cast, **more)
    assert refused.value.field == field
    assert (WorkingHours.objects.count(), did("hours.add")) == (1, 1)


def test_hours_that_meet_and_those_of_another_stand(cast: Cast) -> None:
    add(cast)
    add(cast, starts=time(12), ends=time(13))
    add_hours(make.make_supervisor("Dr O"), [LINE], by=cast.lead, at=NOW)
    assert did("hours.add") == 3


def test_only_a_supervisor_has_hours(cast: Cast) -> None:
    for act in (
        lambda: add_hours(cast.manager, [LINE], by=cast.manager, at=NOW),
        lambda: add_leave(cast.manager, first_on=WED, last_on=WED, by=cast.lead, at=NOW),
        lambda: add_other_hours(cast.manager, OTHER, by=cast.manager, at=NOW),
        lambda: publish_hours(cast.manager, first=WED, weeks=1, by=cast.lead, at=NOW),
    ):
        with pytest.raises(Refused):
            act()
    assert AuditRow.objects.count() == 0


def test_change_from_a_later_day_keeps_what_stood_before(cast: Cast) -> None:
    row = add(cast)
    later = WED + timedelta(days=7)
    changed = change_hours(
        row, replace(LINE, starts=time(10), first_on=later), by=cast.supervisor, at=NOW
    )
    assert changed.public_id != row.public_id
    assert list(
        WorkingHours.objects.order_by("first_on").values_list("starts", "first_on", "last_on")
    ) == [(time(9), TODAY, later - timedelta(days=1)), (time(10), later, None)]


def test_change_from_its_first_day_changes_it_in_place(cast: Cast) -> None:
    row = add(cast)
    changed = change_hours(row, replace(LINE, ends=time(13)), by=cast.supervisor, at=NOW)
    assert (changed.pk, changed.public_id) == (row.pk, row.public_id)
    assert WorkingHours.objects.get().ends == time(13)
    assert did("hours.change") == 1


def test_change_that_would_overlap_leaves_all_as_it_was(cast: Cast) -> None:
    row = add(cast)
    add(cast, starts=time(12), ends=time(14))
    before = list(WorkingHours.objects.order_by("pk").values())
    wanted = replace(LINE, ends=time(13), first_on=WED)
    with pytest.raises(Refused):
        change_hours(row, wanted, by=cast.supervisor, at=NOW)
    assert list(WorkingHours.objects.order_by("pk").values()) == before


def test_hours_end_on_a_day_or_are_taken_away(cast: Cast) -> None:
    row = add(cast)
    end_hours(row, last_on=WED, by=cast.supervisor, at=NOW)
    assert WorkingHours.objects.get().last_on == WED
    with pytest.raises(Refused):
        end_hours(row, last_on=WED + timedelta(days=1), by=cast.supervisor, at=NOW)
    end_hours(row, last_on=TODAY - timedelta(days=1), by=cast.supervisor, at=NOW)
    assert WorkingHours.objects.count() == 0
    with pytest.raises(Refused):
        end_hours(row, last_on=WED, by=cast.supervisor, at=NOW)
    assert did("hours.end") == 2


def test_leave_is_entered_once_and_taken_back_once(cast: Cast) -> None:
    row = add_leave(cast.supervisor, first_on=WED, last_on=WED, by=cast.supervisor, at=NOW)
    with pytest.raises(Refused):
        add_leave(cast.supervisor, first_on=WED, last_on=WED, by=cast.supervisor, at=NOW)
    with pytest.raises(Refused):
        add_leave(cast.supervisor, first_on=WED, last_on=TODAY, by=cast.supervisor, at=NOW)
    take_back_exception(row, by=cast.supervisor, at=NOW)
    with pytest.raises(Refused):
        take_back_exception(row, by=cast.supervisor, at=NOW)
    assert (did("leave.add"), did("hours.take_back")) == (1, 1)
    assert "reason" not in str(AuditRow.objects.values_list("details", flat=True))


def test_other_hours_of_one_day_do_not_overlap(cast: Cast) -> None:
    add_other_hours(cast.supervisor, OTHER, by=cast.supervisor, at=NOW)
    with pytest.raises(Refused) as refused:
        add_other_hours(
            cast.supervisor, replace(OTHER, starts=time(15)), by=cast.supervisor, at=NOW
        )
    assert refused.value.field == "starts"
    add_other_hours(
        cast.supervisor, replace(OTHER, starts=time(16), ends=time(17)), by=cast.lead, at=NOW
    )
    assert HoursException.objects.count() == 2


def test_database_keeps_hours_whole(cast: Cast) -> None:
    for broken in (
        {"weekday": 7},
        {"ends": 9},
        {"minutes": 0},
        {"last_on": TODAY - timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_hours(cast.supervisor, **broken)  # type: ignore[arg-type]
    for fields in (
        {"kind": "off", "starts": time(9)},
        {"kind": "extra"},
        {"kind": "off", "last_on": TODAY},
    ):
        values: dict[str, Any] = {"first_on": WED, "last_on": WED, **fields}
        with pytest.raises(IntegrityError), transaction.atomic():
            HoursException.objects.create(person=cast.supervisor, **values)


def publish(cast: Cast, weeks: int = 1) -> Any:
    return publish_hours(cast.supervisor, first=TODAY, weeks=weeks, by=cast.lead, at=NOW)


def test_each_line_is_a_series_and_other_hours_are_none(cast: Cast) -> None:
    first, second = make_hours(cast.supervisor), make_hours(cast.supervisor, 3)
    add_other_hours(cast.supervisor, OTHER, by=cast.supervisor, at=NOW)
    publish(cast, weeks=2)
    series = list(Event.objects.values_list("series", flat=True))
    assert {s: series.count(s) for s in series} == {
        first.public_id: 4, second.public_id: 4, None: 2,
    }  # fmt: skip
    assert MadeSlot.objects.count() == 10


def test_staffs_own_absence_is_leave_too(cast: Cast) -> None:
    make.make_supervisor("", person=cast.manager)
    make_hours(cast.manager)
    make.make_absence(cast.manager, WED, None)
    assert proposal(cast.manager, first=TODAY, weeks=2, at=NOW).slots == []


def test_published_minutes_count_towards_the_week_of_another_run(cast: Cast) -> None:
    Supervisor.objects.update(hours_per_week=Decimal("2.5"))
    make.make_event(cast.supervisor, TODAY - timedelta(days=1), time(9))
    make_hours(cast.supervisor)
    done = publish(cast)
    assert [s.at for s in done.slots] == [time(9)]
    assert [left.why for left in done.left_out] == ["week_limit"]


def test_nothing_is_published_after_the_registration(cast: Cast) -> None:
    ends = make.make_supervisor("Dr Ends", end_on=WED)
    make_hours(ends)
    done = publish_hours(ends, first=TODAY, weeks=2, by=cast.lead, at=NOW)
    assert {s.on for s in done.slots} == {WED}
    assert [(x.on, x.why) for x in done.left_out] == [
        (WED + timedelta(days=7), "not_registered")
    ]


def test_one_moved_elsewhere_is_not_made_again(cast: Cast) -> None:
    make_hours(cast.supervisor)
    publish(cast)
    event = Event.objects.order_by("start_at").first()
    assert event is not None
    Event.objects.filter(pk=event.pk).update(
        start_at=event.start_at + timedelta(hours=8), end_at=event.end_at + timedelta(hours=8)
    )
    again = publish(cast)
    assert (len(again.slots), again.already) == (0, 1)
    assert [left.why for left in again.left_out] == ["made_before"]


def test_areas_named_are_the_sessions(cast: Cast) -> None:
    west = make.make_supervisor("Dr W", areas=(cast.area, cast.elsewhere.area))
    make_hours(west)
    publish_hours(west, first=TODAY, weeks=1, by=west, at=NOW)
    assert EventArea.objects.count() == 4
