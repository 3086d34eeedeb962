"""The coverage bench runs, and what is stored is as the rules say; never how fast it is."""

from django.db import connection

from tests.test_bench_imports import BENCH, ENGINE, run


def test_pages_are_asked_for_beside_a_raw_scan() -> None:
    kind = ENGINE[connection.vendor]
    done = run(BENCH / "coverage.py", "--database", kind, "--people", "100", "--times", "1")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "all as the rules say" in done.stdout
    assert "national page, with its trend" in done.stdout
