"""An auditor's sample: what was asked, and where those who were drawn stood as it was drawn."""

from django.db import models

from wellbeing.domain.privacy import AUDIT, INTERNAL, PERSONAL, SENSITIVE
from wellbeing.domain.public_id import new_public_id
from wellbeing.models import Area, Person


class Sample(models.Model):
    """One a question and auditor. No pseudonym is kept: each is worked out with the key."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    strand = models.CharField(max_length=16)
    on = models.DateField()
    size = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["made_by", "strand", "on", "size", "seed"], name="sample_once"
            )
        ]

    class Privacy:
        public_id = (INTERNAL, AUDIT)
        strand = (INTERNAL, AUDIT)
        on = (INTERNAL, AUDIT)
        size = (INTERNAL, AUDIT)
        seed = (INTERNAL, AUDIT)
        made_at = (INTERNAL, AUDIT)
        made_by = (PERSONAL, AUDIT)


class SampleMember(models.Model):
    """Somebody who was drawn. `job_role` and `area` are empty where they are withheld."""

    sample = models.ForeignKey(
        Sample, on_delete=models.CASCADE, related_name="members", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    job_role = models.CharField(max_length=16, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True)
    status = models.CharField(max_length=16)
    never_seen = models.BooleanField()
    last_counted_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    elapsed_days = models.PositiveIntegerField()
    limit_days = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "person"], name="sample_member_once")
        ]

    class Privacy:
        sample = (INTERNAL, AUDIT)
        person = (SENSITIVE, AUDIT)
        job_role = (SENSITIVE, AUDIT)
        area = (SENSITIVE, AUDIT)
        status = (SENSITIVE, AUDIT)
        never_seen = (SENSITIVE, AUDIT)
        last_counted_on = (SENSITIVE, AUDIT)
        due_on = (SENSITIVE, AUDIT)
        elapsed_days = (SENSITIVE, AUDIT)
        limit_days = (SENSITIVE, AUDIT)
