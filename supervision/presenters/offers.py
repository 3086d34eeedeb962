"""The other offers of the CPS's answer as a table: each by itself, none of them supervision."""

from dataclasses import dataclass
from typing import Any

from supervision.queries.offers import Offers, RoundsHeld, TakenUp
from wellbeing.domain.disclosure import LEAST
from wellbeing.presenters.dates import counted, short_day
from wellbeing.presenters.tables import Column, Kind, Table

from .take_away import Taken

CHECK_INS, ROUNDS = "Line-manager check-ins", "Schwartz Rounds"
TRAINING = "RASSO Welfare Support Training"
# A Round knows how many come, never who: job roles would be a step towards names.
NOT_DIVIDED = "–"


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer that the service holds records of."""

    name: str
    times: str
    prosecutors: str
    everyone: str
    note: str


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """An offer of which nothing is counted, and why."""

    name: str
    why: str


# Counselling, allies and the toolkit: domain.md, who may see what.
BY_DESIGN = (
    NotRecorded(
        "Counselling",
        "Not recorded, by design: nobody is to wonder who learns that they asked for help.",
    ),
    NotRecorded(
        "Mental health allies",
        "Not recorded, by design: a talk with an ally is between the two of them.",
    ),
    NotRecorded(
        "RASSO Wellbeing Toolkit",
        "Not recorded, by design: nobody is watched reading it.",
    ),
)
NOT_YET = (
    NotRecorded("Team support sessions", "Not recorded: the service does not hold them."),
)


def period_words(offers: Offers) -> str:
    """`13 May 2025 to 12 May 2026`."""
    return f"{short_day(offers.first)} to {short_day(offers.last)}"


def offer_lines(offers: Offers) -> list[OfferLine]:
    """Those that are recorded, in the order of the CPS's answer."""
    return [
        _taken(CHECK_INS, offers.check_ins, "Check-ins held, and people who had one."),
        _rounds(offers.rounds),
        _taken(
            TRAINING,
            offers.training,
            "Courses held, and people who came to one or more.",
        ),
    ]  # fmt: skip


def not_recorded() -> list[NotRecorded]:
    """Those of which nothing is counted."""
    return [*NOT_YET, *BY_DESIGN]


def _taken(name: str, taken: TakenUp, note: str) -> OfferLine:
    return OfferLine(
        name, f"{taken.times:,}", f"{taken.prosecutors:,}", f"{taken.everyone:,}", note
    )


def _rounds(held: RoundsHeld) -> OfferLine:
    left_out = counted(held.small, "Round")
    note = "Rounds held, and places that people said they would take; who they are is nobody’s to see."
    if held.small:
        note += f" {left_out} with fewer than {LEAST} left out of that number."
    return OfferLine(ROUNDS, f"{held.times:,}", NOT_DIVIDED, f"{held.coming:,}", note)


COLUMNS = (
    Column("offer", Kind.TEXT, "None of them is clinical supervision, and none counts as it"),
    Column("held", Kind.NUMBER, "How often it was held"),
    Column("prosecutors", Kind.NUMBER, "Prosecutors who came, each once; not known of Rounds"),
    Column("all_staff", Kind.NUMBER, "People who came, each once; of Rounds, places that were to be taken"),
    Column("left_out", Kind.NUMBER, f"Rounds with fewer than {LEAST}, whose places are left out"),
)  # fmt: skip


def offers_taken(offers: Offers, *, where: str, known: str) -> Taken:
    """Those that are recorded, as a file. `where`: names of Areas; empty: everywhere."""
    rounds = offers.rounds
    rows: list[list[Any]] = [
        [CHECK_INS, *_numbers(offers.check_ins)],
        [ROUNDS, rounds.times, None, rounds.coming, rounds.small],
        [TRAINING, *_numbers(offers.training)],
    ]
    first, last = offers.first.isoformat(), offers.last.isoformat()
    places = [("Areas", where)] if where else []
    return Taken(
        f"other-offers-{last}",
        [Table("Other offers", COLUMNS, rows)],
        [
            ("Report", f"The other offers, {first} to {last}"),
            *places,
            ("Known", known),
            *((f"Not counted: {one.name}", one.why) for one in not_recorded()),
        ],
        {"from": first, "to": last, **{word.lower(): names for word, names in places}},
    )


def _numbers(taken: TakenUp) -> list[int | None]:
    return [taken.times, taken.prosecutors, taken.everyone, None]
