"""publish_sessions as from a shell: what it says, what it writes, exit codes 0, 1 and 2."""

from datetime import date, time
from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from supervision.management.commands.publish_sessions import Command
from supervision.models import MadeSlot
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from tests.hours import make_hours, make_leave
from wellbeing.models import AuditRow, Event
from wellbeing.operations.cancelling import cancel_event


def run(*argv: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    command = Command(stdout=OutputWrapper(out), stderr=OutputWrapper(err), no_color=True)
    command._called_from_command_line = True
    try:
        options = vars(command.create_parser("manage.py", "publish_sessions").parse_args(argv))
        command.execute(*options.pop("args", ()), **options | {"skip_checks": True})
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def publish(*more: str, weeks: int = 2) -> tuple[int, str, str]:
    return run("--from", str(TODAY), "--weeks", str(weeks), *more)


SAID = """\
Dr Megan Hughes: 2 sessions {verb}, 2 left out, 0 there already
  Wednesday 13 May 2026, 10am to 11am, video
  Wednesday 27 May 2026, 9am to 10am, video
  left out: Wednesday 13 May 2026, 9am: something else at that time
  left out: Wednesday 20 May 2026, day off
"""


@pytest.fixture
def hours(cast: Cast) -> None:
    """Wednesdays 13, 20 and 27 May; what is there already, leave, and the day's limit."""
    make_hours(cast.supervisor, last_on=date(2026, 5, 26))
    make_hours(cast.supervisor, first_on=date(2026, 5, 27), ends=10)
    make_leave(cast.supervisor, date(2026, 5, 20))
    make.make_event(cast.supervisor, date(2026, 5, 13), time(9))


def test_says_what_it_publishes_and_what_not(hours: None) -> None:
    assert publish(weeks=3) == (0, SAID.format(verb="published"), "")
    made = Event.objects.filter(series__isnull=False).order_by("start_at")
    assert [f"{e.local_on:%d} {e.minutes} {e.capacity} {e.mode}" for e in made] == [
        "13 60 1 video",
        "27 60 1 video",
    ]


def test_second_run_adds_nothing(cast: Cast, hours: None) -> None:
    publish(weeks=3)
    before = (
        list(Event.objects.values()),
        list(MadeSlot.objects.values()),
        list(AuditRow.objects.values()),
    )
    code, said, _ = publish(weeks=3)
    assert (code, said.splitlines()[0]) == (
        0,
        "Dr Megan Hughes: 0 sessions published, 2 left out, 2 there already",
    )
    assert before == (
        list(Event.objects.values()), list(MadeSlot.objects.values()), list(AuditRow.objects.values()),
    )  # fmt: skip


def test_dry_run_writes_nothing_and_says_the_same(hours: None) -> None:
    said = SAID.format(verb="would be published") + "Dry run: nothing was written.\n"
    assert publish("--dry-run", weeks=3) == (0, said, "")
    assert Event.objects.count() == 1


def test_what_was_cancelled_does_not_come_back(cast: Cast, hours: None) -> None:
    publish(weeks=3)
    event = Event.objects.get(local_on=date(2026, 5, 27))
    cancel_event(event, by=cast.supervisor, at=NOW)
    said = publish(weeks=3)[1]
    assert "left out: Wednesday 27 May 2026, 9am: published before, then cancelled" in said
    assert Event.objects.filter(status="published").count() == 2


def test_one_host_or_all_who_have_hours(cast: Cast) -> None:
    other, idle = make.make_supervisor("Dr Other"), make.make_supervisor("Dr Idle")
    for host in (cast.supervisor, other):
        make_hours(host)
    make_leave(idle, TODAY)
    assert publish("--host", other.email.upper(), weeks=1)[0] == 0
    assert set(Event.objects.values_list("host", flat=True)) == {other.pk}
    said = publish(weeks=1)[1]
    assert [line for line in said.splitlines() if not line.startswith(" ")] == [
        "Dr Megan Hughes: 2 sessions published, 0 left out, 0 there already",
        "Dr Other: 0 sessions published, 0 left out, 2 there already",
    ]
    assert set(Event.objects.values_list("host", flat=True)) == {other.pk, cast.supervisor.pk}


def test_sessions_are_for_the_areas_that_are_served(cast: Cast) -> None:
    west = make.make_supervisor("Dr West", areas=(cast.area,))
    make_hours(west, ends=10)
    publish(weeks=1)
    assert [a.area for a in Event.objects.get().areas.all()] == [cast.area]


def test_nothing_to_do_is_no_fault(cast: Cast) -> None:
    assert publish() == (0, "No supervisor has entered any working hours yet.\n", "")


FAULTS = [
    ("nobody@test.example", "Nobody has the email 'nobody@test.example'.\n"),
    ("manager", "{email}: Helen Manager is not a clinical supervisor.\n"),
]


@pytest.mark.parametrize(("host", "said"), FAULTS)
def test_a_host_who_is_none_is_a_fault(cast: Cast, host: str, said: str) -> None:
    email = cast.manager.email
    host = email if host == "manager" else host
    assert publish("--host", host) == (1, "", said.format(email=email))


WRONG = [
    ("--weeks", "2"),
    ("--from", "2026-05-12"),
    ("--from", "2026-05-12", "--weeks", "0"),
    ("--from", "2026-05-12", "--weeks", "53"),
    ("--from", "2026-05-12", "--weeks", "²"),
    ("--from", "2026-05-12", "--weeks", "-1"),
    ("--from", "2026-02-30", "--weeks", "2"),
    ("--from", "12/5/2026", "--weeks", "2"),
    ("--from", "2026-05-12", "--weeks", "2", "--host", ""),
    ("--from", "2026-05-12", "--weeks", "2", "--unknown"),
]


@pytest.mark.parametrize("argv", WRONG, ids=" ".join)
def test_wrong_usage_exits_2(db: None, argv: tuple[str, ...]) -> None:
    assert run(*argv)[0] == 2
