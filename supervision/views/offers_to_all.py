"""A lead offers a session to all of a unit who need one: who would get which, and one button."""

from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.offers_to_all import OfferAllForm
from supervision.forms.today import NEEDS, NeedForm, Wanted
from supervision.operations.offers_to_all import Outcome, offer_to_all
from supervision.presenters.offers_to_all import offer_line, offered_words
from supervision.queries.offers_to_all import led_pairs, plan_offers, reach_of
from supervision.queries.parts import Part
from wellbeing.domain.refusals import Refused
from wellbeing.operations.once import Answer
from wellbeing.request import SignedIn
from wellbeing.views.sending import replay, send

from .today import led_part, people_of

NOTHING = "Nothing here can be offered any more. Look at who needs a place now."


def lead_offer(request: SignedIn) -> HttpResponse:
    """GET: who needs a place and which each would be offered. POST: offers them all."""
    whole = led_part(request)
    if request.method == "POST":
        answered = replay(request)
        if answered:
            return answered
    form = NeedForm(request.GET, part=whole)
    wanted = form.wanted()
    if wanted and not wanted.unit and len(whole.units) == 1:
        wanted = replace(wanted, unit=next(iter(whole.units.values())))
    context: dict[str, object] = {"filter": form, "hours": settings.OFFER_HOURS}
    if wanted and wanted.unit:
        refused = None
        if request.method == "POST":
            try:
                return _offer(request, wanted)
            except Refused as found:
                refused = found
        context |= _planned(request, whole, wanted, refused)
    return render(request, "supervision/lead_offer.html", context)


def _planned(
    request: SignedIn, whole: Part, wanted: Wanted, refused: Refused | None
) -> dict[str, object]:
    found = people_of(request, whole, wanted)
    people = found[0 : found.count()]
    plan = plan_offers(people, request.viewer, request.at)
    placed = [one for one in people if one.standing.person in plan.events]
    without = [one for one in people if one.standing.person in plan.without]
    pairs = [(one.public_id, plan.events[one.standing.person].public_id) for one in placed]
    return {
        "where": found.part.name(next(iter(found.part.named))),
        "needed": NEEDS[wanted.need],
        "count": len(people),
        "lines": [offer_line(one, plan.events[one.standing.person]) for one in placed],
        "without": [offer_line(one, None) for one in without],
        "left": len(people) - len(placed) - len(without),
        "weeks": settings.OFFER_TO_ALL_WEEKS,
        "most": settings.OFFER_TO_ALL_MOST,
        "form": OfferAllForm.of(pairs, refused),
    }


def _offer(request: SignedIn, wanted: Wanted) -> HttpResponse:
    sent = OfferAllForm(request.POST)
    asked = sent.cleaned_data["pairs"] if sent.is_valid() else []
    pairs, places = led_pairs(asked, request.viewer, request.on)
    if not pairs:
        raise Refused(NOTHING)
    reach = reach_of(places, request.viewer, request.at)
    back = f"{reverse('lead_today_people')}?{urlencode(wanted.query())}"

    def perform() -> list[Outcome]:
        return offer_to_all(pairs, reach=reach, by=request.user, at=request.at)

    def answer(found: list[Outcome]) -> Answer:
        return Answer(back, offered_words(found, len(asked) - len(pairs)))

    return send(request, perform, answer)
