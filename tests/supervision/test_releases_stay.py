"""A release decided once stays: the same on both engines, and what an Area's lead was told."""

import json
from datetime import date
from hashlib import sha256

import pytest

from supervision.domain import release_content
from supervision.domain.release_content import TOLD
from supervision.models import Release
from supervision.operations import releases
from supervision.operations.releases import release
from supervision.queries.releases import exact
from tests import factories as make
from tests.conftest import NOW, Cast
from tests.supervision.test_releases import ON, asked, staff
from wellbeing.domain.roles import JobRole, Role


def test_areas_and_units_are_decided_in_one_order_on_both_engines(cast: Cast) -> None:
    """Databases put "alpha" before "Beta" or after it; what is withheld must not depend on it."""
    places = [("alpha", "x y"), ("Beta", "xa"), ("Beta", "X b"), ("\u00c4rea", "x")]
    made = {place: make.make_unit(*place) for place in places}
    month = exact(ON).month
    asked = [unit for units in month.areas.values() for unit in units]
    names = {unit.pk: place for place, unit in made.items()}
    assert [names[unit] for unit in asked if unit in names] == sorted(places)


def test_a_release_is_the_same_to_the_byte_on_both_engines(cast: Cast) -> None:
    """Decided count by count: whoever changes how that is done, or the solver, sees it here."""
    for number, place in enumerate(["alpha", "Beta", "Gamma", "\u00c4rea"]):
        for role in JobRole:
            unit = make.make_unit(place, f"{place} unit")
            staff(cast, unit, 3 + number, 5 + 2 * number, job_role=role)
    found = release(ON, at=NOW)
    assert found is not None
    assert Release.objects.get().figures == found.figures
    text = json.dumps(found.figures["strands"], sort_keys=True)
    assert (text.count("suppressed"), sha256(text.encode()).hexdigest()[:16]) == (
        706,
        "936baa94a0d9b21d",
    )


def test_what_an_areas_lead_was_told_stays_when_the_way_of_deciding_changes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(cast, cast.unit, 8, 18)
    staff(cast, cast.elsewhere, 9, 13)
    release(ON, at=NOW)
    before = asked(cast.area_lead)[0]
    assert "suppressed" in before
    monkeypatch.setattr(release_content, "suppress", lambda figures: frozenset())
    assert asked(cast.area_lead)[0] == before
    # Who leads several is decided for when they ask; here both, and nothing is left to find out.
    make.make_grant(cast.area_lead, Role.AREA_LEAD, cast.elsewhere.area)
    assert asked(cast.area_lead)[0] != before


def test_a_release_from_before_that_was_kept_is_decided_when_it_is_asked_for(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(cast, cast.unit, 8, 18)
    staff(cast, cast.elsewhere, 9, 13)
    with monkeypatch.context() as then:
        then.setattr(releases, "told_to_leads", lambda strands, kept: {})
        release(ON, at=NOW)
    given = json.loads(asked(cast.area_lead)[0])
    release(date(2026, 3, 31), at=NOW)
    kept = Release.objects.order_by("-month_end").values_list("counts", flat=True)
    assert [TOLD in counts for counts in kept] == [False, True]
    assert given["total"]["overdue"] == "suppressed"
