"""The pages of agreements and closed groups: what each says, to whom, in how many queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.domain.agreements import MemberStatus
from supervision.models import Agreement, GroupMember, SupervisionGroup
from tests import factories as make
from tests.agreements import make_agreement, make_exclusion, make_group, make_member
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.models import Booking, Person

As = Callable[[Person], Visitor]
SOON = TODAY + timedelta(days=3)


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def after(visitor: Visitor, answer: Any) -> str:
    """The page that a POST leads to."""
    assert answer.status_code == 302, text(answer)
    return text(visitor.client.get(answer["Location"]))


def test_choosing_signing_changing_ending(cast: Cast, as_: As) -> None:
    other = make.make_supervisor("Dr Other")
    me = as_(cast.prosecutor)
    assert "You have chosen nobody" in text(me.get("own_supervisor"))
    assert "Choose a supervisor" in text(me.post("supervisor_choose"))
    page = after(me, me.post("supervisor_choose", supervisor=cast.supervisor.pk))
    assert "You have chosen Dr Megan Hughes" in page
    assert "Where that ends" in page
    assert "Tick the box" in text(me.post("agreement_sign"))
    assert "Signed. You can book" in after(me, me.post("agreement_sign", agrees="on"))
    assert "You signed this on Tuesday 12 May 2026" in text(me.get("agreement_sign"))
    me.post("supervisor_choose", supervisor=other.pk)
    assert "Dr Other, since 12 May 2026" in text(me.get("own_supervisor"))
    assert "The agreement has ended" in after(me, me.post("agreement_end"))
    assert Agreement.objects.filter(end_on=None).count() == 0


def test_declined_is_said_kindly(cast: Cast, as_: As) -> None:
    agreement = make_agreement(cast.prosecutor, cast.supervisor)
    host = as_(cast.supervisor)
    page = after(host, host.post("agreement_decline", agreement.public_id))
    assert "Declined. They are told" in page
    mine = text(as_(cast.prosecutor).get("own_supervisor"))
    assert "cannot take on anybody new at the moment. It has nothing to do with you" in mine


def test_another_supervisor_s_agreement_is_not_there(cast: Cast, as_: As) -> None:
    agreement = make_agreement(cast.prosecutor, cast.supervisor)
    other = as_(make.make_supervisor("Dr Other"))
    for name in ("agreement_decline", "agreement_review"):
        assert other.post(name, agreement.public_id).status_code == 404
    group = make_group(cast.supervisor)
    for name in ("group_detail", "group_invite", "group_publish", "group_close"):
        assert other.get(name, group.public_id).status_code == 404
    agreement.refresh_from_db()
    assert agreement.end_on is None


def test_excluding_and_taking_back(cast: Cast, as_: As) -> None:
    me = as_(cast.prosecutor)
    page = after(me, me.post("exclusion_add", supervisor=cast.supervisor.pk))
    assert "You would rather not see 1 supervisor" in page
    assert "Nobody else can see this" in page
    row = me.get("exclusion_add").context["rows"][0]
    assert as_(cast.paralegal).get("exclusion_take_back", row.public_id).status_code == 404
    page = after(me, me.post("exclusion_take_back", row.public_id))
    assert "would rather not see 1" not in page


def test_the_same_form_sent_again_is_answered_the_same(cast: Cast, as_: As) -> None:
    me = as_(cast.prosecutor)
    token = "0190f3a4-0000-7000-8000-000000000001"
    answers = [
        me.post("exclusion_add", supervisor=cast.supervisor.pk, form_token=token)
        for _ in range(2)
    ]
    assert [a["Location"] for a in answers] == ["/supervisor/not-this-person/"] * 2


def test_my_people_says_sessions_agreement_and_review(cast: Cast, as_: As) -> None:
    make_agreement(cast.prosecutor, cast.supervisor, is_signed=True)
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - timedelta(days=4))
    make.make_booking(make.make_event(cast.supervisor, SOON), cast.prosecutor)
    host = as_(cast.supervisor)
    page = text(host.get("my_people"))
    for words in (
        "1 person", "Friday 15 May 2026, 2pm to 3pm", "Friday 8 May 2026", "Since 2 May 2026",
        "Review is due in 355 days, on 2 May 2027",
    ):  # fmt: skip
        assert words in page
    agreement = Agreement.objects.get()
    after(host, host.post("agreement_review", agreement.public_id))
    agreement.refresh_from_db()
    assert agreement.review_on == TODAY + timedelta(days=365)


def test_line_manager_sees_no_supervisor(cast: Cast, as_: As) -> None:
    make_agreement(cast.prosecutor, cast.supervisor, is_signed=True, review_on=TODAY)
    make_group(cast.supervisor, cast.area, cast.prosecutor)
    manager = as_(cast.manager)
    assert cast.supervisor.name in text(as_(cast.area_lead).get("agreements"))
    for page in (manager.get("team"), manager.get("person", cast.prosecutor.public_id)):
        assert cast.supervisor.name not in text(page)
    assert manager.get("agreements").status_code == 404
    assert manager.get("groups").status_code == 404


def test_a_group_from_making_to_its_first_session(cast: Cast, as_: As) -> None:
    host, first, second = as_(cast.supervisor), as_(cast.prosecutor), as_(cast.paralegal)
    values = {"name": "Thursday group", "area": "", "least": "2", "most": "4"}
    answer = host.client.post("/groups/make/", values)
    group = SupervisionGroup.objects.get()
    assert "Invite the first members" in after(host, answer)
    for person in (cast.prosecutor, cast.paralegal):
        page = after(host, host.post("group_invite", group.public_id, who=person.email))
        assert person.name not in page
    mine, theirs = GroupMember.objects.order_by("pk")
    page = after(first, first.post("group_invitation", mine.public_id, answer="yes"))
    assert "You are in the group" in page
    page = after(second, second.post("group_invitation", theirs.public_id, answer="yes"))
    assert "The members of the group are asked now" in page
    assert "May Joe Paralegal join?" in text(first.get("own_supervisor"))
    first.post("group_newcomer", theirs.public_id, answer="yes")
    sent = {"on": "15/5/2026", "at": "2pm", "minutes": "90", "mode": "video"}
    page = after(host, host.post("group_publish", group.public_id, **sent))
    assert "Published: Friday 15 May 2026, 2pm to 3:30pm. 2 members booked." in page
    assert Booking.objects.count() == 2
    page = after(second, second.post("group_leave", theirs.public_id))
    assert "You have left the group. 1 place given up." in page
    assert "The group is closed" in after(host, host.post("group_close", group.public_id))


def test_a_lead_s_groups_are_those_of_their_areas(cast: Cast, as_: As) -> None:
    for name, area in (("Mine", cast.area), ("Theirs", cast.elsewhere.area), ("All", None)):
        make_group(cast.supervisor, area, name=name)

    def seen(who: Person) -> list[str]:
        return [line.name for line in as_(who).get("groups").context["lines"]]

    assert seen(cast.area_lead) == ["Mine"]
    assert seen(cast.lead) == ["All", "Mine", "Theirs"]
    form = as_(cast.area_lead).get("group_make").context["form"]
    assert [words for _, words in form.fields["area"].choices] == ["Choose an Area", "West"]


def test_an_area_lead_makes_a_group_for_their_own_area_only(cast: Cast, as_: As) -> None:
    lead = as_(cast.area_lead)
    values = {"name": "G", "supervisor": cast.supervisor.pk, "least": "3", "most": "6"}
    for area in ("", cast.elsewhere.area.pk):
        assert lead.client.post("/groups/make/", values | {"area": area}).status_code == 200
    assert SupervisionGroup.objects.count() == 0
    answer = lead.client.post("/groups/make/", values | {"area": cast.area.pk})
    assert answer.status_code == 302


@pytest.mark.parametrize("size", [1, 3])
def test_pages_take_the_same_queries_for_any_number(cast: Cast, as_: As, size: int) -> None:
    me = as_(cast.prosecutor)
    for i in range(size):
        group = make_group(cast.supervisor, cast.area, cast.prosecutor, name=f"G {i}")
        for j in range(size):
            make_member(group, make.make_staff(f"N {i} {j}", cast.unit), MemberStatus.ASKING)
            person = make.make_staff(f"P {i} {j}", cast.unit)
            make_member(group, person)
            make_agreement(person, cast.supervisor, is_signed=True, review_on=TODAY)
            make.make_held(person, cast.supervisor, TODAY - timedelta(days=3 * i + 20 * j + 1))
        make_exclusion(cast.prosecutor, make.make_supervisor(f"Dr {i}"))
    make_agreement(cast.prosecutor, cast.supervisor)
    host, lead = as_(cast.supervisor), as_(cast.area_lead)
    for visitor in (me, host, lead):
        visitor.get("home")

    def queries(visitor: Visitor, name: str, *args: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert visitor.get(name, *args).status_code == 200
        return len(captured)

    assert {
        "own_supervisor": queries(me, "own_supervisor"),
        "supervisor_choose": queries(me, "supervisor_choose"),
        "exclusion_add": queries(me, "exclusion_add"),
        "my_people": queries(host, "my_people"),
        "group_detail": queries(host, "group_detail", group.public_id),
        "agreements": queries(lead, "agreements"),
        "groups": queries(lead, "groups"),
    } == {
        "own_supervisor": 10,
        "supervisor_choose": 11,
        "exclusion_add": 7,
        "my_people": 8,
        "group_detail": 9,
        "agreements": 8,
        "groups": 6,
    }


def test_empty_pages_say_what_to_do(cast: Cast, as_: As) -> None:
    assert "People appear here when they choose you" in text(
        as_(cast.supervisor).get("my_people")
    )
    assert "None is to be reviewed within a month" in text(as_(cast.lead).get("agreements"))
    assert "There is no closed group yet" in text(as_(cast.lead).get("groups"))
    make.Registration.objects.update(
        superseded_at=make.LONG_AGO.replace(year=2026), superseded_by=cast.lead
    )
    assert "There is nobody to choose" in text(as_(cast.prosecutor).get("supervisor_choose"))
