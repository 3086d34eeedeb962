"""Actions against a shortfall: a measure with its target, whose it is and by when.

What is measured and how it ended is said once; who has it in hand, and by when, are facts of
their own, of which the earlier ones stay (docs/decisions/0019).
"""

from django.db import models

from supervision.domain.actions import Ending, Population, Withdrawal
from wellbeing.domain.privacy import INTERNAL, PERSONAL, SERVICE, WITH_ROW
from wellbeing.domain.public_id import new_public_id
from wellbeing.domain.roles import Strand
from wellbeing.models import Area, Person, Unit
from wellbeing.models.fact import Fact, closing_pair


def _one_of(name: str, values: type) -> models.Q:
    return models.Q(**{f"{name}__in": [v.value for v in values]})  # type: ignore[attr-defined]


def _one_open(name: str, fields: list[str], where: models.Q) -> models.UniqueConstraint:
    """A measure has one open action at the most."""
    return models.UniqueConstraint(
        fields=["strand", "population", *fields],
        condition=where & models.Q(closed_at__isnull=True),
        name=name,
    )


class Action(models.Model):
    """Coverage of a unit, of an Area, or (neither named) of the whole service, to be brought to a target."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    strand = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Strand])
    population = models.CharField(
        max_length=12, choices=[(p.value, p.value) for p in Population]
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    target_percent = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # Recovered: the second of the two month-ends. Withdrawn: the day of it.
    closed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )
    ending = models.CharField(
        max_length=12, choices=[(e.value, e.value) for e in Ending], blank=True
    )
    reason = models.CharField(
        max_length=16, choices=[(w.value, w.value) for w in Withdrawal], blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_one_of("strand", Strand), name="action_strand"),
            models.CheckConstraint(
                condition=_one_of("population", Population), name="action_population"
            ),
            models.CheckConstraint(
                condition=models.Q(target_percent__lte=100), name="action_target_percent"
            ),
            models.CheckConstraint(
                condition=models.Q(area__isnull=True) | models.Q(unit__isnull=True),
                name="action_of_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="action_closed_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_on__isnull=True, ending="")
                | models.Q(
                    _one_of("ending", Ending), closed_at__isnull=False, closed_on__isnull=False
                ),
                name="action_closed_has_an_ending",
            ),
            models.CheckConstraint(
                condition=models.Q(_one_of("reason", Withdrawal), ending=Ending.WITHDRAWN)
                | (models.Q(reason="") & ~models.Q(ending=Ending.WITHDRAWN)),
                name="action_withdrawn_has_a_reason",
            ),
            _one_open("action_one_open_of_unit", ["unit"], models.Q(unit__isnull=False)),
            _one_open("action_one_open_of_area", ["area"], models.Q(area__isnull=False)),
            _one_open(
                "action_one_open_of_all", [], models.Q(area__isnull=True, unit__isnull=True)
            ),
        ]

    class Privacy:
        public_id = (INTERNAL, SERVICE)
        strand = (INTERNAL, SERVICE)
        population = (INTERNAL, SERVICE)
        area = (INTERNAL, SERVICE)
        unit = (INTERNAL, SERVICE)
        target_percent = (INTERNAL, SERVICE)
        opened_on = (INTERNAL, SERVICE)
        opened_at = (INTERNAL, SERVICE)
        opened_by = (PERSONAL, SERVICE)
        closed_on = (INTERNAL, SERVICE)
        closed_at = (INTERNAL, SERVICE)
        closed_by = (PERSONAL, SERVICE)
        ending = (INTERNAL, SERVICE)
        reason = (INTERNAL, SERVICE)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def area_led(self) -> int | None:
        """The Area whose leads see names behind it; None where it is of all Areas."""
        return self.unit.area_id if self.unit else self.area_id


class ActionCharge(Fact):
    """Who has an action in hand, and by when it is to be done; the earlier ones stay."""

    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()

    class Meta:
        constraints = [
            closing_pair("action_charge"),
            models.UniqueConstraint(
                fields=["action"],
                condition=models.Q(superseded_at__isnull=True),
                name="action_charge_one_current",
            ),
        ]

    class Privacy(Fact.Privacy):
        action = (INTERNAL, WITH_ROW)
        owner = (PERSONAL, WITH_ROW)
        due_on = (INTERNAL, WITH_ROW)
