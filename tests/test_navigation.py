"""Every page says where in the navigation it stands: every address of the table of access."""

from supervision.presenters.navigation import navigation
from supervision.queries.viewers import viewer_of
from tests import factories as make
from tests.access import ALL, LETTERS, OPEN, addresses, url
from tests.conftest import TODAY, Cast
from tests.world import make_world
from wellbeing.domain.roles import Role
from wellbeing.models import Person

# Where nothing is marked, and for whom.
NOWHERE = {
    # Before sign-in, from the header, or for machines.
    "account_login": ALL,
    "account_reset_password": ALL,
    "account_reset_password_done": ALL,
    "account_reset_password_from_key": ALL,
    "account_reset_password_from_key_done": ALL,
    "account_logout": ALL,
    "account_change_password": ALL,
    "help_now": ALL,
    "healthz": ALL,
    "readyz": ALL,
    # Outside the staff nobody books, so the list has no link: it is kept for whoever did once.
    "booking_list": "ANSFUD",
    # Outside the staff there is nothing in it, so no link: it is kept for whoever was once.
    "own_record": "ANSFUD",
    # A file of that list.
    "own_calendar": "ANSFUD",
    # A file that programs read; below a lead's own link by its address alone.
    "calendar_feed": "PLMSFUD",
}


def marked(who: Person, path: str) -> list[str]:
    items = navigation(viewer_of(who.pk, TODAY), path)
    return [item.text for item in items if item.current]


def test_every_address_has_one_place_in_the_navigation_or_a_reason_for_none(cast: Cast) -> None:
    world, wrong = make_world(cast), []
    for letter, member in LETTERS.items():
        for name, args, who in addresses(cast, world):
            if who != OPEN and letter not in who:
                continue
            found = marked(getattr(cast, member), url(name, args))
            if len(found) != (0 if letter in NOWHERE.get(name, "") else 1):
                wrong.append((member, name, found))
    assert wrong == []


def test_whoever_is_lead_and_supervisor_finds_pages_under_their_own_link(cast: Cast) -> None:
    make.make_grant(cast.supervisor, Role.LEAD)
    for name, where in (
        ("hours", "Hours"),
        ("hours_publish", "Hours"),
        ("registration", "Registration"),
        ("registrations", "Sessions"),
        ("session_publish", "Diary"),
        ("session_schedule", "Sessions"),
        ("groups", "My people"),
    ):
        assert marked(cast.supervisor, url(name, ())) == [where], name


def test_planted_address_of_nobodys_is_caught(cast: Cast) -> None:
    assert marked(cast.lead, "/no-such-list/") == []
