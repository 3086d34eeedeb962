"""A page as files to take away: what a file is called and says of itself, and the links to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from supervision.queries.parts import Part
from wellbeing.domain.roles import Strand
from wellbeing.presenters.tables import Table

from .coverage_page import MEANING, NOT_SUPERVISION, STRANDS

KINDS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
Words = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A file before it has a format: CSV holds the first of the tables, Excel and JSON all.

    `stem`: its name without the ending. `said`: what it is, for Excel's sheet of definitions.
    `head`: what JSON says beside the tables. `in_json`: tables of JSON alone, where they differ.
    """

    stem: str
    tables: Sequence[Table]
    said: Words
    head: Mapping[str, Any]
    in_json: Sequence[Table] | None = None


def stem(name: str, strand: Strand, on: date) -> str:
    """`coverage-check-in-2026-05-12`."""
    return f"{name}-{strand.value.replace('_', '-')}-{on.isoformat()}"


def head(part: Part, *, area: str, provisional: bool, **more: Any) -> dict[str, Any]:
    """What a file of a part of the service is of; what is empty is left out."""
    values = {"on": part.on.isoformat(), "strand": part.strand.value, "area": area}
    named = {key: value for key, value in (values | more).items() if value not in (None, "")}
    return named | {"provisional": provisional}


def said(values: Mapping[str, Any], *, known: str, more: Words = ()) -> Words:
    """What a report is, for the sheet of definitions. `known`: as of when, in words."""
    strand = Strand(values["strand"])
    settled = "more than 5% of recent outcomes are not recorded yet"
    apart = () if strand == Strand.SUPERVISION else (("Beside", NOT_SUPERVISION.strip()),)
    where = [
        (word, values[word.lower()]) for word in ("Area", "Unit") if word.lower() in values
    ]
    return [
        ("Report", f"{STRANDS[strand]} on {values['on']}"),
        *where,
        ("Known", known),
        ("Provisional", f"Yes: {settled}" if values["provisional"] else "No"),
        ("In cover", f"{STRANDS[strand]}: {MEANING[strand]} within the policy's interval"),
        *apart,
        *more,
    ]


@dataclass(frozen=True, slots=True)
class Link:
    """One file of a page."""

    text: str
    href: str


def links(name: str, query: str, *part: object) -> list[Link]:
    """The same question as a file of each kind. `name`: of the address; `part`: its Area or unit."""
    more = f"?{query}" if query else ""
    return [
        Link(text, reverse(name, args=[*part, kind]) + more) for kind, text in KINDS.items()
    ]
