"""Availability ahead: who is due and short, and publishing the seats that would make it fit."""

from collections.abc import Collection
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.ahead import AheadForm, HoldersForm, PublishSeatsForm
from supervision.operations.extra_seats import Planned, digest, plan_seats, publish_seats
from supervision.presenters.ahead_page import (
    groups,
    headline,
    lines,
    publishable,
    published,
    seats_to_add,
)
from supervision.queries.ahead import Ahead, Extra, ahead
from supervision.queries.ahead_groups import groups as stuck_together
from supervision.queries.ahead_groups import shown
from supervision.queries.ahead_people import named_to
from supervision.queries.supervisors import hosts_by_place
from wellbeing.domain.refusals import Refused
from wellbeing.operations.once import Answer
from wellbeing.permissions import check_publish
from wellbeing.presenters.dates import short_day
from wellbeing.queries.areas import areas_led
from wellbeing.request import SignedIn
from wellbeing.views.sending import replay, send

from .moment import of_one_moment

PER_PAGE = 25
# So many days and Areas at a time; a lead publishes the first and comes back.
MOST_ROWS = 40


@of_one_moment
def coverage_ahead(request: SignedIn) -> HttpResponse:
    """A lead's people: due, placed, places, short, who is stuck and why, seats to add."""
    form = _form(request)
    asked = form.asked()
    context: dict[str, object] = {"form": form, "area": form.chosen_area()}
    if asked:
        found = ahead(asked, with_fit=True)
        context |= {"found": found, **_shown(request, form, found)}
    return render(request, "supervision/coverage_ahead.html", context)


def _form(request: SignedIn) -> AheadForm:
    viewer = request.viewer
    if not viewer.is_lead:
        raise Http404
    data = request.POST if request.method == "POST" else request.GET
    return AheadForm(
        data, on=request.on, areas=areas_led(viewer), is_national=viewer.is_national_lead
    )


def _shown(request: SignedIn, form: AheadForm, found: Ahead) -> dict[str, object]:
    first = found.asked.first
    seen = named_to(request.viewer, request.on, first)
    page = Paginator(stuck_together(found, seen), PER_PAGE).get_page(request.GET.get("page"))
    led = _led(request)
    rows = publishable(found.fit, led, request.on)
    query = urlencode(form.sent())
    return {
        "headline": headline(found),
        "first": short_day(first),
        "last": short_day(found.asked.last),
        "is_past": first < request.on,
        "helpless": sum(seen is None or person in seen for person in found.cannot_be_placed),
        "page": page,
        "groups": groups(shown(found, list(page.object_list), seen), first),
        "seats": seats_to_add(found.fit, led, request.on),
        "extra": sum(one.seats for one in found.fit),
        "publish": f"{reverse('coverage_ahead_publish')}?{query}" if rows else "",
    }


def _led(request: SignedIn) -> Collection[int] | None:
    viewer = request.viewer
    return None if viewer.is_national_lead else viewer.led_areas


def coverage_ahead_publish(request: SignedIn) -> HttpResponse:
    """The seats to add: who holds them, what that makes, and the one button that publishes it."""
    form = _form(request)
    if request.method == "POST":
        answered = replay(request)
        if answered:
            return answered
    asked = form.asked()
    if asked is None:
        return render(request, "supervision/coverage_ahead.html", {"form": form})
    every = publishable(ahead(asked, with_fit=True).fit, _led(request), request.on)
    rows = every[:MOST_ROWS]
    holders = _holders(request, form, rows)
    preview = _preview(request, holders)
    if request.method == "POST":
        try:
            return _publish(request, form, holders)
        except Refused as refused:
            holders.refuse(refused)
    context = {
        "form": holders,
        "rows": rows,
        "left": len(every) - len(rows),
        "back": f"{reverse('coverage_ahead')}?{urlencode(form.sent())}",
        **preview,
    }
    return render(request, "supervision/coverage_ahead_publish.html", context)


def _holders(request: SignedIn, form: AheadForm, rows: list[Extra]) -> HoldersForm:
    data = request.GET.dict()
    if request.method == "POST":
        # However little is sent, it is what is answered.
        data = {"host": "", **request.POST.dict()}
    places = [(row.on, row.area) for row in rows]
    return HoldersForm(data, sent=form.sent(), rows=rows, hosts=hosts_by_place(places))


def _preview(request: SignedIn, holders: HoldersForm) -> dict[str, object]:
    wanted = holders.wanted()
    if not wanted:
        return {"nobody": holders.is_bound and not holders.errors}
    planned = plan_seats(wanted, at=request.at)
    sessions = sum(len(one.slots) for one in planned)
    sent = {name: value for name, value in holders.data.items() if value}
    publish = PublishSeatsForm(sent, shown=digest(planned), sessions=sessions)
    return {
        "lines": lines(planned, holders.rows),
        "sessions": sessions,
        "publish": publish if sessions else None,
    }


def _publish(request: SignedIn, form: AheadForm, holders: HoldersForm) -> HttpResponse:
    wanted, shown = holders.wanted(), request.POST.get("shown", "")
    for one in wanted:
        check_publish(request.viewer, one.host.pk, frozenset({one.area}))
    back = f"{reverse('coverage_ahead')}?{urlencode(form.sent())}"

    def perform() -> list[Planned]:
        return publish_seats(wanted, shown=shown, by=request.user, at=request.at)

    return send(request, perform, lambda done: Answer(back, published(done)))
