"""A lead's *Today* in words: what needs doing, how many it is about, and its one step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from supervision.queries.parts import Part
from supervision.queries.today import Need, Needed, added
from wellbeing.presenters.dates import counted

WORDS = {
    Need.OVERDUE: "overdue, with nothing booked or offered",
    Need.NEVER_SEEN: "not yet seen, with nothing booked or offered",
    Need.BACK: "back from a long absence, with nothing booked or offered",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of thing to do: its sentence, something more, and where its one step is.

    `list_href`: where the number opens to its people, if not by the step itself.
    """

    text: str
    more: str
    step: str
    href: str
    list_href: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many there are of what is counted elsewhere."""

    short: int = 0
    weeks: int = 0
    reoffers: int = 0
    settle: int = 0
    record: int = 0
    endings: int = 0
    actions: int = 0


def people_href(need: Need, unit: str = "", page: str = "lead_today_people") -> str:
    """The list of who needs a place for a reason."""
    return _href(reverse(page), need, unit)


def _href(address: str, need: Need, unit: str) -> str:
    query = {"need": need.value, **({"unit": unit} if unit else {})}
    return f"{address}?{urlencode(query)}"


def offer_href(need: Need, unit: str = "") -> str:
    """The page on which all of them are offered a session in one step."""
    return people_href(need, unit, "lead_offer")


def need_tasks(by_unit: Mapping[int, Mapping[Need, Needed]], part: Part) -> Iterator[Task]:
    """Who needs a place, where there is anybody; where they are of one unit, the step is there."""
    for need, one in added([dict(counts) for counts in by_unit.values()]).items():
        units = [unit for unit, counts in by_unit.items() if counts[need].everyone]
        if units:
            unit = str(part.units[units[0]]) if len(units) == 1 else ""
            words, step = need_words(need, one), "Offer a session to all"
            yield Task(words, "", step, offer_href(need, unit), people_href(need))


def need_words(need: Need, one: Needed) -> str:
    """`12 people are overdue, with nothing booked or offered, 9 of them prosecutors`."""
    people = counted(one.everyone, "person is", "people are")
    of_them = f"{one.prosecutors:,} of them {_prosecutors(one.prosecutors)}"
    of_them = "a prosecutor" if one.everyone == 1 else of_them
    tail = f", {of_them}" if one.prosecutors else ""
    return f"{people} {WORDS[need]}{tail}"


def _prosecutors(number: int) -> str:
    return "a prosecutor" if number == 1 else "prosecutors"


# What is counted -> its words for one and for many, something more, the step, where it is.
OTHERS: tuple[tuple[str, str, str, str, str, str], ...] = (
    (
        "short",
        "person is short of a place in the next {weeks} weeks",
        "people are short of a place in the next {weeks} weeks",
        "Free places do not hold everybody who is due.",
        "See where",
        "coverage_ahead",
    ),
    (
        "reoffers",
        "place that we cancelled to offer again",
        "places that we cancelled to offer again",
        "",
        "Offer again",
        "session_to_do#offer-again",
    ),
    (
        "record",
        "session without a register",
        "sessions without a register",
        "Nobody has said who came, so they count for nobody yet.",
        "Say who came",
        "session_to_do#record",
    ),
    (
        "settle",
        "session with an outcome to settle",
        "sessions with an outcome to settle",
        "",
        "Settle",
        "session_to_do#settle",
    ),
    (
        "endings",
        "registration that ends soon or has ended",
        "registrations that end soon or have ended",
        "",
        "See whose",
        "registrations",
    ),
    (
        "actions",
        "action is past its date",
        "actions are past their date",
        "",
        "See which",
        "actions",
    ),
)


def other_tasks(waiting: Waiting) -> Iterator[Task]:
    """The rest, in the order of how soon somebody feels it; nothing of what is none."""
    for name, one, many, more, step, place in OTHERS:
        number = getattr(waiting, name)
        if number:
            page, _, anchor = place.partition("#")
            words = counted(number, one, many).format(weeks=waiting.weeks)
            href = reverse(page) + (f"#{anchor}" if anchor else "")
            yield Task(words, more, step, href)


@dataclass(frozen=True, slots=True)
class Number:
    """How many, and the list of who they are; no address where there is nobody."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit where somebody needs a place."""

    name: str
    numbers: list[Number]
    # Where all who are overdue are offered a session; empty where nobody is.
    offer: str


def unit_lines(part: Part, by_unit: Mapping[int, Mapping[Need, Needed]]) -> list[UnitLine]:
    """Those with most people overdue first."""
    order = sorted(
        by_unit,
        key=lambda u: (
            -by_unit[u][Need.OVERDUE].everyone,
            part.named[u].area_name,
            part.named[u].name,
        ),
    )
    # Looked up once and not for each of a thousand numbers.
    people, offer = reverse("lead_today_people"), reverse("lead_offer")
    lines = []
    for key in order:
        unit, named = str(part.units[key]), part.named[key]
        counts = [(need, one.everyone) for need, one in by_unit[key].items()]
        overdue = by_unit[key][Need.OVERDUE].everyone
        lines.append(
            UnitLine(
                name=f"{named.name}, {named.area_name}",
                numbers=[
                    Number(f"{number:,}", _href(people, need, unit) if number else "")
                    for need, number in counts
                ],
                offer=_href(offer, Need.OVERDUE, unit) if overdue else "",
            )
        )
    return lines


def home_words(by_unit: Mapping[int, Mapping[Need, Needed]]) -> str:
    """`12 people are overdue, with nothing booked or offered`; empty where nobody is."""
    one = added([dict(counts) for counts in by_unit.values()])[Need.OVERDUE]
    return need_words(Need.OVERDUE, one) if one.everyone else ""
