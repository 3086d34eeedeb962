"""Who is in cover on a day: the operator's report, not suppressed (contracts.md)."""

import sys
from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils import timezone

from supervision.presenters.coverage_out import (
    Values,
    as_csv,
    as_json,
    as_table,
    report_values,
)
from supervision.queries.coverage import Asked, By
from supervision.queries.coverage_as import exact_report, reader, released_report, sees_exact
from supervision.queries.one_moment import one_moment
from supervision.queries.reports import report as compute
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import Strand
from wellbeing.management.arguments import day, moment, name
from wellbeing.models import Area, Unit
from wellbeing.queries.areas import area_named, unit_named

WRITERS = {"json": as_json, "csv": as_csv, "table": as_table}


class Command(BaseCommand):
    help = "Coverage of a strand on a day, by Area, unit or job role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on", type=day, required=True, metavar="DATE", help="the day, YYYY-MM-DD"
        )
        parser.add_argument("--strand", choices=[s.value for s in Strand], required=True)
        parser.add_argument(
            "--area", type=name, metavar="NAME", help="an Area's name: narrows every figure"
        )
        parser.add_argument(
            "--unit", type=name, metavar="NAME", help="a unit's name; needs --area"
        )
        parser.add_argument("--by", choices=[b.value for b in By], default=By.AREA.value)
        parser.add_argument("--people", action="store_true", help="one line a person")
        parser.add_argument(
            "--from",
            dest="since",
            type=day,
            metavar="DATE",
            help="first day of a period that ends on --on",
        )
        parser.add_argument(
            "--known-at",
            type=moment,
            metavar="DATETIME",
            help="leave out whatever was recorded later than YYYY-MM-DDTHH:MM, UK time"
            " unless an offset follows; a date alone means the end of that day",
        )
        parser.add_argument(
            "--as",
            dest="reader",
            type=name,
            metavar="EMAIL",
            help="what this person's page gives: only what they may see, released month-ends"
            " where they may not see names",
        )
        parser.add_argument("--format", choices=list(WRITERS), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["unit"] and not options["area"]:
            self._stop("--unit needs --area.", 2)
        since: date | None = options["since"]
        if since and since > options["on"]:
            self._stop("--from is after --on: give the period's first day.", 1)
        known_at: datetime | None = options["known_at"]
        if known_at and known_at > timezone.now():
            self._stop("--known-at is still to come: what will be known then is not known.", 1)
        area = area_named(options["area"]) if options["area"] else None
        if options["area"] and area is None:
            self._stop(f"No Area is called {options['area']!r}.", 1)
        unit = unit_named(area, options["unit"]) if area and options["unit"] else None
        if options["unit"] and unit is None:
            self._stop(f"{options['area']} has no unit called {options['unit']!r}.", 1)
        asked = Asked(
            on=options["on"],
            strand=Strand(options["strand"]),
            by=By(options["by"]),
            area=area.pk if area else None,
            unit=unit.pk if unit else None,
            since=since,
            known_at=known_at,
        )
        try:
            with one_moment():
                values = self._values(asked, area, unit, options)
        except Refused as refused:
            self._stop(refused.sentence, 1)
        text = WRITERS[options["format"]](values)
        self.stdout.write(text, ending="" if text.endswith("\n") else "\n")

    def _values(
        self, asked: Asked, area: Area | None, unit: Unit | None, options: dict[str, Any]
    ) -> Values:
        """The operator's report, or with --as what that reader's page gives."""
        with_people: bool = options["people"]
        if not options["reader"]:
            return report_values(
                compute(asked, with_people=with_people), with_people=with_people
            )
        today = timezone.localdate()
        viewer = reader(options["reader"], today)
        if sees_exact(viewer, area):
            found, _ = exact_report(viewer, asked, today, with_people=with_people)
            return report_values(found, with_people=with_people)
        if with_people:
            raise Refused("This reader may not see who the people are.")
        return released_report(viewer, asked, area, unit)

    def _stop(self, sentence: str, code: int) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(code)
