"""Every fault that the contract names: its row and column, nothing written, no traceback."""

import pytest

from tests.files import (
    ABSENCES,
    EVENTS,
    PEOPLE,
    POLICY,
    SUPERVISORS,
    Importing,
    content,
    importing,
)
from wellbeing.models import AuditRow, Booking, ClaimedTime, Event, Person, Posting

__all__ = ["importing"]


def counts() -> tuple[int, ...]:
    models = (Person, Posting, Event, Booking, ClaimedTime, AuditRow)
    return tuple(m._default_manager.count() for m in models)


def session(number: str = "S2", **cells: str) -> str:
    row = {
        "strand": "supervision",
        "date": "2026-04-02",
        "start": "10:00",
        "minutes": "60",
        "outcome": "attended",
        "host": "dr@test.example",
    } | cells
    return ",".join([number, *row.values()])


# What is spoilt, the file, its rows after the good installation, the row and column told, a word of it.
FAULTS: list[tuple[str, str, list[str], str, str]] = [
    ("no such job role", "people", ["S9,X,x@t.example,judge,West,One,,,2020-01-01,"], "row 2, job_role", "prosecutor, paralegal or manager"),
    ("no name", "people", ["S9,,x@t.example,manager,West,One,,,2020-01-01,"], "row 2, name", "empty"),
    ("a long name", "people", [f"S9,{'x' * 201},x@t.example,manager,West,One,,,2020-01-01,"], "row 2, name", "201 characters"),
    ("a long staff number", "people", [f"{'9' * 33},X,x@t.example,manager,West,One,,,2020-01-01,"], "row 2, staff_number", "33 characters"),
    ("no at in the email", "people", ["S9,X,x.t.example,manager,West,One,,,2020-01-01,"], "row 2, email", "exactly one @"),
    ("two ats in the email", "people", ["S9,X,x@t@example,manager,West,One,,,2020-01-01,"], "row 2, email", "exactly one @"),
    ("a cell that goes on and on", "people", [f"S9,X,{'x' * 900_000},manager,West,One,,,2020-01-01,"], "row 2, email", f"'{'x' * 60}…' is not an email"),
    ("a long email", "people", [f"S9,X,{'x' * 250}@t.example,manager,West,One,,,2020-01-01,"], "row 2, email", "254 characters"),
    ("an email that is long in lower case", "people", [f"S9,X,{'İ' * 200}@t.example,manager,West,One,,,2020-01-01,"], "row 2, email", "254 characters"),
    ("a blank in an email", "people", ["S9,X,x y@t.example,manager,West,One,,,2020-01-01,"], "row 2, email", "a blank"),
    ("no such working day", "people", ["S9,X,x@t.example,manager,West,One,,mon;day,2020-01-01,"], "row 2, working_days", "mon, tue"),
    ("no date", "people", ["S9,X,x@t.example,manager,West,One,,,2020-02-30,"], "row 2, posting_start", "not a date"),
    ("a date without zeros", "people", ["S9,X,x@t.example,manager,West,One,,,2020-2-3,"], "row 2, posting_start", "not a date"),
    ("an end before its start", "people", ["S9,X,x@t.example,manager,West,One,,,2020-02-02,2020-02-01"], "row 2, posting_end", "before posting_start"),
    ("an unknown manager", "people", ["S9,X,x@t.example,manager,West,One,S8,,2020-01-01,"], "row 2, line_manager", "no staff number"),
    ("one number with two names", "people", ["S9,X,x@t.example,manager,West,One,,,2020-01-01,2020-06-30", "S9,Y,x@t.example,manager,West,One,,,2021-01-01,"], "row 3, name", "differs from row 2"),
    ("one number with two emails", "people", ["S9,X,x@t.example,manager,West,One,,,2020-01-01,2020-06-30", "S9,X,y@t.example,manager,West,One,,,2021-01-01,"], "row 3, email", "differs from row 2"),
    ("one email with two numbers", "people", ["S8,X,x@t.example,manager,West,One,,,2020-01-01,", "S9,X,X@T.example,manager,West,One,,,2020-01-01,"], "row 2, email", "more than one staff number"),
    ("an email that another person holds", "people", ["S9,X,ada@test.example,manager,West,One,,,2020-01-01,"], "row 2, email", "another person"),
    ("an email that somebody outside the staff list holds", "people", [PEOPLE[1].replace("ben@", "dr@")], "row 2, email", "another person"),
    ("a key twice", "people", [PEOPLE[0], PEOPLE[0]], "row 3, staff_number", "row 2 already"),
    ("overlapping postings in the file", "people", ["S9,X,x@t.example,manager,West,One,,,2020-01-01,2020-06-30", "S9,X,x@t.example,manager,West,One,,,2020-06-30,"], "row 3, posting_start", "overlaps"),
    ("a posting that overlaps a held one", "people", ["S2,Ben Both,ben@test.example,prosecutor,West,One,S1,mon;tue,2021-01-01,"], "row 2, posting_start", "overlaps"),
    ("a manager of themself", "people", ["S1,Ada Boss,ada@test.example,manager,West,One,S1,,2020-01-01,"], "row 2, line_manager", "own manager"),
    ("a manager loop through held rows", "people", ["S1,Ada Boss,ada@test.example,manager,West,One,S2,,2020-01-01,"], "row 2, line_manager", "own manager"),
    ("a cell too few", "people", ["S9,X,x@t.example,manager,West,One,,,2020-01-01"], "row 2", "9 cells"),
    ("a cell too many", "people", ["S9,X,x@t.example,manager,West,One,,,2020-01-01,,"], "row 2", "11 cells"),
    ("a control character", "people", ["S9,X\x07,x@t.example,manager,West,One,,,2020-01-01,"], "row 2, name", "control character (U+0007)"),
    ("a newline in a cell", "people", ['S9,"X\nY",x@t.example,manager,West,One,,,2020-01-01,'], "row 2, name", "control character (U+000A)"),
    ("a blank before a name", "people", ["S9, X,x@t.example,manager,West,One,,,2020-01-01,"], "row 2, name", "blank"),
    ("an Area nobody works in", "supervisors", ["dx@t.example,Dr X,North,6,24,BACP,B2,2020-01-01,,"], "row 2, areas", "'North'"),
    ("the service as a supervisor", "supervisors", ["Service@localhost.invalid,Dr X,,6,24,BACP,B2,2020-01-01,,"], "row 2, email", "the service itself"),
    ("no hours", "supervisors", ["dx@t.example,Dr X,,0,24,BACP,B2,2020-01-01,,"], "row 2, hours_per_day", "above 0"),
    ("more hours than a day has", "supervisors", ["dx@t.example,Dr X,,24.5,24,BACP,B2,2020-01-01,,"], "row 2, hours_per_day", "up to 24"),
    ("three decimals", "supervisors", ["dx@t.example,Dr X,,6,7.125,BACP,B2,2020-01-01,,"], "row 2, hours_per_week", "above 0"),
    ("a registration that ends first", "supervisors", ["dx@t.example,Dr X,,6,24,BACP,B2,2020-01-01,2019-12-31,"], "row 2, registered_to", "before registered_from"),
    ("hours that differ", "supervisors", ["dx@t.example,Dr X,,6,24,BACP,B2,2020-01-01,,", "dx@t.example,Dr X,,7,24,UKCP,B2,2020-01-01,,"], "row 3, hours_per_day", "row 2"),
    ("Areas that differ", "supervisors", ["dx@t.example,Dr X,West,6,24,BACP,B2,2020-01-01,,", "dx@t.example,Dr X,East,6,24,UKCP,B2,2020-01-01,,"], "row 3, areas", "row 2"),
    ("a registration twice", "supervisors", [SUPERVISORS[0], SUPERVISORS[0]], "row 3, email", "row 2 already"),
    ("an absence of nobody", "absences", ["S9,2026-01-01,"], "row 2, staff_number", "not known"),
    ("an absence that ends first", "absences", ["S2,2026-02-02,2026-02-01"], "row 2, end", "before start"),
    ("an absence twice", "absences", [ABSENCES[0], ABSENCES[0]], "row 3, staff_number", "row 2 already"),
    ("no such strand", "policy", ["debrief,,42,28,14,0,2020-01-01"], "row 2, strand", "supervision, check_in or training"),
    ("an interval of nothing", "policy", ["training,,0,28,14,0,2020-01-01"], "row 2, interval_days", "whole number from 1"),
    ("a first session within nothing", "policy", ["training,,42,0,14,0,2020-01-01"], "row 2, first_within_days", "whole number from 1"),
    ("a window below nothing", "policy", ["training,,42,28,-1,0,2020-01-01"], "row 2, due_soon_days", "whole number from 0"),
    ("minutes with a point", "policy", ["training,,42,28,14,1.5,2020-01-01"], "row 2, least_credited_minutes", "whole number from 0"),
    ("no such job role in policy", "policy", ["training,judge,42,28,14,0,2020-01-01"], "row 2, job_roles", "prosecutor"),
    ("one role twice on one day", "policy", ["training,manager,42,28,14,0,2020-01-01", "training,manager;paralegal,42,28,14,0,2020-01-01"], "row 2, job_roles", "same day"),
    ("a role that is held for that day", "policy", ["supervision,manager,42,28,14,0,2020-01-01"], "row 2, job_roles", "same day"),
    ("a version in force changed", "policy", ["supervision,,30,28,14,0,2020-01-01"], "row 2, effective_from", "in force"),
    ("a version twice", "policy", [POLICY[0], POLICY[0]], "row 3, strand", "row 2 already"),
    ("a check-in published", "events", ["check_in,dr@test.example,2026-06-02,10:00,60,1,video,,"], "row 2, strand", "supervision or training"),
    ("no such mode", "events", ["supervision,dr@test.example,2026-06-02,10:00,60,1,post,,"], "row 2, mode", "in_person, video or phone"),
    ("no places", "events", ["supervision,dr@test.example,2026-06-02,10:00,60,0,video,,"], "row 2, capacity", "whole number from 1"),
    ("no minutes", "events", ["supervision,dr@test.example,2026-06-02,10:00,0,1,video,,"], "row 2, minutes", "whole number from 1"),
    ("no time", "events", ["supervision,dr@test.example,2026-06-02,25:00,60,1,video,,"], "row 2, start", "not a time"),
    ("a time that does not exist", "events", ["supervision,dr@test.example,2026-03-29,01:30,60,1,video,,"], "row 2, start", "does not exist"),
    ("a time that occurs twice", "events", ["supervision,dr@test.example,2026-10-25,01:30,60,1,video,,"], "row 2, start", "occurs twice"),
    ("an unregistered supervisor", "events", ["supervision,dr@test.example,2027-01-01,10:00,60,1,video,,"], "row 2, host", "no registration on 2027-01-01"),
    ("a host who is no supervisor", "events", ["supervision,ada@test.example,2026-06-02,10:00,60,1,video,,"], "row 2, host", "no known supervisor"),
    ("training by nobody", "events", ["training,no@test.example,2026-06-02,10:00,60,1,video,,"], "row 2, host", "no known person"),
    ("an Area that nobody works in", "events", ["supervision,dr@test.example,2026-06-02,10:00,60,1,video,,North"], "row 2, areas", "'North'"),
    ("fewer places than are taken", "events", ["supervision,dr@test.example,2026-06-03,10:00,60,1,video,,"], "row 2, capacity", "less than the 2 places"),
    ("an event twice", "events", [EVENTS[0], EVENTS[0]], "row 3, strand", "row 2 already"),
    ("a host in two places", "events", ["supervision,dr@test.example,2026-06-02,10:00,60,1,video,,", "supervision,dr@test.example,2026-06-02,10:30,60,1,video,,"], "row 3, start", "same host (row 2)"),
    ("a host who is taken already", "events", ["supervision,dr@test.example,2026-06-01,10:30,60,1,video,,"], "row 2, start", "held already"),
    ("a session of nobody", "sessions", [session("S9")], "row 2, staff_number", "not known"),
    ("no such outcome", "sessions", [session(outcome="came")], "row 2, outcome", "attended"),
    ("supervision without a start", "sessions", [session(start="")], "row 2, start", "empty"),
    ("supervision without minutes", "sessions", [session(minutes="")], "row 2, minutes", "empty"),
    ("a session by nobody known", "sessions", [session(host="no@test.example")], "row 2, host", "no known supervisor"),
    ("a check-in by nobody known", "sessions", [session(strand="check_in", host="no@test.example")], "row 2, host", "no known person"),
    ("a check-in by the service", "sessions", [session(strand="check_in", host="service@localhost.invalid")], "row 2, host", "no known person"),
    ("attended at a start to come", "sessions", [session(date="2026-05-12", start="10:01")], "row 2, outcome", "still to come"),
    ("missed at a start to come", "sessions", [session(date="2026-05-13", outcome="missed")], "row 2, outcome", "still to come"),
    ("disputed at a start to come", "sessions", [session(date="2026-05-13", outcome="disputed")], "row 2, outcome", "still to come"),
    ("a check-in held tomorrow", "sessions", [session(strand="check_in", date="2026-05-13", start="", minutes="")], "row 2, outcome", "still to come"),
    ("a session twice", "sessions", [session(), session()], "row 3, strand", "row 2 already"),
    ("a person in two places", "sessions", [session(), session(start="10:30", host="ed@test.example")], "row 3, start", "same person (row 2)"),
    ("a person who is taken already", "sessions", [session(date="2026-04-01", start="10:59", host="ed@test.example")], "row 2, start", "held already"),
    ("a person who holds something else then", "sessions", [session(date="2026-04-03", host="dr@test.example"), session("S1", strand="training", date="2026-04-03", start="10:30", host="ben@test.example")], "row 3, start", "same person (row 2)"),
    ("a host in two sessions", "sessions", [session(), session("S3", start="10:30")], "row 3, start", "same host (row 2)"),
    ("a host at a session of their own", "sessions", [session(strand="check_in", host="ben@test.example")], "row 2, host", "themself"),
    ("a seat too many", "sessions", [session(n, date="2026-06-01", outcome="booked") for n in ("S1", "S2", "S3")], "row 2, outcome", "a seat too many"),
    ("an Area that nobody counted is loaded in", "establishment", ["North,One,prosecutor,2,2026-03-31"], "row 2, area", "'North' is no Area known from people"),
    ("a unit without a name", "establishment", ["West,,prosecutor,2,2026-03-31"], "row 2, unit", "empty"),
    ("a job role that HR has and the service has not", "establishment", ["West,One,judge,2,2026-03-31"], "row 2, job_role", "prosecutor, paralegal or manager"),
    ("a headcount below nothing", "establishment", ["West,One,prosecutor,-1,2026-03-31"], "row 2, headcount", "whole number from 0"),
    ("half a head", "establishment", ["West,One,prosecutor,2.5,2026-03-31"], "row 2, headcount", "whole number from 0"),
    ("a count of no day", "establishment", ["West,One,prosecutor,2,31/3/2026"], "row 2, as_of", "not a date"),
    ("a count twice", "establishment", ["West,One,prosecutor,2,2026-06-30", "West,One,prosecutor,3,2026-06-30"], "row 3, area", "row 2 already"),
    ("an outcome changed to another", "sessions", [session(date="2026-04-01", outcome="missed")], "row 2, outcome", "is attended already"),
]  # fmt: skip

