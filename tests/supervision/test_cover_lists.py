"""The people behind the figures: the same as the slow rules say, and named only to whom may see them."""

from collections.abc import Callable
from datetime import date, time, timedelta
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest

from supervision.domain.cover import Status
from supervision.queries.bands import band_of, gap_bands, never_seen_bands
from supervision.queries.cover_lists import Listing, Measure, Order
from supervision.queries.coverage import Asked, By, Line, coverage
from supervision.queries.parts import part
from supervision.queries.stored_cover import StoredCover
from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import Person

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)


def populate(cast: Cast, seed: int, number: int = 40) -> None:
    """People of three units with postings, absences, sessions and offers at random."""
    random = Random(seed)
    units = [cast.unit, cast.elsewhere, make.make_unit("West", "West Two")]
    hosts = [make.make_supervisor(f"Dr {i}") for i in range(number)]
    for i in range(number):
        start = TODAY - random.randrange(400) * DAY
        person = make.make_staff(
            f"P{i:02}",
            random.choice(units),
            start_on=start,
            job_role=random.choice(list(JobRole)),
            working_days=random.choice([0b11111, 0b10101, 0b11, 0b1111111]),
        )
        for k in range(random.randrange(4)):
            on = TODAY - random.randrange(-20, 200) * DAY
            status = random.choice(list(BookingStatus))
            event = make.make_event(hosts[i], on, time(8 + k), capacity=None)
            make.make_booking(event, person, BookingStatus.ATTENDED if k else status)
        if random.random() < 0.4:
            first = TODAY - random.randrange(100) * DAY
            last = random.choice([None, first + random.randrange(60) * DAY])
            make.make_absence(person, first, last)


IS = {
    Measure.IN_SCOPE: lambda s: True,
    Measure.ABSENT: lambda s: s.status == Status.ABSENT,
    Measure.IN_COVER: lambda s: s.status in (Status.IN_DATE, Status.DUE_SOON),
    Measure.IN_DATE: lambda s: s.status == Status.IN_DATE,
    Measure.DUE_SOON: lambda s: s.status == Status.DUE_SOON,
    Measure.OVERDUE: lambda s: s.status == Status.OVERDUE,
    Measure.NEVER_SEEN: lambda s: s.never_seen,
    Measure.OFFERED: lambda s: s.offered,
    Measure.NOT_OFFERED: lambda s: not s.offered,
    Measure.TAKEN_UP: lambda s: s.taken_up,
    Measure.NOT_TAKEN_UP: lambda s: not s.taken_up,
}
DAYS = [TODAY, TODAY - 30 * DAY, TODAY - 150 * DAY]


def by_rules(on: date) -> list[Line]:
    """Everybody in scope, from the facts alone."""
    return coverage(Asked(on=on, strand=Strand.SUPERVISION), with_people=True).people


def ordered(listing: Listing) -> list[int]:
    """Primary keys, through the slices that a paginator takes."""
    size = 7
    pages = [listing[i : i + size] for i in range(0, listing.count(), size)]
    return [one.standing.person for page in pages for one in page]


def populate_and_build(cast: Cast, seed: int, build: str) -> None:
    """`build`: whether what is stored of them is there: of nobody, everybody, or but for some."""
    populate(cast, seed)
    if build != "stale":
        make.build_cover()
    if build == "mixed":
        make.mark_stale(*Person.objects.filter(staff_number__isnull=False)[::3])


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("build", ["stale", "built", "mixed"])
def test_lists_are_what_the_rules_say_in_order(cast: Cast, seed: int, build: str) -> None:
    populate_and_build(cast, seed, build)
    for on in DAYS:
        lines = by_rules(on)
        whole = part(on, Strand.SUPERVISION, None, by=By.AREA)
        for measure, belongs in IS.items():
            listing = Listing(StoredCover(whole.where), whole, measure)
            wanted = [x.standing for x in lines if belongs(x.standing)]
            wanted.sort(key=lambda s: (s.due_on or date.max, s.person))
            assert ordered(listing) == [s.person for s in wanted], (on, measure)
        for order, gap in ((Order.GAP, "days"), (Order.CALENDAR_GAP, "calendar_days")):
            listing = Listing(StoredCover(whole.where), whole, Measure.IN_SCOPE, order)
            lines.sort(key=lambda x: (-getattr(x.gap, gap), x.standing.person))
            assert ordered(listing) == [x.standing.person for x in lines]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("build", ["stale", "built", "mixed"])
