"""Files of the pages of uptake, court and equity: figures, for leads, as the pages are."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponseBase

from supervision.forms.uptake import PartForm, PeriodForm
from supervision.presenters.equity_files import equity_table
from supervision.presenters.outcomes import counting_words
from supervision.presenters.take_away import Taken
from supervision.presenters.uptake_files import bookings_tables, court_table, uptake_table
from supervision.queries.equity import by_pattern_and_place, of_patterns, of_places
from supervision.queries.outcomes import outcomes, reason_months, reasons
from supervision.queries.stored_cover import StoredCover
from wellbeing.presenters.tables import Table
from wellbeing.request import SignedIn

from .file_answers import check_kind, written
from .parts import Asking, asking, led, taken


def uptake_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """Offered beside taken up, by Area, or one Area by unit."""
    asked, _ = _period(request, kind)
    table = uptake_table(asked.part, asked.cover.tallies(asked.chosen.on))
    return written(kind, taken(request, asked, "uptake", [table]))


def bookings_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """How bookings of a period ended; Excel and JSON with reasons and notice."""
    asked, since = _period(request, kind)
    found = outcomes(asked.cover, since, asked.chosen.on)
    tables = bookings_tables(
        asked.part, found, reasons(asked.cover, asked.chosen.on, request.on)
    )
    return written(kind, _of(request, asked, since, "bookings", tables))


def court_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """Cancelled because of court, by unit; nobody is named."""
    asked = _asked(request, kind)
    since, last = reason_months(asked.chosen.on, request.on)
    found = outcomes(StoredCover(asked.part.where), since, last)
    more: Any = [("Bookings", f"{since.isoformat()} to {last.isoformat()}")]
    tables = [court_table(asked.part, found)]
    return written(
        kind, taken(request, asked, "court", tables, more=more, since=since.isoformat())
    )


def equity_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """Every group that the page compares."""
    asked = _asked(request, kind)
    on = asked.chosen.on
    detailed = by_pattern_and_place(asked.cover, on)
    table = equity_table(asked.part, of_patterns(detailed), of_places(detailed))
    return written(kind, taken(request, asked, "equity", [table]))


def _asked(request: SignedIn, kind: str) -> Asking:
    """What was asked of a day; a wrong question is not there."""
    check_kind(kind)
    asked = asking(request, PartForm(request.GET, on=request.on, areas=led(request)))
    if asked is None:
        raise Http404
    return asked


def _period(request: SignedIn, kind: str) -> tuple[Asking, date]:
    """What was asked, and the first day of its bookings; a wrong question is not there."""
    form = PeriodForm(request.GET, on=request.on, areas=led(request))
    check_kind(kind)
    asked = asking(request, form)
    if asked is None:
        raise Http404
    return asked, form.first(asked.chosen.on)


def _of(request: SignedIn, asked: Asking, since: date, name: str, tables: list[Table]) -> Taken:
    more: Any = [
        ("Bookings", f"{since.isoformat()} to {asked.chosen.on.isoformat()}"),
        ("How bookings count", counting_words()),
    ]
    return taken(request, asked, name, tables, more=more, since=since.isoformat())
