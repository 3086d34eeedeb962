"""Bottlenecks in words: what their people have in common, and nothing else."""

from datetime import date

import pytest

from supervision.presenters.ahead_words import day_names, why
from supervision.queries.ahead_groups import Common
from supervision.queries.ahead_people import Until
from wellbeing.domain.working_days import from_names, to_names

FIRST = date(2026, 6, 1)
LAST = date(2026, 7, 12)
MAY, JUNE = date(2026, 5, 12), date(2026, 6, 9)
TUE = from_names(["tue"])


def who(
    unit: str = "One",
    area: str = "West",
    days: int | None = 0b11111,
    due: date = JUNE,
    *,
    is_overdue: bool = False,
    helpless: bool = False,
) -> Common:
    """Somebody."""
    return Common(
        number=1,
        units=frozenset({(area, unit)}),
        working_days=frozenset({days}),
        untils=frozenset({Until(LAST if is_overdue else due, is_overdue)}),
        cannot_be_placed=helpless,
    )


def together(people: list[Common]) -> Common:
    return Common(
        number=len(people),
        units=frozenset().union(*(one.units for one in people)),
        working_days=frozenset().union(*(one.working_days for one in people)),
        untils=frozenset().union(*(one.untils for one in people)),
        cannot_be_placed=all(one.cannot_be_placed for one in people),
    )


SENTENCES = [
    (
        [who("West", days=TUE, due=MAY)] * 7,
        4,
        "Seven people in West who work only on Tuesdays, all due by 12 May 2026, share four places.",
    ),
    (
        [who(days=TUE), who("Two", days=TUE, due=MAY)],
        1,
        "Two people in West who work only on Tuesdays, due between 12 May 2026 and 9 June 2026, share one place.",
    ),
    (
        [who(), who("One", "East", days=TUE)],
        1,
        "Two people, all due by 9 June 2026, share one place.",
    ),
    (
        [who(), who(days=None, is_overdue=True)],
        1,
        "Two people in One (West), overdue already or due by 9 June 2026, share one place.",
    ),
    (
        [who(is_overdue=True)] * 12,
        1,
        "12 people in One (West), all overdue already, share one place.",
    ),
    (
        [who()],
        0,
        "One person in One (West), due by 9 June 2026, has no free place by then.",
    ),
    (
        [who(is_overdue=True)],
        0,
        "One person in One (West), overdue already, has no free place in these weeks.",
    ),
    (
        [who(helpless=True)],
        0,
        "One person in One (West) has no working day from 1 June 2026 to 9 June 2026.",
    ),
    (
        [who(helpless=True, due=FIRST)] * 2,
        0,
        "Two people in One (West) have no working day on 1 June 2026.",
    ),
    (
        [who(helpless=True, due=date(2026, 6, 2))],
        0,
        "One person in One (West) has no working day on 1 June 2026 or the day after.",
    ),
]


@pytest.mark.parametrize(("people", "seats", "sentence"), SENTENCES)
def test_why(people: list[Common], seats: int, sentence: str) -> None:
    assert why(together(people), seats, FIRST) == sentence


WITH_OTHERS = [
    (
        [who(days=TUE)],
        1,
        1,
        "One person in One (West) who works only on Tuesdays, due by 9 June 2026, and one other"
        " share one place.",
    ),
    (
        [who(helpless=True)],
        0,
        2,
        "One person in One (West), due by 9 June 2026, and two others have no free place by then.",
    ),
    ([], 0, 1, "One person has no free place in these weeks."),
    ([], 0, 12, "12 people have no free place in these weeks."),
    ([], 1, 2, "Two people share one place."),
]


@pytest.mark.parametrize(("people", "seats", "others", "sentence"), WITH_OTHERS)
def test_of_others_only_how_many_they_are(
    people: list[Common], seats: int, others: int, sentence: str
) -> None:
    assert why(together(people), seats, FIRST, others) == sentence


@pytest.mark.parametrize(
    ("mask", "names"),
    [
        (0b0000010, "Tuesdays"),
        (0b0010001, "Mondays and Fridays"),
        (0b1100001, "Mondays, Saturdays and Sundays"),
    ],
)
def test_day_names(mask: int, names: str) -> None:
    assert day_names(mask) == names
    assert len(to_names(mask)) == names.count("days")
