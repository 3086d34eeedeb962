"""For leads: the other seven offers, in a table of their own, beside supervision and never in it.

A page of its own: counting a year's check-ins costs more than all the rest of a coverage page.
"""

from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from supervision.forms.offers import OffersForm
from supervision.presenters.offers import (
    not_recorded,
    offer_lines,
    offers_taken,
    period_words,
)
from supervision.queries.offers import Offers
from supervision.queries.offers import offers as count
from wellbeing.queries.areas import areas_led
from wellbeing.request import SignedIn

from .file_answers import check_kind, known_now, written
from .parts import files


@dataclass(frozen=True, slots=True)
class _Found:
    """What was counted, and the names of the Areas where; empty: everywhere."""

    offers: Offers
    where: str


def offers(request: SignedIn) -> HttpResponse:
    """A national lead: everywhere or one Area. An Area lead: their Areas or one of them."""
    form, found = _asked(request)
    context: dict[str, object] = {"form": form}
    if found:
        context |= {
            "period": period_words(found.offers),
            "lines": offer_lines(found.offers),
            "not_recorded": not_recorded(),
            "where": found.where,
            "figure_files": files(request, "offers_file"),
        }
    return render(request, "supervision/offers.html", context)


def offers_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """The same as a file."""
    check_kind(kind)
    _, found = _asked(request)
    if found is None:
        raise Http404
    made = offers_taken(found.offers, where=found.where, known=known_now(request))
    return written(kind, made)


def _asked(request: SignedIn) -> tuple[OffersForm, _Found | None]:
    """The form, and what it asks for; None while something is wrong."""
    viewer = request.viewer
    if not viewer.is_lead:
        raise Http404
    areas = list(areas_led(viewer))
    form = OffersForm(request.GET, areas=areas, on=request.on)
    asked = form.asked()
    if asked is None:
        return form, None
    last, area = asked
    led = None if viewer.is_national_lead else viewer.led_areas
    where = led if area is None else frozenset({area})
    names = ", ".join(a.name for a in areas if where is not None and a.pk in where)
    return form, _Found(count(last, at=request.at, areas=where), names)
