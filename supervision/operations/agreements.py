"""Choosing a supervisor, signing, declining, ending; and "not this person", which is private."""

from datetime import datetime

from django.conf import settings

from supervision.domain.agreements import MemberStatus, review_after
from supervision.models import Agreement, Exclusion, GroupMember, Supervisor
from supervision.queries.agreements import ask_again_from, has_begun, live_agreement
from supervision.queries.lapses import has_left, is_gone
from supervision.queries.supervisors import supervisors_for
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, Person
from wellbeing.operations import audit
from wellbeing.operations.bookings import take_place
from wellbeing.operations.locks import lock_people
from wellbeing.operations.outbox import tell_person
from wellbeing.operations.service import service_person
from wellbeing.operations.transaction import operation

ENDED = "This agreement has ended already."
# A private choice: that one was made is on the record, never about whom.
PRIVATE = "supervision.choices"


@operation
def choose_supervisor(
    person: Person, supervisor: Person, *, by: Person, at: datetime
) -> Agreement:
    """Begins an agreement, and ends the one before; nobody is asked why.

    Refused: a supervisor who does not serve the person's Area, is not registered, is in
    their management chain, whom they have excluded, or who has declined them lately.
    """
    lock_people([person.pk])
    on, live = local_day(at), live_agreement(person.pk)
    if live is not None and live.supervisor_id == supervisor.pk:
        raise Refused(f"{supervisor.name} is your supervisor already.", field="supervisor")
    if supervisor not in supervisors_for(person.pk, on):
        raise Refused(
            f"{supervisor.name} is not one of those you can choose. Choose another.",
            field="supervisor",
        )
    if supervisor.pk in ask_again_from(person.pk, on):
        raise Refused(
            f"{supervisor.name} could not take on anybody new when you asked. Choose another.",
            field="supervisor",
        )
    if live is not None:
        _end(live, by=by, at=at)
    agreement = Agreement.objects.create(
        person=person,
        supervisor=supervisor,
        start_on=on,
        review_on=review_after(on, settings.AGREEMENT_REVIEW_DAYS),
    )
    _say("agreement.choose", agreement, by=by, at=at)
    tell_person(MessageKind.AGREEMENT_NEW, supervisor.pk, at=at)
    return agreement


@operation
def sign(agreement: Agreement, *, by: Person, at: datetime) -> None:
    """The person signs, with the limits of confidentiality in view."""
    agreement = _live(agreement)
    if agreement.signed_at is not None:
        raise Refused("You have signed this agreement already.")
    Agreement.objects.filter(pk=agreement.pk).update(signed_at=at, signed_by=by)
    _say("agreement.sign", agreement, by=by, at=at)


@operation
def sign_and_book(
    agreement: Agreement, event_id: int, *, person: Person, by: Person, at: datetime
) -> Booking:
    """Signs the agreement and takes the first place under it, or neither."""
    sign(agreement, by=by, at=at)
    return take_place(event_id, person=person, by=by, at=at)


@operation
def end_agreement(agreement: Agreement, *, by: Person, at: datetime) -> None:
    """Ends it; the supervisor learns that it ended, and no more. What is booked stays."""
    _end(_live(agreement), by=by, at=at)


@operation
def end_if_over(agreement: Agreement, *, at: datetime) -> bool:
    """Ends it, by the service, where the person has left or the supervisor is gone for good.

    Whoever stays is told: the supervisor that it ended, the person that they may choose again.
    """
    agreement, on = _live(agreement), local_day(at)
    if has_left(agreement.person_id, on):
        _end(agreement, by=service_person(), at=at)
        return True
    if is_gone(agreement.supervisor_id, on):
        _write_end(agreement, by=service_person(), at=at)
        tell_person(MessageKind.AGREEMENT_LAPSED, agreement.person_id, at=at)
        return True
    return False


