"""Calendar and messages: one's own words, and addresses that are shown once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tests import factories as make
from tests.conftest import NOW, Cast, Visitor
from tests.wellbeing.feeds import SECRET, read
from tests.wellbeing.page import Page
from wellbeing.domain.feeds import FeedKind, new_secret
from wellbeing.domain.refusals import Refused
from wellbeing.models import AuditRow, CalendarFeed, FormToken, Person, Preferences
from wellbeing.operations.feeds import make_feed, renew_feed, revoke_feed
from wellbeing.operations.preferences import set_preferences
from wellbeing.queries.wording import wording_of

As = Callable[[Person], Visitor]
OWN = FeedKind.OWN.value


def offered(page: Any) -> str:
    (found,) = [
        i["value"] for i in Page.of(page.content).all("input") if i["name"] == "offered"
    ]
    return found


def shown(visitor: Visitor) -> list[str]:
    """Addresses on the page of one's calendar."""
    page = Page.of(visitor.get("calendar_mine").content)
    return [i["value"] for i in page.all("input") if i.get("id", "").startswith("address-")]


def test_own_words_are_kept_and_counted_only_when_they_change(cast: Cast) -> None:
    person = cast.prosecutor

    def chosen(wording: str, reminders: bool = True) -> tuple[str, int]:
        set_preferences(person, wording=wording, wants_reminders=reminders, by=person, at=NOW)
        found = wording_of(person.pk)
        return found.text, found.sequence

    assert wording_of(person.pk).text == "Protected time"
    assert chosen("") == ("Protected time", 0)
    assert AuditRow.objects.count() == 0
    assert chosen(" Busy\x00\n ") == ("Busy", 1)
    assert chosen("Busy") == ("Busy", 1)
    assert chosen("Busy", reminders=False) == ("Busy", 1)
    assert chosen("") == ("Protected time", 2)
    assert chosen("Busy") == ("Busy", 3)
    rows = AuditRow.objects.order_by("pk").values_list("verb", "about", "details")
    assert [(verb, about) for verb, about, _ in rows] == [("preferences.change", person.pk)] * 4
    assert "Busy" not in str(list(rows))


def test_the_page_shows_what_is_chosen_and_saves_it(cast: Cast, as_: As) -> None:
    me = as_(cast.prosecutor)
    text = Page.of(me.get("calendar_mine").content).text
    for words in ("Protected time", "Outlook", "Google", "Apple", "8 to 24 hours"):
        assert words in text
    answer = me.post("calendar_mine", wording="Gwaith, ŵ", wants_reminders="")
    assert answer.headers["Location"] == reverse("calendar_mine")
    held = Preferences.objects.get(person=cast.prosecutor)
    assert (held.calendar_wording, held.wants_reminders) == ("Gwaith, ŵ", False)
    assert 'value="Gwaith, ŵ"' in me.get("calendar_mine").content.decode()
    long = me.post("calendar_mine", wording="x" * 101)
    assert "must be 100 characters or fewer" in long.content.decode()


def test_an_address_is_shown_once_in_two_forms(cast: Cast, as_: As, settings: Any) -> None:
    settings.SITE_ORIGIN = "https://wellbeing.example"
    me = as_(cast.prosecutor)
    page = me.get("calendar_address_make")
    answer = me.post("calendar_address_make", calendar=OWN, offered=offered(page))
    assert answer.headers["Location"] == reverse("calendar_mine")
    https, webcal = shown(me)
    secret = https.removeprefix("https://wellbeing.example/calendar/").removesuffix(".ics")
    assert webcal == f"webcal://wellbeing.example/calendar/{secret}.ics"
    assert read(secret).status_code == 200
    assert shown(me) == []
    cookie = answer.cookies["new-calendar-address"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True,
        "Strict",
        "/calendar/mine/",
    )
    (row,) = AuditRow.objects.all()
    assert (row.verb, row.about, row.by) == ("feed.make", cast.prosecutor, cast.prosecutor)


def test_a_form_sent_twice_makes_one_address_and_shows_it(cast: Cast, as_: As) -> None:
    me = as_(cast.prosecutor)
    form = {"calendar": OWN, "offered": offered(me.get("calendar_address_make"))}
    for token in ({"form_token": str(uuid4())}, {}):
        for _ in range(2):
            me.post("calendar_address_make", **form, **token)
        assert len(shown(me)) == 2
    assert CalendarFeed.objects.count() == AuditRow.objects.count() == 1
    kept = str([vars(row) for row in FormToken.objects.all()])
    feed = CalendarFeed.objects.get()
    renewal = {"offered": offered(me.get("calendar_address_renew", feed.public_id))}
    for _ in range(2):
        me.post("calendar_address_renew", feed.public_id, **renewal)
    (https, _) = shown(me)
    assert https.rpartition("/")[2].removesuffix(".ics") not in kept
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 1
    assert read(https.rpartition("/")[2].removesuffix(".ics")).status_code == 200


