"""One import at a time: the row that an importer locks for as long as it writes."""

from django.db import models

from wellbeing.domain.privacy import ALWAYS, INTERNAL


class ImportTurn(models.Model):
    """A single row, made when first asked for."""

    taken_at = models.DateTimeField(null=True)

    class Privacy:
        taken_at = (INTERNAL, ALWAYS)
