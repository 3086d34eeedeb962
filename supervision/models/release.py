"""A month-end's figures as they were released to readers who may not see names."""

from django.conf import settings
from django.db import models

from wellbeing.domain.privacy import ALWAYS, INTERNAL, PERSONAL, SENSITIVE
from wellbeing.models.fact import AppendOnly


class Release(AppendOnly):
    """One month-end, frozen: what was published of it stays, whatever is corrected since.

    `figures`: what may be shown, with a word in the place of what is withheld. `counts`: the
    exact counts of each Area on the same day; no page shows them. From them it is decided what an
    Area's lead, who has some of them anyway, may read of the whole service: for each Area on
    the day of the release, and kept beside them; for who leads several when it is asked.
    """

    month_end = models.DateField()
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    figures = models.JSONField()
    counts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month_end"], name="release_once")]

    class Privacy:
        month_end = (INTERNAL, ALWAYS)
        released_at = (INTERNAL, ALWAYS)
        released_by = (PERSONAL, ALWAYS)
        figures = (INTERNAL, ALWAYS)
        counts = (SENSITIVE, ALWAYS)