def test_a_secret_that_the_page_did_not_offer_is_refused(cast: Cast, as_: As) -> None:
    of_another = offered(as_(cast.paralegal).get("calendar_address_make"))
    me = as_(cast.prosecutor)
    for given in ("weak", of_another, ""):
        answer = me.post("calendar_address_make", calendar=OWN, offered=given)
        assert answer.status_code == 200
        assert "open it again" in answer.content.decode()
    assert CalendarFeed.objects.count() == 0


def test_a_page_open_for_a_day_offers_nothing_any_more(
    cast: Cast, as_: As, clock: Callable[..., None]
) -> None:
    me = as_(cast.prosecutor)
    stale = offered(me.get("calendar_address_make"))
    clock(NOW + timedelta(hours=25))
    me = as_(cast.prosecutor)
    answer = me.post("calendar_address_make", calendar=OWN, offered=stale)
    assert "open too long" in answer.content.decode()


# who -> the calendars they can have an address of
CHOICES = [
    ("prosecutor", ["My own bookings"]),
    ("supervisor", ["My own bookings", "What I host"]),
    ("area_lead", ["My own bookings", "Schedule of West"]),
    (
        "lead",
        [
            "My own bookings",
            "Schedule of every Area",
            "Schedule of East",
            "Schedule of West",
        ],
    ),
]


@pytest.mark.parametrize(("who", "calendars"), CHOICES)
def test_each_is_offered_their_own_calendars(
    cast: Cast, as_: As, who: str, calendars: list[str]
) -> None:
    page = as_(getattr(cast, who)).get("calendar_address_make")
    assert [words for _, words in page.context["form"].fields["calendar"].choices] == calendars


def test_nobody_makes_the_address_of_anothers_calendar(cast: Cast, as_: As) -> None:
    me = as_(cast.area_lead)
    page = me.get("calendar_address_make")
    for calendar in ("hosted", "schedule:", f"schedule:{cast.elsewhere.area.public_id}", "x:y"):
        answer = me.post("calendar_address_make", calendar=calendar, offered=offered(page))
        assert "Select one of the choices listed" in answer.content.decode()
    assert CalendarFeed.objects.count() == 0


def test_renewing_stops_the_old_address_and_stopping_leaves_none(cast: Cast, as_: As) -> None:
    old = make.make_feed(cast.area_lead, SECRET, FeedKind.SCHEDULE, area=cast.area)
    me = as_(cast.area_lead)
    page = me.get("calendar_address_renew", old.public_id)
    assert "Schedule of West" in Page.of(page.content).text
    me.post("calendar_address_renew", old.public_id, offered=offered(page))
    https, _ = shown(me)
    new = CalendarFeed.objects.get(revoked_at=None)
    assert (new.kind, new.area) == (FeedKind.SCHEDULE, cast.area)
    old.refresh_from_db()
    assert (old.revoked_at, old.revoked_by) == (NOW, cast.area_lead)
    secret = https.rpartition("/")[2].removesuffix(".ics")
    assert (read().status_code, read(secret).status_code) == (404, 200)
    assert me.get("calendar_address_stop", old.public_id).status_code == 404
    me.post("calendar_address_stop", new.public_id)
    assert read(secret).status_code == 404
    verbs = AuditRow.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["feed.renew", "feed.revoke"]


def test_anothers_address_is_not_there(cast: Cast, as_: As) -> None:
    feed = make.make_feed(cast.prosecutor, SECRET)
    for who in (cast.paralegal, cast.manager, cast.lead, cast.admin):
        for name in ("calendar_address_renew", "calendar_address_stop"):
            assert as_(who).post(name, feed.public_id).status_code == 404
    assert read().status_code == 200


@pytest.mark.parametrize("area", [False, True])
def test_a_calendar_has_one_live_address(cast: Cast, area: bool) -> None:
    who = cast.lead

    def made() -> CalendarFeed:
        named = cast.area if area else None
        return make_feed(
            who, FeedKind.SCHEDULE, area=named, secret=new_secret(), by=who, at=NOW
        )

    feed = made()
    with pytest.raises(Refused, match="has an address already"):
        made()
    revoke_feed(feed, by=who, at=NOW)
    made()
    with pytest.raises(Refused, match="stopped already"):
        renew_feed(feed, secret=new_secret(), by=who, at=NOW)
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 1