ED = "ed@test.example,Dr Ed,,6,24,BACP,E1,2020-01-01,,"


@pytest.mark.parametrize(
    ("kind", "rows", "where", "words"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_fault_is_told_and_nothing_is_written(
    importing: Importing, kind: str, rows: list[str], where: str, words: str
) -> None:
    importing.good()
    importing.rows("supervisors", [ED])
    importing.rows("events", ["supervision,dr@test.example,2026-06-03,10:00,60,2,video,,"])
    taken = [session(n, date="2026-06-03", outcome="booked") for n in ("S2", "S3")]
    assert importing.rows("sessions", taken)[0] == 0
    before = counts()
    code, out, faults = importing.rows(kind, rows)
    assert (code, out) == (1, "")
    told = [f for f in faults if f.startswith(f"{where}: ") and words in f]
    assert len(told) == 1, faults
    assert counts() == before


def test_every_fault_of_a_file_is_told(importing: Importing) -> None:
    rows = [
        "S9,,x.t.example,judge,West,One,,,2020-01-01,",
        "S8,X,x@t.example,manager,,One,S7,,no,",
    ]
    code, _, faults = importing.rows("people", rows)
    assert code == 1
    where = [f.split(":")[0] for f in faults]
    assert where == [
        "row 2, email",
        "row 2, job_role",
        "row 2, name",
        "row 3, area",
        "row 3, line_manager",
        "row 3, posting_start",
    ]


# A row spoilt in one cell, the file, and every column told: the others are looked at too.
SPOILT = [
    ("absences", "S9,2026-04-01,soon", ["end", "staff_number"]),
    ("absences", ",2026-04-02,2026-04-01", ["end", "staff_number"]),
    ("sessions", session("S9", outcome="came", host="no@t.example"), ["host", "outcome", "staff_number"]),
    ("sessions", session("S9", strand="talk", date="2026-03-29", start="01:30"), ["staff_number", "start", "strand"]),
    ("sessions", session(minutes="", date="2026-06-01", host="no"), ["host", "minutes", "outcome"]),
    ("events", "supervision,dr@test.example,2027-03-28,01:30,0,1,post,,North", ["areas", "host", "minutes", "mode", "start"]),
    ("policy", "supervision,manager,0,28,14,0,2020-01-01", ["interval_days", "job_roles"]),
    ("supervisors", "dr@test.example,,North,6,24,BACP,B1,2020-01-01,2019-01-01,", ["areas", "name", "registered_to"]),
    ("people", "S9,,ada@test.example,manager,West,One,S8,,2020-01-01,2019-01-01", ["email", "line_manager", "name", "posting_end"]),
    ("people", "S1,Ada Boss,ada@test.example,judge,West,One,S1,,2020-01-01,", ["job_role", "line_manager"]),
    ("people", "S2,Ben Both,ben@test.example,judge,West,One,,,2021-01-01,", ["job_role", "posting_start"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "row", "columns"), SPOILT)
def test_every_fault_of_a_row_is_told(
    importing: Importing, kind: str, row: str, columns: list[str]
) -> None:
    importing.good()
    _, _, faults = importing.rows(kind, [row])
    assert [f.split(":")[0] for f in faults] == [f"row 2, {c}" for c in columns]


def test_row_spoilt_in_another_cell_is_still_a_key_twice(importing: Importing) -> None:
    importing.good("people")
    _, _, faults = importing.rows("absences", ["S2,2026-04-01,", "S2,2026-04-01,soon"])
    assert [f.split(":")[0] for f in faults] == ["row 3, end", "row 3, staff_number"]


def test_posting_whose_end_cannot_be_read_makes_no_other_row_a_fault(
    importing: Importing,
) -> None:
    importing.good("people")
    rows = [PEOPLE[1] + "soon", PEOPLE[1].replace("2020", "2026")]
    _, _, faults = importing.rows("people", rows)
    assert [f.split(":")[0] for f in faults] == ["row 2, posting_end"]


# Bytes that are no CSV of ours -> what is said of them.
GOOD_PEOPLE = content("people", PEOPLE)
FILES = [
    ("UTF-16", GOOD_PEOPLE.decode().encode("utf-16"), ["this file is UTF-16"]),
    ("a zip", b"PK\x03\x04" + b"\0" * 40, ["this is a zip file or a workbook"]),
    ("a NUL byte", GOOD_PEOPLE.replace(b"Ada", b"A\0a"), ["row 2, name: has a control character (U+0000)"]),
    ("Latin-1", GOOD_PEOPLE.replace(b"Ben", "Bén".encode("latin-1")).replace(b"Two", b"Tw\xf4"), ["row 3, name: has bytes that are not UTF-8", "row 4, unit: has bytes that are not UTF-8"]),
    ("Latin-1 after a newline in a cell", GOOD_PEOPLE.replace(b"Ada Boss", b'"A\nB"').replace(b"Ben", b"B\xe9n"), ["row 2, name: has a control character (U+000A)", "row 3, name: has bytes that are not UTF-8"]),
    ("Latin-1 in the header", GOOD_PEOPLE.replace(b"name", b"n\xe4me", 1), ["row 1: this row has bytes that are not UTF-8"]),
    ("a lone surrogate", GOOD_PEOPLE.replace(b"Ada", b"A\xed\xa0\x80a"), ["row 2, name: has bytes that are not UTF-8"]),
    ("an empty file", b"", ["the file is empty"]),
    ("a byte order mark alone", b"\xef\xbb\xbf", ["the file is empty"]),
    ("a line of 10 MB", b"x" * 10_000_000, ["row 1: this line is over 1 MB"]),
    ("two lines over 1 MB", GOOD_PEOPLE + b"x" * 1_000_001 + b"\n" + b"x" * 1_000_001, ["row 5: this line is over 1 MB", "row 6: this line is over 1 MB"]),
    ("a quotation mark that never ends", GOOD_PEOPLE + b'S9,"X' + b"\n" * 5, ["row 5: this line is not CSV"]),
    ("another header", GOOD_PEOPLE.replace(b"staff_number", b"number", 1), ["row 1: the header must be exactly"]),
    ("columns in another order", GOOD_PEOPLE.replace(b"staff_number,name", b"name,staff_number", 1), ["row 1: the header must be exactly"]),
    ("semicolons", GOOD_PEOPLE.replace(b",", b";"), ["row 1: the header must be exactly"]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "said"), [f[1:] for f in FILES], ids=[f[0] for f in FILES])
def test_file_that_is_no_csv_of_ours_is_refused(
    importing: Importing, data: bytes, said: list[str]
) -> None:
    before = counts()
    code, out, faults = importing.raw("people", data)
    assert (code, out, len(faults)) == (1, "", len(said))
    for fault, words in zip(faults, said, strict=True):
        assert fault.startswith(words)
    assert counts() == before


def test_file_that_is_not_there_is_refused(importing: Importing) -> None:
    from io import StringIO

    from django.core.management import call_command  # beside its one use

    err = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("import_people", "no-such-file.csv", stderr=err)
    assert stop.value.code == 1
    assert "cannot be read" in err.getvalue()
