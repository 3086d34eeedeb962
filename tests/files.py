"""CSV files for the importers' tests: a small installation, and rows to spoil."""

from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.domain.worlds import COLUMNS
from wellbeing.domain.local_time import LONDON
from wellbeing.operations.service import service_person

NOW = datetime(2026, 5, 12, 10, tzinfo=LONDON)
HEADERS = COLUMNS | {
    "events": "strand,host,date,start,minutes,capacity,mode,place,areas",
    "establishment": "area,unit,job_role,headcount,as_of",
}

PEOPLE = [
    "S1,Ada Boss,ada@test.example,manager,West,One,,,2020-01-01,",
    "S2,Ben Both,ben@test.example,prosecutor,West,One,S1,mon;tue,2020-01-01,",
    "S3,Cat Crown,cat@test.example,paralegal,East,Two,S1,,2020-01-01,",
]
SUPERVISORS = ["dr@test.example,Dr Who,,6,24,BACP,B1,2020-01-01,,2026-12-31"]
ABSENCES = ["S2,2026-01-01,2026-01-10"]
POLICY = ["supervision,,42,28,14,0,2020-01-01"]
EVENTS = ["supervision,dr@test.example,2026-06-01,10:00,60,2,video,,"]
ESTABLISHMENT = ["West,One,prosecutor,2,2026-03-31", "West,Annexe,prosecutor,0,2026-03-31"]
SESSIONS = ["S2,supervision,2026-04-01,10:00,60,attended,dr@test.example"]
GOOD = {
    "people": PEOPLE,
    "supervisors": SUPERVISORS,
    "absences": ABSENCES,
    "policy": POLICY,
    "events": EVENTS,
    "sessions": SESSIONS,
    "establishment": ESTABLISHMENT,
}


def content(kind: str, rows: list[str]) -> bytes:
    return "\n".join([HEADERS[kind], *rows, ""]).encode()


class Importing:
    """Runs an import command on bytes; what it printed, and what it complained of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def raw(self, kind: str, data: bytes, **options: Any) -> tuple[int, str, list[str]]:
        file = self.folder / f"{kind}.csv"
        file.write_bytes(data)
        out, err = StringIO(), StringIO()
        code = 0
        try:
            call_command(f"import_{kind}", file, stdout=out, stderr=err, **options)
        except SystemExit as stop:
            code = int(stop.code or 0)
        lines = [x.removeprefix(f"{file}, ") for x in err.getvalue().splitlines()]
        return code, out.getvalue().strip(), lines

    def rows(self, kind: str, rows: list[str], **options: Any) -> tuple[int, str, list[str]]:
        return self.raw(kind, content(kind, rows), **options)

    def good(self, *kinds: str) -> None:
        for kind in kinds or GOOD:
            code, _, faults = self.rows(kind, GOOD[kind])
            assert (code, faults) == (0, [])


@pytest.fixture
def importing(tmp_path: Path, db: None, clock: Callable[[datetime], None]) -> Importing:
    service_person()
    return Importing(tmp_path)
