"""Closed groups, for their supervisor and for leads: making, inviting, publishing, closing."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.agreements import (
    ConfirmForm,
    GroupForm,
    GroupSessionForm,
    InviteForm,
)
from supervision.models import SupervisionGroup
from supervision.operations.group_endings import close_group
from supervision.operations.group_sessions import Published, publish_group_session
from supervision.operations.groups import invite, make_group
from supervision.presenters.agreements import (
    group_lines,
    group_size,
    session_words,
    too_few,
)
from supervision.queries.groups import (
    areas_for_group,
    areas_served,
    counts_of,
    group_for,
    groups_of,
    members_of,
    newcomers_to,
    sessions_of,
    unanswered,
)
from supervision.queries.supervisors import supervisors
from wellbeing.domain.refusals import Refused
from wellbeing.operations.once import Answer
from wellbeing.presenters.dates import counted
from wellbeing.queries.people import person_called
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send


def groups(request: SignedIn) -> HttpResponse:
    """A lead's groups: those for people of their Areas."""
    if not request.viewer.is_lead:
        raise Http404
    rows = list(groups_of(request.viewer, as_supervisor=False))
    lines = group_lines(rows, counts_of(rows), with_host=True)
    return render(request, "supervision/groups.html", {"lines": lines})


def group_make(request: SignedIn) -> HttpResponse:
    """A lead names any supervisor and an Area of theirs; a supervisor only themself."""
    viewer = request.viewer
    if not (viewer.is_lead or viewer.is_supervisor):
        raise Http404
    form = GroupForm(
        posted(request),
        hosts=supervisors() if viewer.is_lead else [],
        areas=areas_for_group(viewer),
        only_host=None if viewer.is_lead else request.user,
        must_name_area=viewer.is_lead and not viewer.is_national_lead,
    )
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        try:
            return send(
                request,
                lambda: make_group(draft, by=request.user, at=request.at),
                lambda made: Answer(
                    _page(made), "The group is made. Invite its first members now."
                ),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "heading": "Make a closed group",
        "paragraphs": ["The same people each time. Its sessions are for its members alone."],
        "back": reverse("groups" if viewer.is_lead else "my_people"),
    }
    return render(request, "supervision/confirm.html", context)


def _page(group: SupervisionGroup) -> str:
    return reverse("group_detail", args=[group.public_id])


def load_group(request: SignedIn, public_id: UUID) -> SupervisionGroup:
    """A group that this viewer looks after; 404 for anybody else."""
    found = group_for(request.viewer, public_id)
    if found is None:
        raise Http404
    return found


def group_detail(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Who is in it, who is asked about, how many invitations are open, sessions ahead."""
    group = load_group(request, public_id)
    members = list(members_of(group))
    ahead = sessions_of(group, request.at)
    is_own = group.supervisor_id == request.viewer.person and request.viewer.is_supervisor
    context = {
        "group": group,
        "size": group_size(group, len(members)),
        "members": members,
        "newcomers": list(newcomers_to(group)),
        "unanswered": unanswered(group),
        "too_few": too_few(group, len(members), is_ahead=bool(ahead)),
        "sessions": [(e.public_id, session_words(e)) for e in ahead],
        "back": reverse("my_people" if is_own else "groups"),
    }
    return render(request, "supervision/group_detail.html", context)


def group_invite(request: SignedIn, public_id: UUID) -> HttpResponse:
    """By the whole e-mail address or staff number: whoever invites looks nobody up."""
    group = load_group(request, public_id)
    form = InviteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        who = person_called(form.cleaned_data["who"])
        try:
            return send(
                request,
                lambda: invite(group, who, by=request.user, at=request.at),
                lambda _: Answer(
                    _page(group), "Invited. You see their name once they say yes."
                ),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "heading": f"Invite somebody to “{group.name}”",
        "paragraphs": ["They say yes or no in their own time, and nobody asks why."],
        "seen": "If they say yes, you and the members see their name, and each member is asked to"
        " agree. Nobody is told who answered what.",
        "back": _page(group),
    }
    return render(request, "supervision/confirm.html", context)


def group_publish(request: SignedIn, public_id: UUID) -> HttpResponse:
    """A session of the group: its members are booked in the same step."""
    group = load_group(request, public_id)
    form = GroupSessionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        details = form.details(capacity=group.most, areas=areas_served(group))
        try:
            return send(
                request,
                lambda: publish_group_session(group, details, by=request.user, at=request.at),
                lambda done: Answer(_page(group), _published(done)),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "heading": f"Publish a session of “{group.name}”",
        "paragraphs": [
            "Every member is booked and gets an invitation. Whoever cannot be there then is left"
            " out and told."
        ],
        "back": _page(group),
    }
    return render(request, "supervision/confirm.html", context)


def _published(done: Published) -> str:
    left_out = (
        f" {counted(done.left_out, 'member')} could not be booked." if done.left_out else ""
    )
    words = f"{counted(done.booked, 'member')} booked"
    return f"Published: {session_words(done.event)}. {words}.{left_out}"


def group_close(request: SignedIn, public_id: UUID) -> HttpResponse:
    """No more sessions of this group; those that are published stay."""
    group = load_group(request, public_id)
    form = ConfirmForm(posted(request), button="Close the group")
    is_own = group.supervisor_id == request.viewer.person and request.viewer.is_supervisor
    after = reverse("my_people" if is_own else "groups")
    if request.method == "POST":
        try:
            return send(
                request,
                lambda: close_group(group, by=request.user, at=request.at),
                lambda _: Answer(after, "The group is closed."),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "heading": f"Close “{group.name}”",
        "paragraphs": [
            "No more sessions of it can be published, and it cannot be opened again. Sessions that"
            " are published stay: cancel those that will not take place."
        ],
        "back": _page(group),
    }
    return render(request, "supervision/confirm.html", context)
