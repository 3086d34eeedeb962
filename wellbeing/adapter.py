"""allauth's hooks: nobody signs themself up, and what it says to people is said in our words."""

import logging
import smtplib
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.shortcuts import resolve_url

# By the code of Django's validators; a code that is not here keeps Django's sentence.
PASSWORD_FAULTS = {
    "password_too_short": "Password must be 12 characters or more",
    "password_too_common": "Choose a password that is harder to guess",
    "password_too_similar": "Choose a password that is not like your name or email address",
}


log = logging.getLogger(__name__)


def send_beside(message: EmailMessage) -> None:
    """Sends in a thread of its own, so that the answer does not wait."""
    Thread(target=send, args=[message]).start()


def send(message: EmailMessage) -> None:
    """Sends; a mail server that fails is told to the log, without the address."""
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        log.error("A message could not be sent: %s", type(error).__name__)


class ClosedAdapter(DefaultAccountAdapter):
    """Closes public sign-up; refusals are instructions without a full stop."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is not right",
        "enter_current_password": "That is not your current password",
        "too_many_login_attempts": "There were too many tries. Wait 5 minutes and try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """False: people come from imports and grants."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Home, not the form again."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the message, from the configured origin.

        allauth would take the host that whoever asks names, and send somebody else a link
        to it with their key inside.
        """
        address = urlsplit(super().get_reset_password_from_key_url(key))
        return settings.SITE_ORIGIN + address.path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Writes the message now, and sends it beside the request.

        Only a known address is written to: waiting for the mail server, or failing with
        it, would tell whoever asks that the address is known.
        """
        send_beside(self.render_mail(template_prefix, email, {"email": email, **context}))

    def clean_password(self, password: str, user: Any = None) -> str:
        """The password, if it is good enough. ValidationError: the first reason why not."""
        for validator in get_default_password_validators():
            try:
                validator.validate(password, user)
            except ValidationError as fault:
                sentence = PASSWORD_FAULTS.get(fault.code or "", fault.messages[0])
                raise ValidationError(sentence, code=fault.code) from fault
        return password
