"""Where people work: the CPS's Areas and the RASSO units inside them."""

from django.db import models

from wellbeing.domain.privacy import ALWAYS, INTERNAL
from wellbeing.domain.public_id import new_public_id


class Area(models.Model):
    """A geographical Area of the CPS."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    class Privacy:
        public_id = (INTERNAL, ALWAYS)
        name = (INTERNAL, ALWAYS)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A RASSO unit inside an Area."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["area__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="unit_once_an_area")
        ]

    class Privacy:
        public_id = (INTERNAL, ALWAYS)
        area = (INTERNAL, ALWAYS)
        name = (INTERNAL, ALWAYS)

    def __str__(self) -> str:
        return self.name
