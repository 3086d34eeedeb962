"""A form that is sent twice is done once: a replay gets the first answer (reliability.md §1).

A double click, a retry after a lost connection and the back button send the same form
again. Its token is claimed by the first statement of the transaction that does what the
form asks for; so either both are there or neither.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from wellbeing.domain.refusals import Refused
from wellbeing.models import FormToken, Person

from .transaction import broken_name, operation

R = TypeVar("R")
ALREADY_SENT = (
    "This form has been sent already, with other answers. Open the page again before you go on."
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: whose, its token, a digest of what was in it, and when."""

    person: Person
    token: UUID
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person is shown: the address to go to, and the words of its banner."""

    address: str
    words: str = ""


@operation
def once(sent: Sent, perform: Callable[[], R], answer: Callable[[R], Answer]) -> Answer:
    """Does it and keeps the answer, or gives the answer that was kept.

    A refusal keeps nothing, so that the form can be put right and sent again.
    """
    row = _claim(sent)
    if row is None:
        return _kept(FormToken.objects.get(person=sent.person, token=sent.token), sent)
    given = answer(perform())
    FormToken.objects.filter(pk=row.pk).update(answer=asdict(given))
    return given


def _claim(sent: Sent) -> FormToken | None:
    """None where another request has it; on PostgreSQL after that one has committed."""
    try:
        with transaction.atomic():
            return FormToken.objects.create(
                person=sent.person, token=sent.token, digest=sent.digest, sent_at=sent.at
            )
    except IntegrityError as error:
        if broken_name(error) != "form_token_once":
            raise
        return None


def _kept(row: FormToken, sent: Sent) -> Answer:
    if row.digest != sent.digest:
        raise Refused(ALREADY_SENT, code="already_sent")
    return Answer(**row.answer)


def forget_forms(*, at: datetime) -> int:
    """Deletes tokens of more than 48 hours ago; how many."""
    before = at - timedelta(hours=settings.FORM_TOKEN_HOURS)
    return FormToken.objects.filter(sent_at__lt=before).delete()[0]
