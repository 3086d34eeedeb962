"""An invitation as an e-mail that Outlook, Google and Apple show as one (RFC 6047 §2).

multipart/mixed of (multipart/alternative of text, HTML and, last, text/calendar: that part
makes clients show the event) and the same bytes as `invite.ics`. Both are base64, so that
no relay changes line ends or UTF-8. Nothing here asks the database or the network.
"""

from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage as Letter
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from wellbeing.domain.invitations import Invitation

FILE = "invite.ics"


def service_mailbox() -> str:
    """The bare address that mail comes from: also the ORGANIZER, to which clients answer."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def invitation_mail(
    invitation: Invitation,
    *,
    to: str,
    subject: str,
    text: str,
    html: str,
    message_id: str,
    sent_at: datetime,
    connection: BaseEmailBackend | None = None,
) -> EmailMessage:
    """The e-mail, for `.send()`: to one recipient, who alone is named in it.

    `to`: a bare address. `message_id`: `<…@…>`, the same whenever this message is sent
    again. ValueError: a line break in any of them, or an id or address of another form.
    """
    return _Ready(
        _letter(invitation, to, subject, text, html, message_id, sent_at), to, connection
    )


class _Ready(EmailMessage):
    """A message that is made already, for any of Django's backends."""

    def __init__(self, letter: Letter, to: str, connection: BaseEmailBackend | None) -> None:
        super().__init__(
            subject=str(letter["Subject"]),
            to=[to],
            from_email=settings.DEFAULT_FROM_EMAIL,
            headers={"Message-ID": str(letter["Message-ID"])},
            connection=connection,
        )
        self.letter = letter

    def message(self, **_: Any) -> Any:
        return self.letter


class _Policy(EmailPolicy):
    """Folds a subject by the older `Header`: Python's newer way loses blanks between words."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name != "Subject":
            return super().fold_binary(name, value)
        charset = "us-ascii" if value.isascii() and "=?" not in value else "utf-8"
        folded = Header(str(value), charset, header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}".encode("ascii")


class _Letter(Letter):
    """Whatever line ends a backend asks for, CRLF is what the wire has (RFC 5322 §2.1)."""

    def as_bytes(self, unixfrom: bool = False, policy: Any = None, linesep: str = "") -> bytes:
        return super().as_bytes(unixfrom=unixfrom)


def _letter(
    invitation: Invitation,
    to: str,
    subject: str,
    text: str,
    html: str,
    message_id: str,
    sent_at: datetime,
) -> Letter:
    letter = _Letter(_Policy(linesep="\r\n"))
    letter["From"] = _mailbox(*parseaddr(settings.DEFAULT_FROM_EMAIL))
    letter["To"] = _mailbox("", to)
    letter["Subject"] = subject
    letter["Date"] = format_datetime(sent_at)
    letter["Message-ID"] = _checked_id(message_id)
    # Nobody's out-of-office needs to answer this (RFC 3834 §5).
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text, cte="quoted-printable")
    letter.add_alternative(html, subtype="html", cte="quoted-printable")
    letter.add_alternative(
        invitation.data,
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"method": invitation.method.value, "charset": "utf-8"},
    )
    letter.add_attachment(
        invitation.data,
        maintype="application",
        subtype="ics",
        cte="base64",
        filename=FILE,
        params={"name": FILE},
    )
    return letter


def _mailbox(name: str, address: str) -> Address:
    return Address(display_name=name, addr_spec=address)


def _checked_id(message_id: str) -> str:
    """RFC 5322 §3.6.4, without blanks: a header that is folded is another one to some."""
    inner = message_id.removeprefix("<").removesuffix(">")
    if message_id != f"<{inner}>" or inner.count("@") != 1 or not inner.isprintable():
        raise ValueError("not a Message-ID")
    if any(c in inner for c in " <>") or not inner.isascii():
        raise ValueError("not a Message-ID")
    return message_id
