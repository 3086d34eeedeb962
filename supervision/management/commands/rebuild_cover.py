"""Works out everybody's cover from the facts, as after a restore or an upgrade."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from supervision.operations.cover import rebuild


def bar(people: Sequence[int]) -> Iterable[int]:
    """The people with a progress bar, on a terminal."""
    return tqdm(people, desc="people", disable=not sys.stderr.isatty(), leave=False)


class Command(BaseCommand):
    help = (
        "Builds what is stored of cover for everybody; can be run at any time, and while"
        " people work. What is right already stays as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        people, changed = rebuild(bar)
        self.stdout.write(f"{people:,} people; {changed:,} rows changed.")
