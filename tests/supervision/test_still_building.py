"""While very many people's cover is to be built no page works them out: it says so, and a command waits."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command

from supervision.queries.stale import StillBuilding, at_most, stale_people
from tests import factories as make
from tests.conftest import Cast, Visitor
from wellbeing.models import Person

As = Callable[[Person], Visitor]
# Addresses that read the cover of a whole part of the service.
WHOLE = (
    "coverage",
    "coverage_uptake",
    "coverage_court",
    "coverage_gaps",
    "coverage_never_seen",
    "coverage_equity",
    "coverage_list",
    "coverage_forecast",
    "lead_today",
    "coverage_ahead",
)


@pytest.fixture
def few(settings: pytest.FixtureRequest) -> None:
    settings.COVER_STALE_AT_MOST = 2  # type: ignore[attr-defined]
    settings.COVER_BUILT_A_MINUTE = 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", WHOLE)
def test_a_page_says_so_until_the_worker_has_been_round(
    cast: Cast, as_: As, few: None, name: str
) -> None:
    make.build_cover()
    make.mark_stale(cast.prosecutor, cast.paralegal)
    visitor = as_(cast.lead)
    query = {"measure": "overdue"} if name == "coverage_list" else {}
    assert visitor.get(name, **query).status_code == 200
    make.mark_stale(cast.manager)
    page = visitor.get(name, **query)
    assert (page.status_code, page["Retry-After"]) == (503, "30")
    text = page.content.decode()
    assert "decides the cover of 3 people" in text
    assert "This takes about 2 minutes" in text
    assert f'href="{page.wsgi_request.get_full_path()}">Try again' in text.replace("&amp;", "&")
    make.build_cover()
    assert visitor.get(name, **query).status_code == 200


def test_ones_own_pages_and_a_team_are_there_all_the_while(
    cast: Cast, as_: As, few: None
) -> None:
    make.mark_stale(cast.prosecutor, cast.paralegal, cast.manager)
    make.make_staff("One more", cast.elsewhere)
    assert len(stale_people()) > 2
    assert as_(cast.prosecutor).get("home").status_code == 200
    assert as_(cast.manager).get("team").status_code == 200


def test_a_command_works_them_out(cast: Cast, few: None) -> None:
    make.mark_stale(cast.prosecutor, cast.paralegal, cast.manager)
    out = StringIO()
    call_command("coverage", "--strand", "supervision", "--on", "2026-05-12", stdout=out)
    assert out.getvalue().splitlines()[-1].split()[:2] == ["Prosecutors", "1"]


def test_the_limit_ends_with_what_it_was_set_for(cast: Cast) -> None:
    make.mark_stale(cast.prosecutor, cast.paralegal)
    with at_most(1), pytest.raises(StillBuilding) as told:
        stale_people()
    assert told.value.number >= 2
    with at_most(1):
        assert stale_people([cast.prosecutor.pk]) == {cast.prosecutor.pk}
    assert len(stale_people()) >= 2
