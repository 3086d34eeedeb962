"""Forms that were sent, and the answers they were given."""

from uuid import UUID

from wellbeing.models import FormToken


def kept_answer(person: int, token: UUID, digest: str) -> dict[str, str] | None:
    """What was answered to this very form of this person's; None where it is new."""
    row = FormToken.objects.filter(person=person, token=token, digest=digest).first()
    return row.answer if row else None
