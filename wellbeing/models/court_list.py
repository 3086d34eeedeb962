"""Days on which a team is in court: nothing is booked for its people then."""

from django.db import models

from wellbeing.domain.privacy import INTERNAL, PERSONAL, SERVICE, WITH_ROW
from wellbeing.domain.public_id import new_public_id

from .fact import Fact, closing_pair
from .person import Person


class CourtListDays(Fact):
    """From a first to a last day, both included; the team is whoever has this manager that day."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    manager = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    start_on = models.DateField()
    end_on = models.DateField()

    class Meta:
        constraints = [
            closing_pair("court_list"),
            models.CheckConstraint(
                condition=models.Q(end_on__gte=models.F("start_on")),
                name="court_list_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["manager", "start_on"],
                condition=models.Q(superseded_at__isnull=True),
                name="court_list_once_a_start",
            ),
        ]

    class Privacy(Fact.Privacy):
        public_id = (INTERNAL, WITH_ROW)
        manager = (PERSONAL, SERVICE)
        start_on = (PERSONAL, SERVICE)
        end_on = (PERSONAL, SERVICE)
