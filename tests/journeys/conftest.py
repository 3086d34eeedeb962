"""A real browser on the live server; found, or skipped with one loud line (never with CI=true)."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import Cast
from wellbeing.models import Person

from .browser import HOW, browser_path

# Django asks whether an event loop runs; playwright's does, and touches no database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browser_path()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HOW)
        pytest.skip(HOW)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Visit:
    """A person at a browser: pages by address, and what the console complained of."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> "Visit":
        answer = self.page.goto(self.origin + path)
        assert answer is None or answer.status < 400, f"{path}: {answer.status}"
        return self

    def click(self, text: str, *, role: Any = "link") -> "Visit":
        self.page.get_by_role(role, name=text).first.click()
        self.page.wait_for_load_state()
        return self

    def press(self, text: str) -> "Visit":
        return self.click(text, role="button")

    def sees(self, text: str) -> "Visit":
        self.page.get_by_text(text).first.wait_for(timeout=5000)
        return self

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()


@pytest.fixture
def visit(
    browser: Browser, live_server: Any, cast: Cast, settings: Any
) -> Iterator[Callable[..., Visit]]:
    """`visit(cast.manager)`: signed in through the test client's own session."""
    settings.SITE_ORIGIN = live_server.url
    contexts = []

    def sign_in(person: Person | None, *, width: int = 1280, scripts: bool = True) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        context.set_default_timeout(8000)
        if person is not None:
            client = Client()
            client.force_login(person)
            cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
        page = context.new_page()
        visit = Visit(page, live_server.url)
        page.on(
            "console",
            lambda m: visit.complaints.append(m.text) if m.type == "error" else None,
        )
        page.on("pageerror", lambda e: visit.complaints.append(str(e)))
        return visit

    yield sign_in
    for context in contexts:
        context.close()