@operation
def decline(agreement: Agreement, *, by: Person, at: datetime) -> None:
    """A supervisor does not take on somebody who has chosen them, until their first session."""
    agreement = _live(agreement)
    if has_begun(agreement, at):
        raise Refused("You have met already, so this agreement cannot be declined any more.")
    rows = Agreement.objects.filter(pk=agreement.pk)
    rows.update(end_on=local_day(at), declined_at=at, declined_by=by)
    _say("agreement.decline", agreement, by=by, at=at)
    tell_person(MessageKind.AGREEMENT_DECLINED, agreement.person_id, at=at)


@operation
def record_review(agreement: Agreement, *, by: Person, at: datetime) -> None:
    """The two have looked at the agreement; the next review is due after the interval."""
    agreement = _live(agreement)
    if agreement.signed_at is None:
        raise Refused("This agreement has not been signed yet.")
    due = review_after(local_day(at), settings.AGREEMENT_REVIEW_DAYS)
    Agreement.objects.filter(pk=agreement.pk).update(review_on=due)
    _say("agreement.review", agreement, by=by, at=at)


@operation
def exclude(person: Person, supervisor: Person, *, by: Person, at: datetime) -> Exclusion:
    """ "Not this person": no session of theirs is offered or can be booked from now on.

    Nothing else happens in the same step, for others would see what coincides: an agreement
    and a group are left first, and places ahead stay until they are given up.
    """
    lock_people([person.pk])
    if person == supervisor or not Supervisor.objects.filter(person=supervisor).exists():
        raise Refused("Choose one of the supervisors.", field="supervisor")
    live = live_agreement(person.pk)
    if live is not None and live.supervisor_id == supervisor.pk:
        raise Refused(
            f"{supervisor.name} is your supervisor. Choose another or end the agreement first.",
            field="supervisor",
        )
    if _is_in_group_of(person, supervisor):
        raise Refused(
            f"You are in a group of {supervisor.name}. Leave the group first.",
            field="supervisor",
        )
    if Exclusion.objects.filter(person=person, supervisor=supervisor).exists():
        raise Refused("You have said so already.", field="supervisor")
    audit.record(PRIVATE, by=by, at=at, about=person.pk)
    return Exclusion.objects.create(person=person, supervisor=supervisor, made_at=at)


@operation
def take_back_exclusion(exclusion: Exclusion, *, by: Person, at: datetime) -> None:
    """Their sessions can be booked again."""
    lock_people([exclusion.person_id])
    if not Exclusion.objects.filter(pk=exclusion.pk).delete()[0]:
        raise Refused("This has been taken back already.")
    audit.record(PRIVATE, by=by, at=at, about=exclusion.person_id)


def _is_in_group_of(person: Person, supervisor: Person) -> bool:
    standing = [MemberStatus.ASKING, MemberStatus.MEMBER]
    rows = GroupMember.objects.filter(person=person, status__in=standing)
    return rows.filter(group__supervisor=supervisor, group__end_on__isnull=True).exists()


def _live(agreement: Agreement) -> Agreement:
    """As it is now, with the person locked. Refused once it has ended."""
    lock_people([agreement.person_id])
    found = Agreement.objects.filter(pk=agreement.pk, end_on__isnull=True).first()
    if found is None:
        raise Refused(ENDED)
    return found


def _end(agreement: Agreement, *, by: Person, at: datetime) -> None:
    _write_end(agreement, by=by, at=at)
    tell_person(MessageKind.AGREEMENT_ENDED, agreement.supervisor_id, at=at)


def _write_end(agreement: Agreement, *, by: Person, at: datetime) -> None:
    rows = Agreement.objects.filter(pk=agreement.pk)
    rows.update(end_on=local_day(at), ended_at=at, ended_by=by)
    _say("agreement.end", agreement, by=by, at=at)


def _say(verb: str, agreement: Agreement, *, by: Person, at: datetime) -> None:
    about, public_id = agreement.person_id, str(agreement.public_id)
    audit.record(verb, by=by, at=at, about=about, agreement=public_id)
