"""Every address of the access table in a real browser: axe, the console, 320 pixels, no scripts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import factories as make
from tests.access import ALL, LETTERS, OPEN, addresses, url
from tests.agreements import make_agreement, make_group
from tests.conftest import NOW, TODAY, Cast
from tests.world import make_world
from wellbeing.models import Person

from .conftest import Visit

pytestmark = [
    pytest.mark.journey,
    pytest.mark.xdist_group("journeys"),
    pytest.mark.django_db(transaction=True),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FILES = {
    "own_calendar",
    "calendar_feed",
    "hours_given_file",
    "supervisors_hours_file",
    "sample_file",
    "coverage_file",
    "coverage_area_file",
    "coverage_unit_file",
    "people_file",
    "area_people_file",
    "unit_people_file",
    "offers_file",
    "uptake_file",
    "bookings_file",
    "court_file",
    "gaps_file",
    "gaps_people_file",
    "never_seen_file",
    "never_seen_people_file",
    "list_people_file",
    "equity_file",
}
PAGELESS = {"healthz", "readyz"} | FILES


def test_every_page_is_accessible_and_fits(cast: Cast, visit: Callable[..., Visit]) -> None:
    world = make_world(cast)
    visits = {letter: visit(getattr(cast, m)) for letter, m in LETTERS.items()}
    anonymous, axe = visit(None), Axe()
    wrong: list[str] = []
    for name, args, who in addresses(cast, world):
        if name in PAGELESS or not who:
            continue
        at = anonymous if who == OPEN else visits[who[0] if who != ALL else "P"]
        at.open(url(name, args))
        found = axe.run(at.page, options={"runOnly": {"type": "tag", "values": TAGS}})
        wrong += [
            f"{name}: {v['id']} at {[n['target'] for n in v['nodes']][:3]}"
            for v in found.response["violations"]
        ]
        at.page.set_viewport_size({"width": 320, "height": 800})
        if at.page.evaluate("document.documentElement.scrollWidth") > 320:
            wrong.append(f"{name}: wider than 320 pixels")
        at.page.set_viewport_size({"width": 1280, "height": 900})
        wrong += [f"{name}: {c}" for c in at.complaints]
        at.complaints.clear()
    assert wrong == []


def test_long_names_widen_no_page(cast: Cast, visit: Callable[..., Visit]) -> None:
    long = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft"
    Person.objects.filter(pk__in=[cast.prosecutor.pk, cast.supervisor.pk]).update(name=long)
    event = make.make_event(cast.supervisor, TODAY + timedelta(days=1), capacity=4)
    booking = make.make_booking(event, cast.prosecutor)
    person = f"/people/{cast.prosecutor.public_id}/"
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - timedelta(days=9))
    make_agreement(cast.prosecutor, cast.supervisor, is_signed=True, review_on=TODAY)
    group = make_group(cast.supervisor, cast.area, cast.prosecutor, name=long)
    own = f"/groups/{group.public_id}/"
    pages = {
        cast.prosecutor: [
            "/", "/record/", "/bookings/", f"/bookings/{booking.public_id}/", "/supervisor/",
        ],
        cast.paralegal: ["/supervisor/choose/", "/supervisor/not-this-person/"],
        cast.supervisor: [
            "/", "/diary/", f"/sessions/{event.public_id}/register/", "/my-people/", own,
        ],
        cast.manager: ["/team/", person, person + "check-ins/add/", person + "absences/add/"],
        cast.lead: ["/people/", "/sessions/published/", f"/sessions/{event.public_id}/"],
        cast.area_lead: ["/agreements/", "/groups/", own, person + "why/"],
    }  # fmt: skip
    wide = []
    for who, paths in pages.items():
        at = visit(who, width=320)
        for address in paths:
            at.open(address)
            if at.page.evaluate("document.documentElement.scrollWidth") > 320:
                wide.append(address)
    assert wide == []


def test_what_is_printed(cast: Cast, visit: Callable[..., Visit]) -> None:
    """Nothing private lies on a printer, no button or step does, and a signature says whose it is."""
    world = make_world(cast)
    world.agreement.signed_at, world.agreement.signed_by = NOW, cast.prosecutor
    world.agreement.save()
    me, host = visit(cast.prosecutor), visit(cast.supervisor)
    for at in (me, host):
        at.page.emulate_media(media="print")
    own = me.open("/supervisor/").page.inner_text("body")
    assert cast.supervisor.name in own
    for words in ("rather not see", "You have named", "End the agreement", "Leave"):
        assert words not in own
    me.open("/supervisor/agreement/").sees(f"Signed by {cast.prosecutor.name}.")
    group = host.open(f"/groups/{world.group.public_id}/").page.inner_text("body")
    assert cast.prosecutor.name in group
    for words in ("Remove", "Withdraw", "Close this group", "Invite somebody"):
        assert words not in group
    people = host.open("/my-people/").page.inner_text("body")
    assert "Decline" not in people


def test_declining_is_in_sight_on_a_small_screen(
    cast: Cast, visit: Callable[..., Visit]
) -> None:
    make_agreement(cast.prosecutor, cast.supervisor)
    at = visit(cast.supervisor, width=320).open("/my-people/")
    box = at.page.get_by_role("link", name="Decline").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 320


def test_axe_would_find_a_fault(cast: Cast, visit: Callable[..., Visit]) -> None:
    at = visit(None).open("/help-now/")
    at.page.evaluate("document.querySelector('main').innerHTML += '<img src=\"/x.svg\">'")
    found = Axe().run(at.page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert [v["id"] for v in found.response["violations"]] == ["image-alt"]
