"""Working hours to published sessions (contracts.md); a second run adds nothing."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils import timezone

from supervision.domain.hours import Proposal
from supervision.operations.publishing import MOST_WEEKS, proposal, publish_hours
from supervision.presenters.hours import left_out_words, slot_words
from supervision.queries.hours import with_hours
from wellbeing.domain.refusals import Busy, Refused
from wellbeing.management.arguments import day as a_day
from wellbeing.management.arguments import name
from wellbeing.models import Person
from wellbeing.operations.service import service_person
from wellbeing.presenters.dates import counted, day
from wellbeing.queries.hosts import host_by_email


def weeks(text: str) -> int:
    """A whole number of weeks. ArgumentTypeError, and so exit 2, for anything else."""
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_WEEKS:
        return int(text)
    raise ArgumentTypeError(f"{text!r} is not a number of weeks from 1 to {MOST_WEEKS}")


class Command(BaseCommand):
    help = "Turns supervisors' working hours into published sessions; says what and what not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", metavar="EMAIL", type=name, help="one supervisor only")
        parser.add_argument(
            "--from", dest="first", type=a_day, required=True, metavar="DATE",
            help="the first day, YYYY-MM-DD",
        )  # fmt: skip
        parser.add_argument("--weeks", type=weeks, required=True, metavar="N")
        parser.add_argument("--dry-run", action="store_true", help="say it only, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        hosts = self._hosts(options["host"])
        if not hosts:
            self.stdout.write("No supervisor has entered any working hours yet.")
        faults = [
            fault
            for host in hosts
            if (
                fault := self._one(host, options["first"], options["weeks"], options["dry_run"])
            )
        ]
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")
        if faults:
            self._stop("\n".join(faults))

    def _hosts(self, email: str | None) -> list[Person]:
        if email is None:
            return list(with_hours())
        found = host_by_email(email)
        if found is None:
            self._stop(f"Nobody has the email {email!r}.")
        return [found]

    def _one(self, host: Person, first: date, weeks: int, dry_run: bool) -> str:
        """Publishes one supervisor's hours and says so; what stood in the way of it all."""
        at = timezone.now()
        try:
            if dry_run:
                done = proposal(host, first=first, weeks=weeks, at=at)
            else:
                done = publish_hours(host, first=first, weeks=weeks, by=service_person(), at=at)
        except Refused as refused:
            return f"{host.email}: {refused.sentence}"
        except Busy:
            return f"{host.email}: the database is busy. Nothing was written; try again."
        self._say(host, done, "would be published" if dry_run else "published")
        return ""

    def _say(self, host: Person, done: Proposal, verb: str) -> None:
        self.stdout.write(
            f"{host.name}: {counted(len(done.slots), 'session')} {verb},"
            f" {len(done.left_out)} left out, {done.already} there already"
        )
        for slot in done.slots:
            self.stdout.write(f"  {day(slot.on)}, {slot_words(slot)}")
        for left in done.left_out:
            self.stdout.write(f"  left out: {day(left.on)}, {left_out_words(left)}")

    def _stop(self, text: str) -> NoReturn:
        self.stderr.write(text)
        sys.exit(1)
