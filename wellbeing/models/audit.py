"""The audit trail: one row a write, in the write's own transaction, never changed."""

from django.db import models

from wellbeing.domain.privacy import AUDIT, INTERNAL, PERSONAL

from .person import Person


class AuditRow(models.Model):
    """Who did what to whom or what, and when. `details` holds ids and dates, never names."""

    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=40)
    # The person concerned, where it is one.
    about = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["at"], name="audit_by_time")]

    class Privacy:
        at = (INTERNAL, AUDIT)
        by = (PERSONAL, AUDIT)
        verb = (INTERNAL, AUDIT)
        about = (PERSONAL, AUDIT)
        details = (PERSONAL, AUDIT)
