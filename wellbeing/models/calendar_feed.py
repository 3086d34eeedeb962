"""A secret address by which a calendar program reads a calendar, without signing in."""

from django.db import models

from wellbeing.domain.feeds import FeedKind
from wellbeing.domain.privacy import ACCOUNT, INTERNAL, PERSONAL
from wellbeing.domain.public_id import new_public_id

from .area import Area
from .person import Person

LIVE = models.Q(revoked_at__isnull=True)


class CalendarFeed(models.Model):
    """The secret is kept as a hash only: who reads the database cannot read a calendar.

    A person has one live address for each calendar. Of a schedule without an Area: every
    Area, for a national lead.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in FeedKind])
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    # SHA-256 of the secret, which has 256 random bits: no salt and no slow hash is needed.
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )
    # Written at most once an hour.
    last_read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[k.value for k in FeedKind]),
                name="calendar_feed_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(area__isnull=True) | models.Q(kind=FeedKind.SCHEDULE.value),
                name="calendar_feed_area_of_a_schedule",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="calendar_feed_revoked_at_and_by",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=LIVE & models.Q(area__isnull=True),
                name="calendar_feed_one_live",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "area"],
                condition=LIVE & models.Q(area__isnull=False),
                name="calendar_feed_one_live_an_area",
            ),
        ]

    class Privacy:
        public_id = (INTERNAL, ACCOUNT)
        person = (PERSONAL, ACCOUNT)
        kind = (INTERNAL, ACCOUNT)
        area = (INTERNAL, ACCOUNT)
        token_hash = (PERSONAL, ACCOUNT)
        created_at = (INTERNAL, ACCOUNT)
        revoked_at = (INTERNAL, ACCOUNT)
        revoked_by = (PERSONAL, ACCOUNT)
        last_read_at = (PERSONAL, ACCOUNT)
