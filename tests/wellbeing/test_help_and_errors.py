"""Help now, and what is said when things go wrong."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.wellbeing.page import Page
from tests.wellbeing.somebody import PASSWORD, a_person
from wellbeing.domain.refusals import Busy, NotAllowed
from wellbeing.middleware import Refusals
from wellbeing.models import Person
from wellbeing.views import errors

SIGN_IN = "/accounts/login/"


@pytest.mark.django_db
def test_help_now_is_the_same_page_for_everybody(client: Client) -> None:
    stranger = Client().get("/help-now/")
    client.force_login(a_person(password=PASSWORD))
    assert client.get("/help-now/").content == stranger.content
    assert "999" in Page.of(stranger.content).texts


@pytest.mark.django_db
def test_help_now_records_nothing_and_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(a_person(password=PASSWORD))
    before = list(Session.objects.values_list("session_key", "session_data", "expire_date"))
    assert len(before) == 1
    with django_assert_num_queries(0):
        response = client.get("/help-now/")
    assert response.status_code == 200
    assert response.cookies.output() == ""
    assert "Cookie" not in response.headers.get("Vary", "")
    assert (
        list(Session.objects.values_list("session_key", "session_data", "expire_date"))
        == before
    )


@pytest.mark.django_db
def test_help_now_keeps_a_banner_for_the_page_it_is_meant_for(client: Client) -> None:
    client.force_login(a_person(password=PASSWORD))
    client.post("/accounts/logout/")
    assert "You have signed out." not in Page.of(client.get("/help-now/").content).texts
    assert "You have signed out." in Page.of(client.get(SIGN_IN).content).texts


@pytest.mark.django_db
def test_a_page_that_is_not_there_shows_a_way_on(client: Client) -> None:
    response = client.get("/not-there/")
    page = Page.of(response.content)
    assert response.status_code == 404
    assert "Page not found" in page.texts
    assert {"/", "/help-now/"} <= {a["href"] for a in page.all("a")}


@pytest.mark.django_db
def test_a_form_from_another_session_does_nothing_and_says_so() -> None:
    a_person(password=PASSWORD)
    client = Client(enforce_csrf_checks=True)
    response = client.post(SIGN_IN, {"login": "asha.patel@cps.example", "password": PASSWORD})
    assert response.status_code == 403
    said = "This page was open for too long. Go back, reload it and try again."
    assert said in Page.of(response.content).texts
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_fault_shows_a_page_that_asks_the_database_nothing(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("the database is gone")

    client.force_login(a_person(password=PASSWORD))
    client.raise_request_exception = False
    monkeypatch.setattr("wellbeing.views.help_now.render_to_string", broken)
    with connection.execute_wrapper(broken):
        response = client.get("/help-now/")
    assert response.status_code == 500
    assert "Sorry, something went wrong" in Page.of(response.content).texts


def test_a_fault_in_the_page_for_faults_still_says_something(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    monkeypatch.setattr(errors, "render_to_string", lambda name: 1 / 0)
    response = errors.server_error(rf.get("/"))
    assert (response.status_code, response.content.decode()) == (500, errors.LAST_RESORT)


def test_being_busy_is_said_with_when_to_try_again(rf: RequestFactory) -> None:
    response = Refusals(lambda request: None).process_exception(rf.get("/"), Busy())  # type: ignore[arg-type,return-value]
    assert response is not None
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Sorry, the service is busy" in Page.of(response.content).texts


def test_what_is_not_allowed_is_said_in_its_own_sentence(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/")
    refused = NotAllowed("Only the host can change this session.")
    response = Refusals(lambda request: None).process_exception(request, refused)  # type: ignore[arg-type,return-value]
    assert response is not None
    assert response.status_code == 403
    assert "Only the host can change this session." in Page.of(response.content).texts


@pytest.mark.django_db
def test_the_name_in_the_header_is_escaped(client: Client) -> None:
    person = a_person(password=PASSWORD)
    Person.objects.filter(pk=person.pk).update(name="<b>Asha</b> O’Neill")
    client.force_login(person)
    page = Page.of(client.get("/accounts/logout/").content)
    assert "<b>Asha</b> O’Neill" in page.texts
