"""A person's own groups: an invitation to answer, somebody new to agree to, leaving."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.domain.agreements import MemberStatus
from supervision.forms.agreements import AnswerForm, ConfirmForm
from supervision.operations.group_endings import leave_group
from supervision.operations.groups import answer_invitation, answer_newcomer
from supervision.queries.groups import Membership, newcomer_for, own_membership
from wellbeing.domain.refusals import Refused
from wellbeing.operations.once import Answer
from wellbeing.presenters.dates import counted
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send

ASKED = (
    "Thank you. The members of the group are asked now, and you see here when you are in it."
)
IN = "You are in the group. You are booked for its sessions as they are published."
DECLINED = "You have declined. Nobody asks why."


def _load(request: SignedIn, public_id: UUID, *statuses: MemberStatus) -> Membership:
    found = own_membership(request.viewer.person, public_id, *statuses)
    if found is None or not request.viewer.is_staff:
        raise Http404
    return found


def group_invitation(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Yes or no to an invitation; who sees my name before I am in."""
    one = _load(request, public_id, MemberStatus.INVITED)
    group = one.row.group
    form = AnswerForm(posted(request), question="Would you like to join this group?")
    if request.method == "POST" and form.is_valid():
        yes = form.is_yes()
        try:
            return send(
                request,
                lambda: answer_invitation(one.row, yes=yes, by=request.user, at=request.at),
                lambda is_in: Answer(
                    reverse("own_supervisor"), IN if is_in else ASKED if yes else DECLINED
                ),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "heading": f"Invitation to “{group.name}”",
        "paragraphs": [
            f"A closed group of {group.supervisor.name}: the same people each time, at least"
            f" {group.least} and at most {group.most}. {counted(one.members, 'person is', 'people are')}"
            " in it now.",
            "Sessions are published for the group alone, and you are booked for each. You can give"
            " up a place, or leave the group, at any time.",
        ],
        "seen": "If you say yes, the supervisor and the members see your name, and each member is"
        " asked to agree. If you say no, your name is shown to nobody. Your manager sees neither.",
        "back": reverse("own_supervisor"),
    }
    return render(request, "supervision/confirm.html", context)


def group_newcomer(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Whether I agree to somebody new; nobody learns what I answered."""
    newcomer = newcomer_for(request.viewer.person, public_id)
    if newcomer is None or not request.viewer.is_staff:
        raise Http404
    name = newcomer.person.name
    form = AnswerForm(posted(request), question=f"Do you agree that {name} joins?")
    if request.method == "POST" and form.is_valid():
        yes = form.is_yes()
        try:
            return send(
                request,
                lambda: answer_newcomer(newcomer, yes=yes, by=request.user, at=request.at),
                lambda _: Answer(reverse("own_supervisor"), "Thank you for your answer."),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "heading": f"Somebody would like to join “{newcomer.group.name}”",
        "paragraphs": [
            f"{name} joins once every member has agreed. You need no reason to say no."
        ],
        "seen": "Nobody is told who answered what.",
        "back": reverse("own_supervisor"),
    }
    return render(request, "supervision/confirm.html", context)


def group_leave(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Leaves the group and gives up every place at its sessions."""
    one = _load(request, public_id, MemberStatus.ASKING, MemberStatus.MEMBER)
    form = ConfirmForm(posted(request), button="Leave the group")
    if request.method == "POST":
        try:
            return send(
                request,
                lambda: leave_group(one.row, by=request.user, at=request.at),
                lambda places: Answer(reverse("own_supervisor"), _left(places)),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "heading": f"Leave “{one.row.group.name}”",
        "paragraphs": [
            "You do not need to say why. Your places at its sessions ahead are given up."
        ],
        "seen": "The supervisor and the members see that you are no longer in the group. Your"
        " manager sees nothing of it.",
        "back": reverse("own_supervisor"),
    }
    return render(request, "supervision/confirm.html", context)


def _left(places: int) -> str:
    given_up = f" {counted(places, 'place')} given up." if places else ""
    return f"You have left the group.{given_up}"
