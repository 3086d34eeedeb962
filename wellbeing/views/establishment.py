"""For leads: the people loaded beside those whom HR counts, by Area and by unit, on any day."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render

from wellbeing.forms.establishment import EstablishmentForm
from wellbeing.models import Area
from wellbeing.presenters.establishment import (
    everyone_words,
    missing_words,
    prosecutors_words,
    row,
    unit_rows,
)
from wellbeing.queries.establishment import loaded_against, loaded_of
from wellbeing.request import SignedIn


def establishment(request: SignedIn) -> HttpResponse:
    """A national lead: every Area. An Area lead: their own."""
    viewer = request.viewer
    if not viewer.is_lead:
        raise Http404
    form = EstablishmentForm(request.GET, on=request.on)
    on = form.day()
    context: dict[str, object] = {"form": form, "on": on}
    if on:
        comparison = loaded_of(viewer, on)
        context |= {
            "words": prosecutors_words(comparison.total),
            "words_of_all": everyone_words(comparison.total),
            "missing": missing_words(comparison, on),
            "is_counted": comparison.total.everyone.is_counted,
            "areas": unit_rows(comparison),
            "total": row(comparison.total, "All of them"),
        }
    return render(request, "wellbeing/establishment.html", context)


def establishment_beside(on: date, area: Area | None) -> dict[str, object]:
    """What a lead's headline of that day, of one Area or all, is to stand beside; two queries."""
    comparison = loaded_against(on, area=area.pk if area else None)
    return {
        "establishment": prosecutors_words(comparison.total),
        "establishment_on": on,
    }
