"""The viewer with both sides known: the ground's relations, and whether they supervise."""

from datetime import date

from django.db.models import Exists, OuterRef

from supervision.models import Supervisor
from wellbeing.domain.viewer import Viewer
from wellbeing.queries.viewers import viewer_facts


def viewer_of(person: int, on: date) -> Viewer:
    """Two queries, whoever it is."""
    supervises = Exists(Supervisor.objects.filter(person=OuterRef("pk")))
    return Viewer(**viewer_facts(person, on, is_supervisor=supervises))
