"""Bookings of a strand's events with their status: as known now, or as known at an instant.

Now is the booking's own column; then, of the moves beside it, the one that was recorded by
that instant and not yet followed by another (docs/decisions, 16).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet

from supervision.domain.credit import Held
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import Strand
from wellbeing.models import Booking, BookingMove, EventDay

CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Places:
    """`known_at`: None for what is known now. `people`: primary keys, or None for everybody."""

    strand: Strand
    known_at: datetime | None = None
    people: Collection[int] | None = None

    def held(self, on: date) -> dict[int, Held]:
        """What these people came to up to a day, by event, with how many came; one query.

        Nobody came before the start, and from then on no event changes: its day, minutes
        and host are those that were known whenever the attendance was.
        """
        rows, event = self._attended(on), self._name("event")
        if self.people is not None:
            rows = rows.filter(**{f"{event}__in": self._only(rows).values(event)})
        columns = ("event", "event__local_on", "event__minutes", "event__host")
        counted = rows.values_list(*map(self._name, columns)).annotate(n=Count("pk"))
        return {row[0]: Held(*row) for row in counted.order_by().iterator(chunk_size=CHUNK)}

    def attended(self, on: date) -> Iterator[tuple[int, int]]:
        """Person and event of everybody who came up to a day; one query."""
        rows = self._only(self._attended(on))
        columns = map(self._name, ("person", "event"))
        return rows.values_list(*columns).iterator(chunk_size=CHUNK)

    def between(self, first: date, last: date) -> Iterator[tuple[int, date, BookingStatus]]:
        """Person, day and status of every booking for an event of these days.

        One query; two where an event may have had another day then.
        """
        moved = self._moved()
        days = {
            self._name("event__local_on__gte"): first,
            self._name("event__local_on__lte"): last,
        }
        for person, event, day, status in self._statuses(**days):
            if event not in moved:
                yield person, day, status
        if self.known_at is None:
            return
        for person, event, _, status in self._statuses(booking__event__in=self._other_days()):
            if first <= moved[event] <= last:
                yield person, moved[event], status

    def _statuses(self, **where: Any) -> Iterator[tuple[int, int, date, BookingStatus]]:
        rows = self._only(self._rows().filter(**where)).values_list(
            *map(self._name, ("person", "event", "event__local_on")), self._status
        )
        for person, event, day, status in rows:
            yield person, event, day, BookingStatus(status)

    def _other_days(self) -> QuerySet[Any]:
        """Events that were moved to another day after the instant, with the day they had."""
        then = EventDay.as_recorded.filter(
            recorded_at__lte=self.known_at, superseded_at__gt=self.known_at
        )
        return then.values("event")

    def _moved(self) -> dict[int, date]:
        if self.known_at is None:
            return {}
        return dict(self._other_days().values_list("event", "local_on"))

    def _rows(self) -> QuerySet[Any]:
        if self.known_at is None:
            rows: QuerySet[Any] = Booking.objects.all()
        else:
            rows = BookingMove.as_recorded.known_at(self.known_at)
        return rows.filter(**{self._name("event__kind"): self.strand})

    def _attended(self, on: date) -> QuerySet[Any]:
        came = {
            self._status: BookingStatus.ATTENDED,
            self._name("event__local_on__lte"): on,
        }
        return self._rows().filter(**came)

    def _only(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.people is None:
            return rows
        return rows.filter(**{self._name("person__in"): self.people})

    def _name(self, column: str) -> str:
        """A booking's column, from the rows that are read."""
        return column if self.known_at is None else f"booking__{column}"

    @property
    def _status(self) -> str:
        return "status" if self.known_at is None else "after"
