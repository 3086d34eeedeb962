"""Whether part-time staff, a job role or an Area fares differently; for leads."""

from django.http import HttpResponse
from django.shortcuts import render

from supervision.forms.uptake import PartForm
from supervision.presenters.equity import by_pattern, by_place, by_role, comparing_words
from supervision.queries.equity import by_pattern_and_place, of_patterns, of_places
from wellbeing.request import SignedIn

from .moment import of_one_moment
from .parts import asking, files, led, said


@of_one_moment
def coverage_equity(request: SignedIn) -> HttpResponse:
    """In cover, offered, taken up and not yet seen, by working pattern, job role and Area or unit."""
    form = PartForm(request.GET, on=request.on, areas=led(request))
    context: dict[str, object] = {"form": form}
    asked = asking(request, form)
    if asked:
        on, strand = asked.chosen.on, asked.chosen.strand
        detailed = by_pattern_and_place(asked.cover, on)
        counts = of_places(detailed)
        context |= said(asked)
        context["dimensions"] = [
            by_pattern(of_patterns(detailed), strand),
            by_role(counts, strand),
            by_place(asked.part, counts),
        ]
        context |= {"anybody": bool(counts), "comparing": comparing_words()}
        context["figure_files"] = files(request, "equity_file")
    return render(request, "supervision/coverage_equity.html", context)
