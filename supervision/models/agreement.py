"""Whom a person has chosen to see, and whom not.

No figure of cover reads either, so these are plain rows: the audit trail says who changed
what (docs/decisions/0009).
"""

from django.db import models

from wellbeing.domain.privacy import ACCOUNT, INTERNAL, PERSONAL, SENSITIVE, SERVICE
from wellbeing.domain.public_id import new_public_id
from wellbeing.models import Person


def _pair(name: str) -> models.CheckConstraint:
    """`x_at` and `x_by` are both set or both null."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})
        | models.Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False}),
        name=f"agreement_{name}_at_and_by",
    )


class Agreement(models.Model):
    """The supervision contract between one person and one supervisor; live until it has an end.

    Made by choosing; signed by the person, with the limits of confidentiality in view.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    supervisor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    start_on = models.DateField()
    end_on = models.DateField(null=True)
    review_on = models.DateField()
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )
    declined_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )
    # By the person, or by the service where one of the two is no longer there.
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )

    class Meta:
        constraints = [
            _pair("signed"),
            _pair("declined"),
            _pair("ended"),
            models.CheckConstraint(
                condition=models.Q(end_on__isnull=True)
                | models.Q(end_on__gte=models.F("start_on")),
                name="agreement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(declined_at__isnull=True) | models.Q(end_on__isnull=False),
                name="agreement_declined_has_ended",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(end_on__isnull=False),
                name="agreement_ended_has_an_end",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(end_on__isnull=True),
                name="agreement_one_live",
            ),
        ]

    class Privacy:
        public_id = (INTERNAL, SERVICE)
        person = (SENSITIVE, SERVICE)
        supervisor = (SENSITIVE, SERVICE)
        start_on = (PERSONAL, SERVICE)
        end_on = (PERSONAL, SERVICE)
        review_on = (PERSONAL, SERVICE)
        signed_at = (PERSONAL, SERVICE)
        signed_by = (PERSONAL, SERVICE)
        declined_at = (SENSITIVE, SERVICE)
        declined_by = (SENSITIVE, SERVICE)
        ended_at = (PERSONAL, SERVICE)
        ended_by = (PERSONAL, SERVICE)


class Exclusion(models.Model):
    """ "Not this person": never offered again, and nobody else can ever see it.

    Read by the person's own page and by what decides who may come, nowhere else; its audit
    row names no supervisor. Taken back, the row is gone.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    supervisor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "supervisor"], name="exclusion_once")
        ]

    class Privacy:
        public_id = (SENSITIVE, ACCOUNT)
        person = (SENSITIVE, ACCOUNT)
        supervisor = (SENSITIVE, ACCOUNT)
        made_at = (SENSITIVE, ACCOUNT)