def test_bands_are_what_the_rules_say(cast: Cast, seed: int, build: str) -> None:
    populate_and_build(cast, seed, build)
    for on in DAYS:
        lines = by_rules(on)
        cover = StoredCover(part(on, Strand.SUPERVISION, None, by=By.AREA).where)
        for found, gap in zip(gap_bands(cover, on), ("days", "calendar_days"), strict=True):
            wanted = [[0, 0, 0] for _ in found]
            for x in lines:
                ratio = getattr(x.gap, gap) / x.standing.terms.interval_days
                add(wanted[sum(ratio > edge for edge in (1, 1.5, 2))], x)
            assert [[b.prosecutors, b.everyone, b.away] for b in found] == wanted
        wanted = [[0, 0, 0] for _ in range(4)]
        for x in lines:
            if x.standing.never_seen:
                over = x.standing.elapsed_days - x.standing.limit_days
                add(wanted[sum(over > edge for edge in (0, 28, 84))], x)
        bands = never_seen_bands(cover, on)
        assert [[b.prosecutors, b.everyone, b.away] for b in bands] == wanted


def add(band: list[int], line: Line) -> None:
    band[0] += line.standing.job_role == JobRole.PROSECUTOR
    band[1] += 1
    band[2] += line.standing.status == Status.ABSENT


def test_a_bands_edge_belongs_to_it() -> None:
    assert [band_of(n, (0, 28, 84)) for n in (-3, 0, 1, 28, 29, 84, 85)] == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
    ]


def test_numbers_of_the_uptake_page_lead_to_as_many_people(cast: Cast, as_: As) -> None:
    populate(cast, 4)
    for who, query in ((cast.lead, {}), (cast.area_lead, {})):
        visitor = as_(who)
        page = visitor.get("coverage_uptake", **query)
        lines = [*page.context["lines"], page.context["total"]]
        cells = [
            cell
            for line in lines
            for one in (line.prosecutors, line.everyone)
            for cell in (one.in_scope, one.offered, one.not_offered, one.taken_up)
        ]
        assert len(cells) == 24
        for cell in cells:
            if cell.href:
                people = visitor.client.get(cell.href)
                assert f"{people.context['count']:,}" == cell.text, cell.href
            else:
                assert cell.text == "0"


def test_a_list_says_where_each_stands_and_leads_to_their_page(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - 35 * DAY)
    page = as_(cast.area_lead).get("coverage_list", measure="due_soon")
    (one,) = page.context["people"]
    assert (one.name, one.place, one.words, one.due, one.last_seen) == (
        "Amira Prosecutor",
        "West One, West",
        "Due by 19 May 2026",
        "19 May 2026",
        "7 April 2026",
    )
    assert as_(cast.area_lead).client.get(one.href).status_code == 200


def test_names_need_the_relation_to_hold_today(cast: Cast, as_: As) -> None:
    moved = make.make_person("Moved Away", staff=True)
    make.make_posting(moved, cast.unit, end_on=TODAY - 10 * DAY)
    make.make_posting(moved, cast.elsewhere, start_on=TODAY - 9 * DAY)
    then = (TODAY - 20 * DAY).isoformat()
    for _ in range(2):
        page = as_(cast.area_lead).get("coverage_list", on=then)
        assert page.context["count"] == 3
        assert page.context["unnamed"] == (
            "1 person is counted and not named: today they are outside your Areas."
        )
        assert "Moved Away" not in page.content.decode()
        page = as_(cast.lead).get("coverage_list", on=then)
        assert (page.context["count"], page.context["unnamed"]) == (4, "")
        assert "Moved Away" in page.content.decode()
        make.build_cover()


def test_a_unit_is_among_those_led_or_not_there(cast: Cast, as_: As) -> None:
    two = make.make_unit("West", "West Two")
    make.make_staff("Second", two)
    visitor = as_(cast.area_lead)
    page = visitor.get("coverage_list", unit=two.public_id)
    assert [one.name for one in page.context["people"]] == ["Second"]
    assert "of West Two" in page.content.decode()
    assert visitor.get("coverage_list", unit=cast.elsewhere.public_id).status_code == 404
    assert as_(cast.lead).get("coverage_list", unit=cast.elsewhere.public_id).status_code == 200
    # From a unit one goes on to another Area.
    page = as_(cast.lead).get(
        "coverage_list", unit=two.public_id, area=cast.elsewhere.area.public_id
    )
    assert (page.context["unit"], page.context["count"]) == ("", 0)
    assert page.context["area"] == cast.elsewhere.area
    for wrong in ({"unit": "x"}, {"measure": "x"}, {"role": "manager"}):
        page = visitor.get("coverage_list", **wrong)
        assert list(page.context["form"].errors) == list(wrong)
        assert "people" not in page.context


