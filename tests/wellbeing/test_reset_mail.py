"""The message with the link to a new password: where it leads, and what its sending must not tell."""

import re
from threading import Event
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from tests.wellbeing.somebody import a_person
from wellbeing import adapter

# The project's own, which other tests do without: they look at once at what was sent.
SEND_BESIDE = adapter.send_beside
RESET = "/accounts/password/reset/"


@pytest.mark.django_db
def test_the_link_leads_to_the_configured_origin_whatever_host_was_named(
    client: Client, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", ".example"]
    settings.SITE_ORIGIN = "https://wellbeing.cps.example"
    a_person()
    client.post(RESET, {"email": "asha.patel@cps.example"}, headers={"host": "bad.example"})
    (link,) = re.findall(r"https?://\S+", str(mail.outbox[0].body))
    assert link.startswith("https://wellbeing.cps.example/accounts/password/reset/key/")


@pytest.mark.django_db
def test_a_mail_server_that_fails_does_not_tell_that_the_address_is_known(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(message: EmailMessage) -> None:
        raise ConnectionRefusedError("asha.patel@cps.example")

    a_person()
    monkeypatch.setattr(EmailMessage, "send", refuse)
    known = client.post(RESET, {"email": "asha.patel@cps.example"}, follow=True)
    unknown = Client().post(RESET, {"email": "nobody@cps.example"}, follow=True)
    assert (known.status_code, known.content) == (200, unknown.content)
    assert [r.getMessage() for r in caplog.records if r.levelname == "ERROR"] == [
        "A message could not be sent: ConnectionRefusedError"
    ]


@pytest.mark.django_db
def test_the_answer_does_not_wait_for_the_mail_server(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered, sent = Event(), Event()

    def slow(message: EmailMessage) -> None:
        if answered.wait(10):
            sent.set()

    a_person()
    monkeypatch.setattr(adapter, "send_beside", SEND_BESIDE)
    monkeypatch.setattr(EmailMessage, "send", slow)
    client.post(RESET, {"email": "asha.patel@cps.example"})
    answered.set()
    assert sent.wait(10)
