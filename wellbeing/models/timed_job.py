"""When each timed job runs next: a row a job, so that of several workers one starts it."""

from django.db import models

from wellbeing.domain.privacy import ALWAYS, INTERNAL


class TimedJob(models.Model):
    """Made when the job is first looked at; then due at once."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)

    class Privacy:
        name = (INTERNAL, ALWAYS)
        due_at = (INTERNAL, ALWAYS)
        started_at = (INTERNAL, ALWAYS)
