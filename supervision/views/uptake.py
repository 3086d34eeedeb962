"""Offered beside taken up, what became of bookings, and where court is in the way; for leads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.domain.outcomes import together
from supervision.forms.uptake import PartForm, PeriodForm
from supervision.presenters.outcomes import (
    counting_words,
    court_grid,
    court_prompts,
    notice_grid,
    offer_grid,
    outcome_grid,
    outcome_sentence,
    reason_grid,
    reason_words,
)
from supervision.presenters.uptake import headlines, uptake_line, uptake_lines
from supervision.queries.outcomes import outcomes, reason_months, reasons
from supervision.queries.stored_cover import StoredCover
from wellbeing.presenters.dates import day
from wellbeing.request import SignedIn

from .moment import of_one_moment
from .parts import asking, files, led, said


@of_one_moment
def coverage_uptake(request: SignedIn) -> HttpResponse:
    """By Area, or one Area by unit; bookings of a period beside it."""
    form = PeriodForm(request.GET, on=request.on, areas=led(request))
    context: dict[str, object] = {"form": form}
    asked = asking(request, form)
    if asked:
        on, part, since = asked.chosen.on, asked.part, form.first(asked.chosen.on)
        counts = asked.cover.tallies(on)
        found = outcomes(asked.cover, since, on)
        everything = together(found.values())
        href = reverse("coverage_uptake")
        context |= said(asked)
        context |= {
            "headlines": headlines(part, counts, str(context["place"])),
            "lines": uptake_lines(part, counts, href),
            "total": uptake_line(part, None, "All", "", counts),
            "since": day(since),
            "sentence": outcome_sentence(everything),
            "counting": counting_words(),
            "outcomes": outcome_grid(
                part, found, href, since.isoformat(), str(context["what"])
            ),
            "offers": offer_grid(part, found, str(context["what"])),
            "reasons": reason_grid(reasons(asked.cover, on, request.on)),
            "reasons_of": reason_words(*reason_months(on, request.on)),
            "notices": notice_grid(everything),
            "figure_files": files(request, "uptake_file"),
            "booking_files": files(request, "bookings_file"),
        }
    return render(request, "supervision/coverage_uptake.html", context)


@of_one_moment
def coverage_court(request: SignedIn) -> HttpResponse:
    """Cancelled because of court, by unit: the workload is the problem, not the person."""
    form = PartForm(request.GET, on=request.on, areas=led(request))
    context: dict[str, object] = {"form": form}
    asked = asking(request, form)
    if asked:
        months = reason_months(asked.chosen.on, request.on)
        found = outcomes(StoredCover(asked.part.where), *months)
        context |= said(asked)
        context |= {
            "months": reason_words(*months),
            "prompts": court_prompts(asked.part, found),
            "grid": court_grid(asked.part, found),
            "figure_files": files(request, "court_file"),
        }
    return render(request, "supervision/coverage_court.html", context)
