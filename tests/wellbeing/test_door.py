"""The door: signing in, setting a password, Help now, and what is said when things go wrong."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse

from tests.wellbeing.page import Page
from tests.wellbeing.somebody import PASSWORD, a_person
from wellbeing import settings as project_settings
from wellbeing.models import Person

SIGN_IN = "/accounts/login/"
RESET = "/accounts/password/reset/"


@pytest.fixture
def limits(settings: Any) -> None:
    """The project's own limits, which other tests do without; the cache outlives a test."""
    settings.ACCOUNT_RATE_LIMITS = project_settings.ACCOUNT_RATE_LIMITS
    cache.clear()


def sign_in(client: Client, email: str, password: str) -> Any:
    return client.post(SIGN_IN, {"login": email, "password": password})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.django_db
def test_sign_in_has_two_boxes_help_now_and_no_sign_up(client: Client) -> None:
    response = client.get(SIGN_IN)
    page = Page.of(response.content)
    boxes = [a for a in page.all("input") if a["type"] != "hidden"]
    assert [(a["name"], a["type"], a["autocomplete"]) for a in boxes] == [
        ("login", "email", "email"),
        ("password", "password", "current-password"),
    ]
    hrefs = [a["href"] for a in page.all("a")]
    assert hrefs.count("/help-now/") == 1
    assert [href for href in hrefs if "sign" in href] == []
    assert "Work email address" in page.texts
    assert "Sign out" not in page.texts


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["asha.patel@cps.example", " Asha.Patel@CPS.example "])
def test_the_address_is_read_without_case(client: Client, typed: str) -> None:
    a_person(password=PASSWORD)
    response = sign_in(client, typed, PASSWORD)
    assert (response.status_code, response.headers["Location"]) == (302, reverse("home"))
    assert signed_in(client)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("asha.patel@cps.example", "another password"),
        ("nobody@cps.example", PASSWORD),
        ("left@cps.example", PASSWORD),
        ("new@cps.example", PASSWORD),
    ],
)
def test_a_wrong_pair_is_refused_in_one_sentence_whoever_it_is(
    client: Client, email: str, password: str
) -> None:
    a_person(password=PASSWORD)
    a_person("left@cps.example", password=PASSWORD, is_active=False)
    a_person("new@cps.example")
    response = sign_in(client, email, password)
    html = response.content.decode()
    assert "<title>Error: Sign in – RASSO wellbeing and supervision</title>" in html
    page = Page.of(html)
    assert page.texts.count("The email address or the password is not right") == 2
    assert [a["href"] for a in page.all("a") if a["href"].startswith("#id")] == ["#id_login"]
    assert page.by_id("id_login")["value"] == email
    assert "value" not in page.by_id("id_password")
    assert not signed_in(client)


@pytest.mark.django_db
def test_a_closed_account_is_signed_out_at_once(client: Client) -> None:
    person = a_person(password=PASSWORD)
    sign_in(client, person.email, PASSWORD)
    assert client.get("/accounts/password/change/").status_code == 200
    Person.objects.filter(pk=person.pk).update(is_active=False)
    response = client.get("/accounts/password/change/")
    assert response.headers["Location"] == f"{SIGN_IN}?next=/accounts/password/change/"


@pytest.mark.django_db
def test_an_empty_sign_in_says_what_to_enter(client: Client) -> None:
    page = Page.of(sign_in(client, "", "").content)
    links = [a["href"] for a in page.all("a") if a["href"].startswith("#id")]
    assert links == ["#id_login", "#id_password"]
    assert "Enter your work email address" in page.texts
    assert "Enter your password" in page.texts


@pytest.mark.django_db
@pytest.mark.usefixtures("limits")
def test_five_wrong_passwords_close_the_door_for_a_while(client: Client) -> None:
    a_person("tried@cps.example", password=PASSWORD)
    for _ in range(5):
        sign_in(client, "tried@cps.example", "wrong")
    page = Page.of(sign_in(client, "tried@cps.example", PASSWORD).content)
    assert "There were too many tries. Wait 5 minutes and try again" in page.texts
    assert not signed_in(client)


@pytest.mark.django_db
@pytest.mark.usefixtures("limits")
def test_asking_for_links_without_end_is_refused_with_a_page(client: Client) -> None:
    a_person()
    for _ in range(5):
        client.post(RESET, {"email": "asha.patel@cps.example"})
    response = client.post(RESET, {"email": "asha.patel@cps.example"})
    assert (response.status_code, len(mail.outbox)) == (429, 5)
    assert "Too many tries" in Page.of(response.content).texts


@pytest.mark.django_db
def test_the_next_page_is_kept_when_it_is_ours(client: Client) -> None:
    a_person(password=PASSWORD)
    page = Page.of(client.get(f"{SIGN_IN}?next=/help-now/").content)
    (kept,) = [a["value"] for a in page.all("input") if a.get("name") == "next"]
    data = {"login": "asha.patel@cps.example", "password": PASSWORD}
    assert client.post(SIGN_IN, {**data, "next": kept}).headers["Location"] == "/help-now/"
    client.logout()
    elsewhere = client.post(SIGN_IN, {**data, "next": "https://elsewhere.example/"})
    assert elsewhere.headers["Location"] == reverse("home")


