"""Calendar and messages: the words in my calendar, and the addresses that programs read.

A new address is shown once: its secret rides in a cookie of a few minutes from the form to
the page that shows it, for it is stored nowhere but as a hash.
"""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wellbeing.domain.feeds import FeedKind, new_secret, secret_hash
from wellbeing.domain.refusals import Refused
from wellbeing.forms.calendar_mine import (
    MakeAddressForm,
    NewAddressForm,
    PreferencesForm,
    seal,
    unseal,
)
from wellbeing.forms.govuk import ActionForm
from wellbeing.models import CalendarFeed
from wellbeing.operations.feeds import make_feed, renew_feed, revoke_feed
from wellbeing.operations.once import Answer
from wellbeing.operations.preferences import set_preferences
from wellbeing.presenters.calendars import (
    NAMES,
    NewAddress,
    feed_line,
    feed_name,
    new_address,
    schedule_name,
)
from wellbeing.queries.areas import area_by_id, areas_led
from wellbeing.queries.feeds import hosts, live_feeds, own_feed
from wellbeing.queries.wording import preferences_of
from wellbeing.request import SignedIn, posted

from .sending import send

COOKIE = "new-calendar-address"
COOKIE_SECONDS = 300


def calendar_mine(request: SignedIn) -> HttpResponse:
    """What others see of my calendar, whether I am reminded, and my addresses."""
    held = preferences_of(request.viewer.person)
    form = PreferencesForm(
        posted(request),
        default=settings.CALENDAR_WORDING,
        initial={"wording": held.calendar_wording, "wants_reminders": held.wants_reminders},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, form)
        except Refused as refused:
            form.refuse(refused)
    feeds = list(live_feeds(request.viewer.person))
    context = {
        "form": form,
        "new": _just_made(request, feeds),
        "feeds": [feed_line(feed) for feed in feeds],
        "may_make": bool(_calendars(request, feeds)),
    }
    response = render(request, "wellbeing/calendar_mine.html", context)
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=reverse("calendar_mine"), samesite="Strict")
    return response


def _save(request: SignedIn, form: PreferencesForm) -> HttpResponse:
    values = form.cleaned_data
    return send(
        request,
        lambda: set_preferences(
            request.user,
            wording=values["wording"],
            wants_reminders=values["wants_reminders"],
            by=request.user,
            at=request.at,
        ),
        lambda _: Answer(reverse("calendar_mine"), "Saved."),
    )


def calendar_address_make(request: SignedIn) -> HttpResponse:
    """An address for one of my calendars that has none yet."""
    person = request.viewer.person
    calendars = _calendars(request, list(live_feeds(person)))
    if not calendars and request.method != "POST":
        return redirect("calendar_mine")
    # A form that is sent twice names a calendar that has its address by then.
    choices = calendars if request.method != "POST" else _calendars(request, [])
    form = MakeAddressForm(
        posted(request), calendars=choices, person=person, secret=new_secret()
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _make(request, form)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "wellbeing/calendar_address_make.html", {"form": form})


def _make(request: SignedIn, form: MakeAddressForm) -> HttpResponse:
    kind, _, area = form.cleaned_data["calendar"].partition(":")
    secret = form.cleaned_data["offered"]
    named = area_by_id(UUID(area)) if area else None
    response = send(
        request,
        lambda: make_feed(
            request.user,
            FeedKind(kind),
            area=named,
            secret=secret,
            by=request.user,
            at=request.at,
        ),
        lambda _: Answer(reverse("calendar_mine")),
    )
    return _carrying(request, response, secret)


def calendar_address_renew(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The old address stops and a new one takes its place, after asking."""
    feed = _load(request, public_id)
    form = NewAddressForm(posted(request), person=request.viewer.person, secret=new_secret())
    if request.method == "POST" and form.is_valid():
        secret = form.cleaned_data["offered"]
        try:
            response = send(
                request,
                lambda: renew_feed(feed, secret=secret, by=request.user, at=request.at),
                lambda _: Answer(reverse("calendar_mine")),
            )
            return _carrying(request, response, secret)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "name": feed_name(feed)}
    return render(request, "wellbeing/calendar_address_renew.html", context)


def calendar_address_stop(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The address shows nothing from now on, after asking."""
    feed = _load(request, public_id)
    form = ActionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        words = "The address is stopped. Remove it from your calendar program too."
        try:
            return send(
                request,
                lambda: revoke_feed(feed, by=request.user, at=request.at),
                lambda _: Answer(reverse("calendar_mine"), words),
            )
        except Refused as refused:
            form.refuse(refused)
    form.helper.inputs[0].value = "Stop this address"
    context = {"form": form, "name": feed_name(feed)}
    return render(request, "wellbeing/calendar_address_stop.html", context)


def _load(request: SignedIn, public_id: UUID) -> CalendarFeed:
    """Mine, and not stopped; but a form that is sent twice may be about one that is by then."""
    feed = own_feed(request.viewer.person, public_id)
    if feed is None or (feed.revoked_at is not None and request.method != "POST"):
        raise Http404
    return feed


def _calendars(request: SignedIn, feeds: list[CalendarFeed]) -> list[tuple[str, str]]:
    """(value, words) of my calendars that have no address yet."""
    viewer = request.viewer
    mine = [(FeedKind.OWN.value, NAMES[FeedKind.OWN])]
    if viewer.is_supervisor or hosts(viewer.person):
        mine.append((FeedKind.HOSTED.value, NAMES[FeedKind.HOSTED]))
    if viewer.is_national_lead:
        mine.append((f"{FeedKind.SCHEDULE}:", schedule_name("")))
    if viewer.is_lead:
        mine += [
            (f"{FeedKind.SCHEDULE}:{area.public_id}", schedule_name(area.name))
            for area in areas_led(viewer)
        ]
    taken = {(f.kind, f.area.public_id if f.area else None) for f in feeds}
    return [(value, words) for value, words in mine if _parts(value) not in taken]


def _parts(value: str) -> tuple[str, UUID | None]:
    kind, _, area = value.partition(":")
    return kind, UUID(area) if area else None


def _carrying(request: SignedIn, response: HttpResponse, secret: str) -> HttpResponse:
    response.set_cookie(
        COOKIE,
        seal(request.viewer.person, secret),
        max_age=COOKIE_SECONDS,
        path=reverse("calendar_mine"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


def _just_made(request: SignedIn, feeds: list[CalendarFeed]) -> NewAddress | None:
    """The address that a form of mine has just made, while it is live."""
    sealed = request.COOKIES.get(COOKIE, "")
    secret = unseal(request.viewer.person, sealed, COOKIE_SECONDS)
    if secret is None:
        return None
    made = [feed for feed in feeds if feed.token_hash == secret_hash(secret)]
    return new_address(made[0], secret) if made else None
