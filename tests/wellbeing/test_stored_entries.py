"""Calendar entries that are kept as bytes: never stale, never missed, never a reason to fail."""

import ast
from datetime import timedelta
from typing import Any

from django.db import OperationalError

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from tests.files import Importing, importing
from tests.layering import MODULES, ROOT
from tests.wellbeing.feeds import SECRET, events, read, summaries
from wellbeing.domain.feeds import FeedKind
from wellbeing.models import Event, StoredEntry
from wellbeing.operations import stored_entries

__all__ = ["importing"]
TOMORROW = TODAY + timedelta(days=1)


def test_stored_bytes_are_made_once_and_after_a_change_again(
    cast: Cast, monkeypatch: Any
) -> None:
    made: list[str] = []
    vevent = stored_entries.vevent
    monkeypatch.setattr(
        "wellbeing.operations.stored_entries.vevent",
        lambda entry: made.append(entry.uid) or vevent(entry),
    )
    make.make_feed(cast.lead, SECRET, FeedKind.SCHEDULE)
    first, second = (
        make.make_event(cast.supervisor, TODAY + timedelta(days=n)) for n in (1, 2)
    )
    cold = b"".join(read().streaming_content)
    assert b"".join(read().streaming_content) == cold
    assert len(made) == StoredEntry.objects.count() == 2
    Event.objects.filter(pk=first.pk).update(place="Room 9", sequence=1, changed_at=NOW)
    changed = b"".join(read().streaming_content)
    assert b"Room 9" in changed
    assert (len(made), StoredEntry.objects.count()) == (3, 2)
    assert stored_entries.drop_stored_entries() == 2
    assert b"".join(read().streaming_content) == changed
    second.delete()
    assert StoredEntry.objects.count() == 1


def test_another_edition_is_made_anew(cast: Cast, settings: Any) -> None:
    make.make_feed(cast.lead, SECRET, FeedKind.SCHEDULE)
    make.make_event(cast.supervisor, TOMORROW)
    assert b"http://127.0.0.1" in events(read())[0].to_ical()
    settings.SITE_ORIGIN = "https://another.example"
    assert b"https://another.example" in events(read())[0].to_ical()
    assert StoredEntry.objects.count() == 1


def test_a_calendar_is_read_though_nothing_can_be_kept(cast: Cast, monkeypatch: Any) -> None:
    def locked(*_: Any, **__: Any) -> Any:
        raise OperationalError("database is locked")

    monkeypatch.setattr(StoredEntry.objects, "bulk_create", locked)
    make.make_feed(cast.lead, SECRET, FeedKind.SCHEDULE)
    make.make_event(cast.supervisor, TOMORROW)
    assert len(events(read())) == 1
    assert StoredEntry.objects.count() == 0


def test_one_bad_row_never_ends_a_calendar(cast: Cast, monkeypatch: Any) -> None:
    make.make_feed(cast.lead, SECRET, FeedKind.SCHEDULE)
    bad = make.make_event(cast.supervisor, TOMORROW)
    make.make_event(cast.supervisor, TODAY + timedelta(days=2))
    vevent = stored_entries.vevent

    def picky(entry: Any) -> bytes:
        if str(bad.public_id) in entry.uid:
            raise ValueError("bad")
        return vevent(entry)

    monkeypatch.setattr("wellbeing.operations.stored_entries.vevent", picky)
    assert summaries(read()) == ["14 May Supervision: Dr Megan Hughes"]


def test_a_host_with_another_name_is_a_change_of_their_events(
    cast: Cast, importing: Importing
) -> None:
    make.make_feed(cast.lead, SECRET, FeedKind.SCHEDULE)
    make.make_event(cast.supervisor, TOMORROW)
    first = read()
    assert summaries(first) == ["13 May Supervision: Dr Megan Hughes"]
    who = f"{cast.supervisor.email},Dr Megan Hughes-Jones,,6,24"
    row = f"{who},BACP,B{cast.supervisor.pk},2020-01-06,,"
    importing.rows("supervisors", [row])
    second = read(etag=first["ETag"])
    assert summaries(second) == ["13 May Supervision: Dr Megan Hughes-Jones"]
    assert Event.objects.get().sequence == 1
    importing.rows("supervisors", [row])
    assert Event.objects.get().sequence == 1


def silent_changes(source: str) -> list[int]:
    """Lines where an event is marked as changed though its SEQUENCE does not rise."""
    calls = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call))
    updates = [n for n in calls if getattr(n.func, "attr", "") == "update"]
    given = [(n.lineno, {k.arg for k in n.keywords}) for n in updates]
    return [line for line, names in given if "changed_at" in names and "sequence" not in names]


def test_sequence_rises_with_every_change_of_an_event() -> None:
    sources = {p.as_posix(): (ROOT / p).read_text() for p in MODULES}
    assert {p: silent_changes(s) for p, s in sources.items() if silent_changes(s)} == {}


def test_planted_silent_change_is_caught() -> None:
    planted = "rows.update(status=x, changed_at=at)\nrows.update(changed_at=at, sequence=1)"
    assert silent_changes(planted) == [1]
