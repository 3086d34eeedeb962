"""Finding people, within what the viewer may see."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from wellbeing.domain.viewer import Viewer
from wellbeing.models import Absence, Person, Posting, RoleGrant
from wellbeing.models.dated import covering, lasting
from wellbeing.permissions import leads_person, manages


def is_empty() -> bool:
    """True where nobody has an account but the service itself."""
    return not Person.objects.filter(is_service=False).exists()


def findable(viewer: Viewer, on: date) -> QuerySet[Person]:
    """People this viewer may look for: an administrator all accounts, a lead and a manager their own."""
    if viewer.is_administrator:
        return Person.objects.filter(is_service=False)
    return nameable(viewer, on)


def nameable(viewer: Viewer, on: date) -> QuerySet[Person]:
    """People whose cover this viewer may read by name today: a national lead that of everybody
    who is posted now or will be, and of nobody who has left; a lead their Areas', a manager their
    own people's. To administer accounts adds nobody (domain.md)."""
    people = Person.objects.filter(is_service=False)
    if viewer.is_national_lead:
        return people.filter(pk__in=Posting.objects.filter(lasting(on)).values("person"))
    posting = Posting.objects.filter(covering(on), person=OuterRef("pk"))
    mine = Q(Exists(posting.filter(line_manager=viewer.person)))
    if viewer.led_areas:
        mine |= Q(Exists(posting.filter(unit__area__in=viewer.led_areas)))
    return people.filter(mine)


def found(viewer: Viewer, words: str, on: date) -> QuerySet[Person]:
    """People by name, e-mail or staff number, with where they work on that day."""
    people = findable(viewer, on)
    for word in words.split()[:6]:
        people = people.filter(
            Q(name__icontains=word)
            | Q(email__icontains=word)
            | Q(staff_number__istartswith=word)
        )
    posting = Posting.objects.filter(covering(on), person=OuterRef("pk"))
    return people.annotate(
        unit_name=Subquery(posting.values("unit__name")[:1]),
        area_name=Subquery(posting.values("unit__area__name")[:1]),
        job_role=Subquery(posting.values("job_role")[:1]),
    ).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class Relation:
    """How a viewer stands to somebody; what may be seen of them follows from it."""

    person: Person
    is_manager: bool
    is_lead: bool
    is_administrator: bool

    @property
    def sees_cover(self) -> bool:
        """Cover, absences and check-ins: their manager and their leads, not administrators."""
        return self.is_manager or self.is_lead


def related(viewer: Viewer, public_id: UUID, on: date) -> Relation | None:
    """The person and the relation, or None where this viewer has none to them."""
    person = Person.objects.filter(public_id=public_id, is_service=False).first()
    if person is None:
        return None
    relation = Relation(
        person=person,
        is_manager=manages(viewer, person.pk, on),
        is_lead=leads_person(viewer, person.pk, on),
        is_administrator=viewer.is_administrator,
    )
    if not (relation.sees_cover or relation.is_administrator):
        return None
    return relation


def person_called(words: str) -> Person | None:
    """The person of exactly this e-mail address, without regard to case, or staff number."""
    return Person.objects.filter(
        Q(email__iexact=words) | Q(staff_number=words), is_service=False
    ).first()


def postings_of(person: Person) -> list[Posting]:
    """All current rows, the latest first."""
    return list(
        Posting.objects.filter(person=person)
        .select_related("unit__area", "line_manager")
        .order_by("-start_on")
    )


def absences_of(person: Person) -> list[Absence]:
    """All current rows, the latest first."""
    return list(Absence.objects.filter(person=person).order_by("-start_on"))


def absence_of(person: Person, start_on: date) -> Absence | None:
    """The absence that starts on that day."""
    return Absence.objects.filter(person=person, start_on=start_on).first()


def grants_of(person: Person) -> list[RoleGrant]:
    """Roles given to somebody, the latest first."""
    return list(
        RoleGrant.objects.filter(person=person).select_related("area").order_by("-start_on")
    )
