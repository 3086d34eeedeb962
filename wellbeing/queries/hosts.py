"""Those who hold events, as choices for a schedule."""

from django.db.models import Exists, OuterRef, QuerySet

from wellbeing.domain.roles import EventKind
from wellbeing.models import Event, Person


def schedule_hosts() -> QuerySet[Person]:
    """Everyone who has held or will hold an event other than a check-in, by name."""
    held = Event.objects.filter(host=OuterRef("pk")).exclude(kind=EventKind.CHECK_IN)
    return Person.objects.filter(Exists(held)).order_by("name", "pk")


def host_by_email(email: str) -> Person | None:
    """The person with that address, without regard to case."""
    return Person.objects.filter(email__iexact=email).first()
