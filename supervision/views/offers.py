"""For leads: the other seven offers, in a table of their own, beside supervision and never in it.

A page of its own: counting a year's check-ins costs more than all the rest of a coverage page.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from supervision.forms.offers import OffersForm
from supervision.presenters.offers import not_recorded, offer_lines, period_words
from supervision.queries.offers import offers as count
from wellbeing.queries.areas import areas_led
from wellbeing.request import SignedIn


def offers(request: SignedIn) -> HttpResponse:
    """A national lead: everywhere or one Area. An Area lead: their Areas or one of them."""
    viewer = request.viewer
    if not viewer.is_lead:
        raise Http404
    areas = list(areas_led(viewer))
    form = OffersForm(request.GET, areas=areas, on=request.on)
    asked = form.asked()
    context: dict[str, object] = {"form": form}
    if asked:
        last, area = asked
        led = None if viewer.is_national_lead else viewer.led_areas
        where = led if area is None else frozenset({area})
        found = count(last, at=request.at, areas=where)
        context |= {
            "period": period_words(found),
            "lines": offer_lines(found),
            "not_recorded": not_recorded(),
            "where": ", ".join(a.name for a in areas if where is not None and a.pk in where),
        }
    return render(request, "supervision/offers.html", context)
