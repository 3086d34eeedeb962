"""An evidence pack for an inspector, of one release and nothing else: the same release, the same bytes."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from supervision.domain.release_content import Values
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import Strand
from wellbeing.presenters.dates import short_day
from wellbeing.presenters.tables import Column, Kind, Table, csv_lines, csv_text
from wellbeing.presenters.zipping import zipped

from .coverage_files import MEANS, WITHHELD_WORDS
from .coverage_out import COUNTS
from .coverage_page import STRANDS, meaning
from .released import beside, headline, populations

POLICY = (
    "strand",
    "job_roles",
    "interval_days",
    "first_within_days",
    "due_soon_days",
    "least_credited_minutes",
    "effective_from",
)


def digest(figures: Values) -> str:
    """SHA-256 of a release, by which a pack and a page can be told to be of the same one."""
    return hashlib.sha256(_json(figures)).hexdigest()


def _json(values: Any) -> bytes:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, indent=1)
    return text.encode()


def strand_table(strand: Values) -> Table:
    """Every figure of a strand: where, of whom, and the contract's counts."""
    names = [Column("area", Kind.TEXT), Column("unit", Kind.TEXT), Column("who", Kind.TEXT)]
    counts = [
        Column(n, Kind.SHARE if n == "coverage" else Kind.NUMBER, MEANS[n]) for n in COUNTS
    ]
    rows = [
        [area, unit, group["name"] if not area else who, *(group[n] for n in COUNTS)]
        for area, unit, who, group in _groups(strand)
    ]
    return Table("Coverage", [*names, *counts], rows)


def _groups(strand: Values) -> Iterator[tuple[str, str, str, Values]]:
    for group in (strand["all"], strand["prosecutors"], *strand["job_roles"]):
        yield "", "", "", group
    for area in strand["areas"]:
        name = area["all"]["name"]
        yield name, "", "all", area["all"]
        yield name, "", "prosecutors", area["prosecutors"]
        for unit in area["units"]:
            yield name, unit["all"]["name"], "all", unit["all"]
            yield name, unit["all"]["name"], "prosecutors", unit["prosecutors"]


def report_context(month_end: date, released_at: datetime, figures: Values) -> Values:
    """What the printable report says."""
    return {
        "month_end": short_day(month_end),
        "released_on": short_day(local_day(released_at)),
        "digest": digest(figures),
        "withheld": WITHHELD_WORDS,
        "strands": [
            _strand(strand, figures["strands"][strand]) for strand in _strands(figures)
        ],
        "policy": [[version[name] for name in POLICY] for version in figures["policy"]],
        "policy_columns": POLICY,
        "outside": [
            (words, one["job_role"], one["people"])
            for strand, words in STRANDS.items()
            for one in figures["outside"][strand]
        ],
        "loaded": figures["loaded"],
        "definitions": [(name, MEANS[name]) for name in COUNTS],
    }


def _strands(figures: Values) -> list[Strand]:
    """In the domain's order: PostgreSQL keeps no order of what a release holds."""
    return [strand for strand in Strand if strand in figures["strands"]]


def _strand(strand: Strand, figures: Values) -> Values:
    heads, measures = populations(figures)
    return {
        "name": STRANDS[strand],
        "meaning": meaning(strand),
        "headline": headline(figures),
        "provisional": figures["provisional"],
        "heads": heads,
        "measures": measures,
        "rows": beside(figures["areas"]),
    }


def pack(report: str, figures: Values) -> bytes:
    """The zip: the report, the figures as CSV and JSON, policy, definitions, and all their digests."""
    files: list[tuple[str, bytes]] = [("report.html", report.encode())]
    for strand in _strands(figures):
        text = "".join(csv_lines(strand_table(figures["strands"][strand])))
        files.append((f"figures-{strand.value.replace('_', '-')}.csv", text.encode()))
    policy = [[version[name] for name in POLICY] for version in figures["policy"]]
    files += [
        ("release.json", _json(figures)),
        ("policy-in-force.csv", csv_text(POLICY, policy).encode()),
        (
            "definitions.csv",
            csv_text(("column", "means"), [(n, MEANS[n]) for n in COUNTS]).encode(),
        ),
    ]
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files
    )
    return zipped([*files, ("SHA256SUMS", sums.encode())])
