"""The bench of files runs and takes each file beside a raw scan; never how fast it is."""

from django.db import connection

from tests.test_bench_imports import BENCH, ENGINE, run


def test_each_file_is_taken_beside_a_raw_scan() -> None:
    kind = ENGINE[connection.vendor]
    done = run(BENCH / "files.py", "--database", kind, "--people", "100", "--times", "1")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    names = [line[:34].strip() for line in done.stdout.splitlines()[2:]]
    assert names == [
        "raw scan",
        "people of all Areas, CSV",
        "people of one Area, CSV",
        "people of a unit, CSV",
        "people of all Areas, Excel",
        "people of all Areas, JSON",
        "longest gaps, CSV",
        "not yet seen, CSV",
        "overdue, CSV",
        "figures by Area, CSV",
        "figures by Area, Excel",
        "figures by Area, JSON",
        "uptake, CSV",
        "bookings, Excel",
        "court, CSV",
        "equity, CSV",
        "other offers, CSV",
        "hours of supervisors, CSV",
    ]
