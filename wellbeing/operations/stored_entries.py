"""VEVENTs as bytes, made when they are first wanted and kept until their event changes.

Derived and droppable: there is no audit row, and a reader who cannot keep what was made
goes on without.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.db import DatabaseError, transaction
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from wellbeing.domain.ical import vevent
from wellbeing.models import StoredEntry
from wellbeing.queries.schedule import Pages, Window, edition, schedule_entries
from wellbeing.queries.wording import Wording

log = logging.getLogger(__name__)
# Events a look-up: what is held in memory of a schedule of any size.
CHUNK = 1000
# An event and who is shown it; the SEQUENCE and the bytes.
Key = tuple[int, str]
Bytes = tuple[int, bytes]


def vevents(window: Window, pages: Pages, wording: Wording | None = None) -> Iterator[bytes]:
    """The bytes of these events, in order; with `wording`, as their host reads them."""
    made_as = edition(pages)
    may_keep = True
    for start in range(0, len(window), CHUNK):
        chunk = window[start : start + CHUNK]
        found = _held(chunk, made_as)
        missing = [
            (e, who) for e, sequence, who in chunk if not _is_good(found, e, who, sequence)
        ]
        made = _made(missing, pages, wording)
        if made and may_keep:
            may_keep = _keep(made, made_as)
        found |= made
        yield from (found[e, who][1] for e, _, who in chunk if (e, who) in found)


def _is_good(found: Mapping[Key, Bytes], event: int, audience: str, sequence: int) -> bool:
    return (event, audience) in found and found[event, audience][0] == sequence


def _held(chunk: Window, made_as: str) -> dict[Key, Bytes]:
    rows = StoredEntry.objects.filter(
        _is_one_of([event for event, _, _ in chunk]),
        audience__in={audience for _, _, audience in chunk},
        edition=made_as,
    )
    values = rows.values_list("event", "audience", "sequence", "data")
    return {(event, who): (sequence, bytes(data)) for event, who, sequence, data in values}


def _is_one_of(events: Iterable[int]) -> RawSQL:
    """Our own keys as numbers: a placeholder for each costs more than reading its row does."""
    keys = ",".join(str(int(event)) for event in events)
    return RawSQL(f"event_id IN ({keys})", [], output_field=BooleanField())


def _made(missing: Iterable[Key], pages: Pages, wording: Wording | None) -> dict[Key, Bytes]:
    """One bad row never ends a calendar: it is left out, and said in the log."""
    events: dict[str, list[int]] = defaultdict(list)
    for event, audience in missing:
        events[audience].append(event)
    made: dict[Key, Bytes] = {}
    for audience, wanted in events.items():
        for event, entry in schedule_entries(wanted, audience, pages, wording):
            try:
                made[event, audience] = (entry.sequence, vevent(entry))
            except ValueError:
                log.exception("event %s has no calendar entry", event)
    return made


def _keep(made: Mapping[Key, Bytes], made_as: str) -> bool:
    """In place of what was there. False where the database would not: a lock, an event gone."""
    rows = [
        StoredEntry(
            event_id=event, audience=audience, sequence=sequence, edition=made_as, data=data
        )
        for (event, audience), (sequence, data) in sorted(made.items())
    ]
    try:
        with transaction.atomic():
            StoredEntry.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["event", "audience"],
                update_fields=["sequence", "edition", "data"],
            )
    except DatabaseError:
        log.warning("calendar entries were not kept", exc_info=True)
        return False
    return True


def drop_stored_entries() -> int:
    """Forgets all that is kept: it is made again when it is next wanted. How many."""
    return StoredEntry.objects.all().delete()[0]
