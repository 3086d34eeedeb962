"""Every address of the access table in a real browser: axe, the console, 320 pixels, no scripts."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.access import ALL, LETTERS, OPEN, addresses, make_world, url
from tests.conftest import Cast

from .conftest import Visit

pytestmark = [
    pytest.mark.journey,
    pytest.mark.xdist_group("journeys"),
    pytest.mark.django_db(transaction=True),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGELESS = {"healthz", "readyz", "own_calendar"}


def test_every_page_is_accessible_and_fits(cast: Cast, visit: Callable[..., Visit]) -> None:
    world = make_world(cast)
    visits = {letter: visit(getattr(cast, m)) for letter, m in LETTERS.items()}
    anonymous, axe = visit(None), Axe()
    wrong: list[str] = []
    for name, args, who in addresses(cast, world):
        if name in PAGELESS:
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


def test_axe_would_find_a_fault(cast: Cast, visit: Callable[..., Visit]) -> None:
    at = visit(None).open("/help-now/")
    at.page.evaluate("document.querySelector('main').innerHTML += '<img src=\"/x.svg\">'")
    found = Axe().run(at.page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert [v["id"] for v in found.response["violations"]] == ["image-alt"]
