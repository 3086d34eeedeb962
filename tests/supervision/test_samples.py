"""Auditors' samples: whose they are, what is in them, that nobody is named, that looks are kept."""

from typing import Any
from uuid import uuid4

import pytest

from supervision.domain.sampling import Question
from supervision.models import Sample, SampleMember
from supervision.operations.samples import keep_refusal
from tests import factories as make
from tests.conftest import NOW, Cast, Visitor
from tests.samples import MONTH_END, As, before, make_drawable, make_sample, pseudonym_in
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import Role, Strand
from wellbeing.models import AuditRow, Person

ASKED = {"strand": "supervision", "on": MONTH_END.isoformat(), "size": 10, "seed": 1}


@pytest.fixture
def staff(cast: Cast) -> list[Person]:
    return make_drawable(cast)


def draw(visitor: Visitor, **other: Any) -> Any:
    return visitor.post("sample_make", **(ASKED | other))


def verbs() -> list[str]:
    return list(AuditRow.objects.order_by("pk").values_list("verb", flat=True))


def test_a_sample_holds_every_status_and_opens_to_its_rows(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    answer = draw(as_(cast.auditor))
    sample = Sample.objects.get()
    assert answer["Location"] == f"/audit/samples/{sample.public_id}/"
    page = as_(cast.auditor).get("sample", sample.public_id)
    lines = page.context["lines"]
    assert len(lines) == 10
    assert {line.status for line in lines} >= {"In date", "Due soon", "Overdue", "Away"}
    assert any(line.status.endswith("not yet seen") for line in lines)
    assert [line.pseudonym for line in lines] == sorted(line.pseudonym for line in lines)
    assert as_(cast.auditor).client.get(lines[0].href).status_code == 200


def test_the_same_question_is_the_same_sample_and_a_form_sent_twice_draws_one(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    visitor, token = as_(cast.auditor), str(uuid4())
    first = draw(visitor, form_token=token)
    assert draw(visitor, form_token=token)["Location"] == first["Location"]
    assert draw(visitor)["Location"] == first["Location"]
    assert draw(visitor, form_token=str(uuid4()))["Location"] == first["Location"]
    assert Sample.objects.count() == 1
    assert verbs() == ["sample.draw"]


def test_two_auditors_draw_the_same_people_under_other_pseudonyms_and_read_only_their_own(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    other = make.make_person("Second Auditor")
    make.make_grant(other, Role.AUDITOR)
    draw(as_(cast.auditor))
    draw(as_(other))
    mine, theirs = Sample.objects.get(made_by=cast.auditor), Sample.objects.get(made_by=other)
    people = [set(s.members.values_list("person", flat=True)) for s in (mine, theirs)]
    assert people[0] == people[1]
    named = [
        {line.pseudonym for line in as_(who).get("sample", s.public_id).context["lines"]}
        for who, s in ((cast.auditor, mine), (other, theirs))
    ]
    assert named[0] & named[1] == set()
    looked = verbs()
    for name, args in (
        ("sample", ()),
        ("sample_file", ()),
        ("sample_trace", (pseudonym_in(theirs, staff[0]),)),
    ):
        assert as_(cast.auditor).get(name, theirs.public_id, *args).status_code == 404
    assert verbs() == looked
    assert len(as_(cast.auditor).get("sample_list").context["lines"]) == 1


def test_no_byte_of_any_page_or_file_names_anybody(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    visitor = as_(cast.auditor)
    offered = make.make_event(cast.supervisor, before(4), capacity=3, place="Canaryplace 9")
    make.make_booking(offered, staff[0], BookingStatus.MISSED)
    draw(visitor)
    sample = Sample.objects.get()
    pages = [
        visitor.get("sample_list"),
        visitor.get("sample_make"),
        visitor.post("sample_make"),
        visitor.get("sample", sample.public_id),
        visitor.get("sample_file", sample.public_id),
    ]
    pages += [visitor.client.get(line.href) for line in pages[3].context["lines"]]
    assert len(pages) == 15
    words = {cast.unit.name, "Canaryplace", "Dr "}
    for person in Person.objects.filter(is_service=False).exclude(pk=cast.auditor.pk):
        words |= {person.name, person.email, str(person.public_id), *person.name.split()[-1:]}
        words |= {person.staff_number} if person.staff_number else set()
    words -= {"Auditor", "Lead", "Prosecutor", "Paralegal", "Manager", "Facilitator", "Admin"}
    for page in pages:
        body = page.content.decode() + str(page.headers)
        assert [word for word in words if word in body] == []


def test_each_look_is_written_down_and_says_nothing_of_whom(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    visitor = as_(cast.auditor)
    sample = make_sample(cast.auditor, staff[0], staff[1])
    name = pseudonym_in(sample, staff[0])
    visitor.get("sample_list")
    visitor.get("sample", sample.public_id)
    visitor.get("sample_trace", sample.public_id, name)
    visitor.get("sample_file", sample.public_id)
    visitor.get("sample_trace", sample.public_id, "PNOBODY22")
    rows = AuditRow.objects.order_by("pk").values_list("verb", "by", "about", "details")
    this = str(sample.public_id)
    assert list(rows) == [
        ("sample.open", cast.auditor.pk, None, {"sample": this, "row": ""}),
        ("sample.trace", cast.auditor.pk, None, {"sample": this, "row": name}),
        ("sample.download", cast.auditor.pk, None, {"sample": this, "row": ""}),
    ]


def test_a_person_reads_on_which_days_and_everybody_in_the_sample_the_same(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    sample = make_sample(cast.auditor, staff[0], staff[1])
    assert as_(staff[0]).get("own_record").context["looked"] == []
    as_(cast.auditor).get("sample_trace", sample.public_id, pseudonym_in(sample, staff[0]))
    for person, days in (
        (staff[0], ["12 May 2026"]),
        (staff[1], ["12 May 2026"]),
        (staff[2], []),
    ):
        page = as_(person).get("own_record")
        assert page.context["looked"] == days
        assert pseudonym_in(sample, person) not in page.content.decode()
    assert "looked" not in as_(cast.area_lead).get("person_why", staff[0].public_id).context


TOO_MANY = "These are too many people of that day, with those whom you have drawn of it already. This is written down and counts as a sample. Ask for fewer people, or choose another day."
NO_MORE = "You have asked for 5 samples of this day already, with those that were refused. Use one that was drawn, or choose another day."


def test_too_many_is_refused_without_a_limit_and_the_refusal_is_kept(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    """28 in scope: ten may be drawn."""
    answer = draw(as_(cast.auditor), size=11, form_token=str(uuid4()))
    assert answer.context["form"].errors == {"size": [TOO_MANY]}
    assert Sample.objects.count() == 0
    (row,) = AuditRow.objects.values_list("verb", "by", "about", "at", "details")
    asked = {"strand": "supervision", "on": "2026-04-30", "size": 11, "seed": 1}
    assert row == ("sample.refuse", cast.auditor.pk, None, NOW, asked)


def test_what_is_accepted_is_the_same_of_every_ten_in_scope(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    """From 28 to 29 in scope nothing changes; the thirtieth makes five more."""
    taken = []
    for n in range(3):
        other = make.make_person(f"Auditor {n}")
        make.make_grant(other, Role.AUDITOR)
        taken.append([draw(as_(other), size=s).status_code for s in (16, 15, 11, 10)])
        make.make_staff(f"One more {n}", cast.unit)
        make.build_cover()
    assert taken == [[200, 200, 200, 302], [200, 200, 200, 302], [200, 302, 200, 200]]


def test_sizes_cannot_be_tried_until_one_is_accepted(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    visitor = as_(cast.auditor)
    answers = [draw(visitor, size=size).context["form"].errors for size in range(50, 43, -1)]
    assert answers == [{"size": [TOO_MANY]}] * 5 + [{"seed": [NO_MORE]}] * 2
    assert verbs() == ["sample.refuse"] * 5
    assert draw(visitor, size=5).context["form"].errors == {"seed": [NO_MORE]}
    assert draw(visitor, size=5, strand="training").status_code == 302
    assert draw(visitor, size=5, on="2026-03-31").status_code == 302


def test_a_refusal_that_comes_as_the_last_is_spent_tells_nothing(
    cast: Cast, staff: list[Person]
) -> None:
    """Of questions sent at once: the transaction of the refusal counts again, under the lock."""
    asked = Question(Strand.SUPERVISION, MONTH_END, 50, 1)
    told = []
    for _ in range(6):
        refused = Refused("Too many", code="sample_too_many", field="size")
        told.append(keep_refusal(asked, refused, by=cast.auditor, at=NOW).sentence)
    assert told == ["Too many"] * 5 + [NO_MORE]
    assert verbs() == ["sample.refuse"] * 5


def test_all_samples_of_a_day_together_hold_no_more_than_one_may(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    visitor = as_(cast.auditor)
    assert [draw(visitor, size=5, seed=n).status_code for n in (1, 2)] == [302, 302]
    assert draw(visitor, size=5, seed=3).context["form"].errors == {"size": [TOO_MANY]}
    drawn = SampleMember.objects.values_list("person", flat=True)
    assert len(drawn) == 10
    assert draw(visitor, size=5, seed=2).status_code == 302
    assert verbs() == ["sample.draw", "sample.draw", "sample.refuse"]


def test_a_sixth_number_of_the_same_day_is_refused(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    for n in range(22):
        make.make_staff(f"More {n}", cast.unit)
    make.build_cover()
    visitor = as_(cast.auditor)
    for seed in range(1, 6):
        assert draw(visitor, size=5, seed=seed).status_code == 302
    assert draw(visitor, size=5, seed=6).context["form"].errors == {"seed": [NO_MORE]}
    assert draw(visitor, size=5, seed=5).status_code == 302
    assert draw(visitor, size=5, seed=6, strand="training").status_code == 302


def test_without_a_key_nothing_is_drawn(
    cast: Cast, staff: list[Person], as_: As, settings: Any
) -> None:
    settings.SAMPLE_KEY = ""
    assert draw(as_(cast.auditor)).context["form"].non_field_errors() == [
        "No sample can be drawn yet: whoever runs the service must set SAMPLE_KEY first."
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": "2026-04-29"},
        {"on": "2026-05-31"},
        {"on": "2026-02-30"},
        {"size": "4"},
        {"size": "51"},
        {"size": "ten"},
        {"seed": "0"},
        {"seed": "1" * 30},
        {"strand": "round"},
    ],
)
def test_another_day_or_number_is_refused_beside_its_field(
    cast: Cast, as_: As, wrong: dict[str, str]
) -> None:
    answer = draw(as_(cast.auditor), **wrong)
    assert list(answer.context["form"].errors) == list(wrong)


def test_nobody_but_an_auditor_draws(cast: Cast, staff: list[Person], as_: As) -> None:
    for name, who in cast.everyone().items():
        assert draw(as_(who)).status_code == (302 if name == "auditor" else 404), name
