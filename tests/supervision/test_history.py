"""The benches' invented history is the same twice, and a file that the service takes in."""

from pathlib import Path

from bench.generate import History
from tests.files import NOW, Importing, importing
from wellbeing.models import Booking
from wellbeing.queries.invariants import broken

__all__ = ["importing"]


def test_same_seed_gives_the_same_files_and_another_does_not(tmp_path: Path) -> None:
    files = []
    for number, seed in enumerate((1, 1, 2)):
        History(people=120, years=1, seed=seed, check_ins=2).write(tmp_path / str(number))
        written = sorted((tmp_path / str(number)).iterdir())
        files.append({f.name: f.read_bytes() for f in written})
    assert files[0] == files[1]
    assert files[0]["sessions.csv"] != files[2]["sessions.csv"]


def test_invented_history_is_taken_in(importing: Importing, tmp_path: Path) -> None:
    numbers = History(people=120, years=1, check_ins=2).write(tmp_path / "history")
    assert list(numbers) == ["people", "supervisors", "absences", "policy", "sessions"]
    for kind, rows in numbers.items():
        data = (tmp_path / "history" / f"{kind}.csv").read_bytes()
        code, out, faults = importing.raw(kind, data)
        assert (code, faults) == (0, [])
        assert out == f"{rows} added, 0 changed, 0 unchanged"
    assert Booking.objects.count() == numbers["sessions"]
    assert list(broken(NOW)) == []
