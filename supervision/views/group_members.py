"""Taking somebody out of a closed group, and an invitation back: its supervisor and leads."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.agreements import ConfirmForm, WithdrawForm
from supervision.operations.group_endings import remove_member, withdraw_invitation
from supervision.queries.groups import standing_for
from wellbeing.domain.refusals import Refused
from wellbeing.operations.once import Answer
from wellbeing.presenters.dates import counted
from wellbeing.queries.people import person_called
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send

from .groups import load_group


def group_remove(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Somebody is not in the group any more; no reason is asked for or given."""
    member = standing_for(request.viewer, public_id)
    if member is None:
        raise Http404
    form = ConfirmForm(posted(request), button="Remove from the group")
    back = reverse("group_detail", args=[member.group.public_id])
    if request.method == "POST":
        try:
            return send(
                request,
                lambda: remove_member(member, by=request.user, at=request.at),
                lambda places: Answer(back, _removed(places)),
            )
        except Refused as refused:
            form.refuse(refused)
    name = member.person.name
    context = {
        "form": form,
        "heading": f"Remove {name} from “{member.group.name}”",
        "paragraphs": [
            "You do not need to say why. Their places at its sessions ahead are cancelled, and"
            " the seats are free again.",
            "They can be invited again later.",
        ],
        "seen": f"{name} is told by e-mail, without a reason, and so of each place that is"
        " cancelled. The members see that they are no longer in the group. Their manager sees"
        " nothing of it.",
        "back": back,
    }
    return render(request, "supervision/confirm.html", context)


def _removed(places: int) -> str:
    cancelled = f" {counted(places, 'place')} cancelled." if places else ""
    return f"Removed from the group.{cancelled} They are told."


def group_withdraw(request: SignedIn, public_id: UUID) -> HttpResponse:
    """An invitation that is not answered, by the address it went to: the invited are not listed."""
    group = load_group(request, public_id)
    form = WithdrawForm(posted(request))
    back = reverse("group_detail", args=[group.public_id])
    if request.method == "POST" and form.is_valid():
        who = person_called(form.cleaned_data["who"])
        try:
            return send(
                request,
                lambda: withdraw_invitation(group, who, by=request.user, at=request.at),
                lambda _: Answer(back, "The invitation is withdrawn. They are told."),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "heading": f"Withdraw an invitation to “{group.name}”",
        "paragraphs": [
            "Say whose it is, as you did when you invited them. Its place in the group is free"
            " again, and they can be invited later."
        ],
        "seen": "They are told by e-mail that it is withdrawn, and no reason.",
        "back": back,
    }
    return render(request, "supervision/confirm.html", context)