@pytest.mark.django_db
def test_nobody_signs_themself_up(client: Client) -> None:
    data = {"email": "me@cps.example", "password1": PASSWORD, "password2": PASSWORD}
    before = Person.objects.count()
    assert client.post("/accounts/signup/", data).status_code == 404
    assert Person.objects.count() == before


def test_no_other_address_of_allauth_is_there() -> None:
    found = [name for name in get_resolver().reverse_dict if str(name).startswith("account")]
    assert sorted(found) == [
        "account_change_password",
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_set_password",
    ]


@pytest.mark.django_db
def test_signing_out_takes_a_button(client: Client) -> None:
    client.force_login(a_person(password=PASSWORD))
    assert "Do you want to sign out?" in Page.of(client.get("/accounts/logout/").content).texts
    assert signed_in(client)
    response = client.post("/accounts/logout/", follow=True)
    assert not signed_in(client)
    assert "You have signed out." in Page.of(response.content).texts


def the_link() -> str:
    """The path in the one message sent."""
    (message,) = mail.outbox
    (path,) = re.findall(r"https?://[^/]+(/\S+)", str(message.body))
    return str(path)


@pytest.mark.django_db
def test_somebody_new_sets_a_password_through_the_link(client: Client) -> None:
    person = a_person()
    assert not person.has_usable_password()
    asked = client.post(RESET, {"email": "Asha.Patel@cps.example"}, follow=True)
    assert "Check your email" in Page.of(asked.content).texts
    assert mail.outbox[0].to == ["asha.patel@cps.example"]
    assert mail.outbox[0].subject == "RASSO wellbeing: Set your password"
    form = client.get(the_link(), follow=True)
    data = {"password1": PASSWORD, "password2": PASSWORD}
    done = client.post(form.redirect_chain[-1][0], data, follow=True)
    assert "Your password is set" in Page.of(done.content).texts
    assert not signed_in(client)
    sign_in(client, person.email, PASSWORD)
    assert signed_in(client)


@pytest.mark.django_db
def test_the_link_works_once(client: Client) -> None:
    a_person()
    client.post(RESET, {"email": "asha.patel@cps.example"})
    path = the_link()
    form = client.get(path, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    again = Page.of(Client().get(path).content)
    assert "This link has been used or is too old" in again.texts
    assert [a["href"] for a in again.all("a") if "reset" in a["href"]] == [RESET]


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["nobody@cps.example", "left@cps.example"])
def test_the_answer_never_tells_whether_the_address_is_known(
    client: Client, email: str
) -> None:
    a_person("left@cps.example", is_active=False)
    a_person()
    known = client.post(RESET, {"email": "asha.patel@cps.example"}, follow=True)
    assert len(mail.outbox) == 1
    unknown = Client().post(RESET, {"email": email}, follow=True)
    assert unknown.content == known.content
    assert len(mail.outbox) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("", "", {"#id_password1": "Enter a new password", "#id_password2": "Enter the new password again"}),
        ("short", "short", {"#id_password1": "Password must be 12 characters or more"}),
        ("q1w2e3r4t5y6", "q1w2e3r4t5y6", {"#id_password1": "Choose a password that is harder to guess"}),
        ("asha.patel@cps", "asha.patel@cps", {"#id_password1": "Choose a password that is not like your name or email address"}),
        (PASSWORD, PASSWORD + "s", {"#id_password2": "The two passwords must be the same"}),
    ],
)  # fmt: skip
def test_a_new_password_is_refused_in_plain_words(
    client: Client, first: str, again: str, said: dict[str, str]
) -> None:
    a_person()
    client.post(RESET, {"email": "asha.patel@cps.example"})
    form = client.get(the_link(), follow=True).redirect_chain[-1][0]
    page = Page.of(client.post(form, {"password1": first, "password2": again}).content)
    links = [a["href"] for a in page.all("a") if a["href"].startswith("#id")]
    assert links == list(said)
    assert [text for text in said.values() if page.texts.count(text) != 2] == []


@pytest.mark.django_db
def test_a_password_is_changed_by_who_knows_the_present_one(client: Client) -> None:
    person = a_person(password=PASSWORD)
    client.force_login(person)
    new = "four other words here"
    data = {"oldpassword": "wrong", "password1": new, "password2": new}
    refused = Page.of(client.post("/accounts/password/change/", data).content)
    assert "That is not your current password" in refused.texts
    response = client.post("/accounts/password/change/", {**data, "oldpassword": PASSWORD})
    assert response.headers["Location"] == reverse("home")
    person.refresh_from_db()
    assert person.check_password(new)
