"""Every answer bears the headers that browsers heed: files, redirects, errors, downloads too."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.conftest import Cast, Visitor
from wellbeing.models import Person

EVERYWHERE = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Address and status, for whoever is not signed in.
ANYBODY = [
    ("/accounts/login/", 200),
    ("/accounts/password/reset/key/1-x/", 200),
    ("/help-now/", 200),
    ("/healthz", 200),
    ("/readyz", 200),
    ("/", 302),
    ("/people", 301),
    ("/nothing/", 404),
    ("/static/nothing.css", 404),
    ("/static/sheet.css", 200),
]


@pytest.fixture
def a_static_file(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "sheet.css").write_text("p {}")
    settings.STATIC_ROOT = tmp_path


def check(answer: Any) -> None:
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.django_db
@pytest.mark.usefixtures("a_static_file")
@pytest.mark.parametrize(("address", "status"), ANYBODY)
def test_whoever_is_not_signed_in(address: str, status: int) -> None:
    answer = Client().get(address)
    assert answer.status_code == status
    check(answer)


def test_a_download_a_refusal_and_a_fault(
    cast: Cast, as_: Callable[[Person], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = as_(cast.admin)
    visitor.client.raise_request_exception = False
    monkeypatch.setattr("wellbeing.views.bookings.own_bookings", lambda *_, **__: 1 / 0)
    answers = {
        200: visitor.get("own_calendar"),
        403: visitor.get("absence_add", cast.prosecutor.public_id),
        404: visitor.get("person", cast.area.public_id),
        405: visitor.client.put("/accounts/logout/"),
        500: visitor.get("booking_list"),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        check(answer)
        if status != 405:
            assert answer.headers["Cache-Control"] == "private, no-store", status


def test_a_host_that_is_not_ours_and_a_redirect_to_https(settings: Any) -> None:
    answer = Client(raise_request_exception=False).get("/", HTTP_HOST="other.example")
    assert answer.status_code == 400
    check(answer)
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://testserver/")
    check(answer)
