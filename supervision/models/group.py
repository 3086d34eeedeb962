"""Closed supervision groups: who is in them, who has agreed to whom, and their sessions."""

from django.db import models

from supervision.domain.agreements import STANDING, MemberStatus
from wellbeing.domain.privacy import INTERNAL, PERSONAL, SENSITIVE, SERVICE, WITH_ROW
from wellbeing.domain.public_id import new_public_id
from wellbeing.models import Area, Event, Person


class SupervisionGroup(models.Model):
    """A supervisor's group, for one Area or (none named) for all that the supervisor serves.

    Made by the supervisor or a lead; closed for good when it has an end.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    name = models.CharField(max_length=80)
    supervisor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True)
    least = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    end_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(least__gte=2, most__gte=models.F("least")),
                name="supervision_group_least_and_most",
            )
        ]

    class Privacy:
        public_id = (INTERNAL, SERVICE)
        name = (INTERNAL, SERVICE)
        supervisor = (PERSONAL, SERVICE)
        area = (INTERNAL, SERVICE)
        least = (INTERNAL, SERVICE)
        most = (INTERNAL, SERVICE)
        made_at = (INTERNAL, SERVICE)
        made_by = (PERSONAL, SERVICE)
        end_on = (INTERNAL, SERVICE)


class GroupMember(models.Model):
    """One person and one group, from the invitation on; ended rows stay."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    group = models.ForeignKey(
        SupervisionGroup, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=[(s.value, s.value) for s in MemberStatus])
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    start_on = models.DateField(null=True)
    end_on = models.DateField(null=True)
    # Of who left, was removed or whose invitation was withdrawn; never of who was not agreed to.
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=[s.value for s in MemberStatus]),
                name="group_member_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="group_member_ended_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(end_on__isnull=False),
                name="group_member_ended_has_an_end",
            ),
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=models.Q(status__in=sorted(STANDING)),
                name="group_member_once",
            ),
        ]

    class Privacy:
        public_id = (INTERNAL, SERVICE)
        group = (SENSITIVE, SERVICE)
        person = (SENSITIVE, SERVICE)
        status = (SENSITIVE, SERVICE)
        invited_at = (INTERNAL, SERVICE)
        invited_by = (PERSONAL, SERVICE)
        start_on = (PERSONAL, SERVICE)
        end_on = (PERSONAL, SERVICE)
        ended_at = (PERSONAL, SERVICE)
        ended_by = (SENSITIVE, SERVICE)


class GroupConsent(models.Model):
    """A member has agreed that this person may join. Who did not agree is kept nowhere."""

    newcomer = models.ForeignKey(
        GroupMember, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    member = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["newcomer", "member"], name="group_consent_once")
        ]

    class Privacy:
        newcomer = (SENSITIVE, WITH_ROW)
        member = (SENSITIVE, WITH_ROW)
        agreed_at = (INTERNAL, WITH_ROW)


class GroupSession(models.Model):
    """A session of a closed group: its members' alone."""

    group = models.ForeignKey(SupervisionGroup, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="+")

    class Privacy:
        group = (INTERNAL, WITH_ROW)
        event = (INTERNAL, WITH_ROW)
