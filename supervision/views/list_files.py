"""Files of the lists of coverage: longest gaps, not yet seen, and the people behind a number.

Whoever is named in one may be named on its page today, and that it was taken is written down.
"""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponseBase

from supervision.forms.uptake import MEASURES, GapForm, ListForm, PartForm
from supervision.operations.files import people_taken
from supervision.presenters.band_files import gaps_table, never_seen_table
from supervision.presenters.cover_lists import record_words, unnamed_words
from supervision.presenters.people_files import GAPS, MEASURED, NEVER_SEEN, people_table
from supervision.queries.bands import first_on_record, gap_bands, never_seen_bands
from supervision.queries.cover_lists import Listing, Measure, Order
from wellbeing.request import SignedIn

from .file_answers import check_kind, written
from .parts import Asking, asking, led, listing, of_unit, taken


def gaps_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """How many people lie in which band of the longest gap."""
    asked = _asked(request, GapForm(request.GET, on=request.on, areas=led(request)), kind)
    table = gaps_table(gap_bands(asked.cover, asked.chosen.on))
    record = [("On record", record_words(first_on_record(asked.chosen.strand)))]
    return written(kind, taken(request, asked, "gaps", [table], more=record))


def gaps_people_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """Everybody in scope, the longest gap first."""
    form = GapForm(request.GET, on=request.on, areas=led(request))
    asked = _asked(request, form, kind)
    found = listing(request, asked, Measure.IN_SCOPE, form.order())
    return _people(request, kind, asked, "longest-gaps", GAPS, found)


def never_seen_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """How many are not yet seen, by how long since they joined."""
    asked = _asked(request, PartForm(request.GET, on=request.on, areas=led(request)), kind)
    table = never_seen_table(never_seen_bands(asked.cover, asked.chosen.on))
    return written(kind, taken(request, asked, "not-yet-seen", [table]))


def never_seen_people_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """Who is not yet seen, who joined first at the top."""
    asked = _asked(request, PartForm(request.GET, on=request.on, areas=led(request)), kind)
    found = listing(request, asked, Measure.NEVER_SEEN, Order.JOINED)
    return _people(request, kind, asked, "people-not-yet-seen", NEVER_SEEN, found)


def list_people_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """The people behind a number, soonest due first."""
    form = ListForm(request.GET, on=request.on, areas=led(request))
    asked, unit = of_unit(request, _asked(request, form, kind), form)
    role, measure = form.job_role(), form.measured()
    found = listing(request, asked, measure, Order.DUE, role)
    return _people(
        request, kind, asked, f"people-{measure.value.replace('_', '-')}", MEASURED, found,
        who=f"{MEASURES[measure]}: {'prosecutors' if role else 'all RASSO staff'}", unit=unit,
    )  # fmt: skip


def _asked(request: SignedIn, form: PartForm, kind: str) -> Asking:
    """A wrong question, and a format that there is not, are not there."""
    check_kind(kind)
    asked = asking(request, form)
    if asked is None:
        raise Http404
    return asked


def _people(
    request: SignedIn,
    kind: str,
    asked: Asking,
    name: str,
    columns: Sequence[str],
    found: Listing,
    *,
    who: str = "",
    unit: str = "",
) -> HttpResponseBase:
    """The file, after a row of the audit trail."""
    _note(request, kind, asked, name, found, is_of_unit=bool(unit))
    unnamed = found.unnamed()
    more: Any = [("Who", who)] if who else []
    more += [("Not in this file", unnamed_words(unnamed))] if unnamed else []
    people = [people_table(columns, found.streamed())]
    also = {"unit": unit, "who": who, "unnamed": unnamed or None}
    return written(kind, taken(request, asked, name, people, more=more, **also))


def _note(
    request: SignedIn, kind: str, asked: Asking, name: str, found: Listing, *, is_of_unit: bool
) -> None:
    area, part = asked.chosen.area, asked.part
    people_taken(
        name,
        by=request.user,
        at=request.at,
        kind=kind,
        number=found.count(),
        asked={
            "on": part.on.isoformat(),
            "strand": part.strand.value,
            "area": str(area.public_id) if area else None,
            "unit": str(next(iter(part.units.values()))) if is_of_unit else None,
            "job_role": found.role,
        },
    )
