"""Finding people, within what the viewer may see."""

from wellbeing.models import Person


def is_empty() -> bool:
    """True where nobody has an account but the service itself."""
    return not Person.objects.filter(is_service=False).exists()
