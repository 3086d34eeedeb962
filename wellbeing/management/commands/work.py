"""`manage.py work`: the worker, which does what no request waits for, and keeps the clock."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from wellbeing.operations.transaction import is_passing
from wellbeing.tasks.jobs import enqueue_due_jobs


class Clockwork(Worker):
    """The task engine's worker, which before each look at the queue asks what the clock wants."""

    def run(self) -> None:
        """Until it is told to stop; with `batch`, once through all there is to do."""
        once = self.batch
        self.batch = True
        while self.running:
            self._ask_the_clock()
            super().run()
            if once:
                return
            time.sleep(self.interval)

    @staticmethod
    def _ask_the_clock() -> None:
        close_old_connections()
        try:
            enqueue_due_jobs()
        except OperationalError as error:
            # A database that is busy, or away for a moment: the clock comes round again.
            if not is_passing(error):
                close_old_connections()


class Command(BaseCommand):
    help = "Delivers messages and does the timed jobs (docs/jobs.md), until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--interval",
            type=float,
            default=1.0,
            help="seconds between looks while there is nothing to do (default: 1)",
        )
        parser.add_argument(
            "--once", action="store_true", help="do all that is due now, and stop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Clockwork(
            queue_names=["default"],
            interval=options["interval"],
            batch=options["once"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        worker.run()
