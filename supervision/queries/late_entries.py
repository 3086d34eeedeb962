"""Late entries, counted by kind and read a page at a time: why a figure is not what it was."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, cast, overload

from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Value,
)

from wellbeing.domain.local_time import local_day
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking, BookingMove, Event, EventDay, Person
from wellbeing.models.fact import Fact
from wellbeing.queries.people import nameable

from .late_sources import SUPERSEDED_AT, TRACKED, Late, LateKind, Source, Tracked, sources

OF_BOOKINGS = frozenset({LateKind.RECORDED, LateKind.CORRECTED, LateKind.BOOKED})
DAYS = Tracked(LateKind.MOVED, EventDay, ("event",))
# Whose registration, or session, it is: a supervisor.
OF_HOSTS = frozenset({LateKind.REGISTRATION, LateKind.MOVED})
NAMED = {
    LateKind.REGISTRATION: ("person",),
    LateKind.ABSENCE: ("person",),
    LateKind.POSTING: ("person", "unit__area"),
    LateKind.MOVED: ("event__host",),
}
BY_KIND = {t.kind: t for t in (*TRACKED, DAYS)}


@dataclass(frozen=True, slots=True)
class LateEntry:
    """One change of what was known.

    `row`: what was recorded, or taken back where `gone`; `before`: the row that it corrects,
    None for one that is new. A booking's move says itself what came before.
    `person`: whom it is about, a registration's supervisor, a moved session's host; None
    where it is about nobody, or the reader may not see the name. Of outcomes of others the row
    is the session, with `is_shared`: that somebody whom the reader may name had a place there.
    """

    kind: LateKind
    at: datetime
    row: Any
    gone: bool = False
    before: Any = None
    person: Person | None = None


class LateEntries(Sequence[LateEntry]):
    """All entries of a question, the latest first; what a paginator asks of a list."""

    def __init__(self, asked: Late, viewer: Viewer) -> None:
        self.asked, self.viewer = asked, viewer

    @cached_property
    def sources(self) -> list[Source]:
        return sources(self.asked, self.named)

    @property
    def named(self) -> QuerySet[Person]:
        """Whom the reader may see by name today."""
        return nameable(self.viewer, local_day(self.asked.by))

    @cached_property
    def counts(self) -> dict[LateKind, int]:
        """How many of each kind, those of which there is none too; a query a source."""
        found: Counter[LateKind] = Counter()
        for source in self.sources:
            found[source.kind] += source.rows.count()
        return {kind: found[kind] for kind in LateKind}

    def __len__(self) -> int:
        return sum(self.counts.values())

    @overload
    def __getitem__(self, part: int) -> LateEntry: ...

    @overload
    def __getitem__(self, part: slice) -> list[LateEntry]: ...

    def __getitem__(self, part: int | slice) -> LateEntry | list[LateEntry]:
        if isinstance(part, int):
            return self._read(slice(part, part + 1))[0]
        return self._read(part)

    def _read(self, part: slice) -> list[LateEntry]:
        """One query for which they are, two a kind for what they say, one for the names."""
        first, *others = [_lined_up(source, self.asked) for source in self.sources]
        rows = first.union(*others, all=True).order_by("-known", "which", "-pk")[part]
        found = [(LateKind(kind), at, pk, bool(gone)) for kind, at, pk, gone in rows]
        held: dict[LateKind, dict[int, Any]] = {
            kind: self._held(kind, [pk for k, _, pk, _ in found if k == kind])
            for kind in {kind for kind, *_ in found}
        }
        before = _before(held)
        return self._named(
            LateEntry(kind, at, held[kind][pk], gone, None if gone else before.get((kind, pk)))
            for kind, at, pk, gone in found
        )

    def _held(self, kind: LateKind, pks: list[int]) -> dict[int, Any]:
        if kind != LateKind.OTHERS:
            return _read(kind, pks)
        seats = Booking.objects.filter(event=OuterRef("pk"), person__in=self.named.values("pk"))
        return Event.objects.annotate(is_shared=Exists(seats)).in_bulk(pks)

    def _named(self, entries: Iterable[LateEntry]) -> list[LateEntry]:
        """With whom each is about, where the relation holds today (domain.md); one query.

        A lead reads the names of supervisors anyway.
        """
        listed = list(entries)
        about = {whom.pk for e in listed if (whom := _about(e)) and e.kind not in OF_HOSTS}
        seen = set(self.named.filter(pk__in=about).values_list("pk", flat=True))
        return [
            replace(e, person=whom)
            if (whom := _about(e)) and (e.kind in OF_HOSTS or whom.pk in seen)
            else e
            for e in listed
        ]


def _about(entry: LateEntry) -> Person | None:
    if entry.kind in OF_BOOKINGS:
        return cast("Person", entry.row.booking.person)
    if entry.kind == LateKind.MOVED:
        return cast("Person | None", entry.row.event.host)
    return getattr(entry.row, "person", None)


def _lined_up(source: Source, asked: Late) -> Any:
    """What has no instant of its own comes last, whenever it was recorded."""
    no_instant = Value(asked.after, output_field=DateTimeField())
    return (
        source.rows.order_by()
        .annotate(
            which=Value(source.kind.value, output_field=CharField()),
            known=F(source.instant) if source.instant else no_instant,
            gone=Value(source.instant == SUPERSEDED_AT, output_field=BooleanField()),
        )
        .values_list("which", "known", "pk", "gone")
    )


def _read(kind: LateKind, pks: list[int]) -> dict[int, Any]:
    """Rows by primary key, with what their lines name; one query."""
    if kind in OF_BOOKINGS:
        moves = BookingMove.as_recorded.select_related("booking__person", "booking__event")
        return moves.in_bulk(pks)
    return dict(_rows(kind).in_bulk(pks))


def _rows(kind: LateKind) -> Any:
    rows: Any = BY_KIND[kind].model.as_recorded
    return rows.select_related(*NAMED[kind]) if kind in NAMED else rows.all()


def _before(held: dict[LateKind, dict[int, Any]]) -> dict[tuple[LateKind, int], Any]:
    """The row that each recorded one corrects, by kind and primary key; a query a kind."""
    found: dict[tuple[LateKind, int], Any] = {}
    for kind in held.keys() - OF_BOOKINGS - {LateKind.OTHERS}:
        tracked = BY_KIND[kind]
        new = {_follows(tracked, row, row.recorded_at): pk for pk, row in held[kind].items()}
        closed = _rows(kind).filter(
            superseded_at__in={at for at, *_ in new},
            **{f"{tracked.key[0]}__in": {key for _, key, *_ in new}},
        )
        for row in closed:
            pk = new.get(_follows(tracked, row, row.superseded_at))
            if pk is not None and pk != row.pk:
                found[kind, pk] = row
    return found


def _follows(tracked: Tracked, row: Fact, at: datetime) -> tuple[Any, ...]:
    """What a row and the one that corrects it have in common."""
    return at, *(row.serializable_value(name) for name in tracked.key)