def test_lists_have_pages(cast: Cast, as_: As, settings: object) -> None:
    settings.COVER_LIST_PER_PAGE = 2  # type: ignore[attr-defined]
    visitor = as_(cast.lead)
    names = []
    for number in (1, 2):
        page = visitor.get("coverage_list", page=number)
        assert page.context["page"].paginator.num_pages == 2
        names += [one.name for one in page.context["people"]]
    assert sorted(names) == ["Amira Prosecutor", "Helen Manager", "Joe Paralegal"]
    for wrong in ("99", "x", "-1", ""):
        assert visitor.get("coverage_list", page=wrong).status_code == 200


def test_longest_gaps_in_both_kinds_of_days(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - 100 * DAY)
    make.make_absence(cast.prosecutor, TODAY - 90 * DAY, TODAY - 31 * DAY)
    make.make_held(cast.paralegal, cast.supervisor, TODAY - 50 * DAY)
    for person in (cast.prosecutor, cast.paralegal):
        make.make_held(person, make.make_supervisor("Dr Early"), make.START, time(9))
    visitor = as_(cast.lead)
    page = visitor.get("coverage_gaps")
    shown = {one.name: (one.gap, one.calendar_gap) for one in page.context["people"]}
    long = (TODAY - make.START).days
    assert shown == {
        "Amira Prosecutor": (f"{long - 100:,} days", f"{long - 100:,} days"),
        "Joe Paralegal": (f"{long - 50:,} days", f"{long - 50:,} days"),
        "Helen Manager": (f"{long + 1:,} days", f"{long + 1:,} days"),
    }
    assert page.context["record"] == (
        "The first on record is of 6 January 2020: of whoever joined before, the time until"
        " their first on record counts as a gap."
    )
    bands = [band.numbers for band in page.context["bands"]]
    assert bands == [["0", "0", "0", "0"]] * 3 + [["1", "3", "1", "3"]]
    assert page.context["sentence"] == (
        "Of 3 people in scope, 3 (100.0%) once went longer than the interval since they"
        " joined, not counting days away."
    )


def test_never_seen_by_how_long_since_they_joined(cast: Cast, as_: As) -> None:
    for person in (cast.prosecutor, cast.paralegal, cast.manager):
        make.make_held(person, make.make_supervisor("Dr"), TODAY - 5 * DAY)
    for name, days in (("In time", 27), ("A bit over", 28), ("Over", 56), ("Far over", 112)):
        make.make_staff(name, cast.unit, start_on=TODAY - days * DAY)
    page = as_(cast.area_lead).get("coverage_never_seen")
    assert [(b.name, b.numbers) for b in page.context["bands"]] == [
        ("Within the first limit", ["1", "1", "0"]),
        ("1 to 28 days over it", ["1", "1", "0"]),
        ("29 to 84 days over it", ["1", "1", "0"]),
        ("85 days over it and more", ["1", "1", "0"]),
    ]
    assert [(one.name, one.over) for one in page.context["people"]] == [
        ("Far over", "85 days"),
        ("Over", "29 days"),
        ("A bit over", "1 day"),
        ("In time", "Within it"),
    ]
    assert page.context["sentence"] == (
        "4 people are not yet seen, 4 of them prosecutors. 3 are over the first limit."
    )
    assert page.context["people"][0].joined == "20 January 2026, 112 days before"


def test_links_of_an_area_lead_stay_within_the_area(cast: Cast, as_: As) -> None:
    page = as_(cast.area_lead).get("coverage_uptake")
    (line,) = page.context["lines"]
    query = parse_qs(urlsplit(line.everyone.in_scope.href).query)
    assert query == {
        "measure": ["in_scope"],
        "on": ["2026-05-12"],
        "strand": ["supervision"],
        "area": [str(cast.area.public_id)],
        "unit": [str(cast.unit.public_id)],
    }
