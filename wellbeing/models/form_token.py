"""A form that was sent: by whom, what was in it, and the answer it was given."""

from django.db import models

from wellbeing.domain.privacy import INTERNAL, PERSONAL, TWO_DAYS

from .person import Person


class FormToken(models.Model):
    """Written first in the transaction of what the form asks for, so that a replay finds it.

    `answer`: the address to go to and the words of the banner (reliability.md §1).
    """

    token = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "token"], name="form_token_once"),
        ]
        indexes = [models.Index(fields=["sent_at"], name="form_token_by_time")]

    class Privacy:
        token = (INTERNAL, TWO_DAYS)
        person = (PERSONAL, TWO_DAYS)
        digest = (INTERNAL, TWO_DAYS)
        answer = (PERSONAL, TWO_DAYS)
        sent_at = (INTERNAL, TWO_DAYS)
