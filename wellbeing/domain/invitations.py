"""Invitations as bytes: one event for one recipient (RFC 5546 §3.2.2, §3.2.5; RFC 6047).

A group session must not disclose who else comes: the recipient is the only ATTENDEE, and
the service's own mailbox the ORGANIZER, to which clients send their answers.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from icalendar import vCalAddress

from .ical import END, Entry, EntryStatus, Method, component, opening, serialised

# RFC 5321's dot-atom and a host's name: all that a `mailto:` of ours may hold.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A calendar of one event, and the METHOD inside it, which the e-mail must repeat."""

    method: Method
    data: bytes


def request(entry: Entry, *, attendee: str, organizer: str, sent_at: datetime) -> Invitation:
    """METHOD:REQUEST: an invitation, a change of it (a higher SEQUENCE), or an offer.

    `attendee`, `organizer`: bare e-mail addresses; `sent_at` becomes DTSTAMP. ValueError:
    no address, the same address twice, or an entry that is cancelled (RFC 5546 §3.2.2: a
    client would keep it).
    """
    if entry.status == EntryStatus.CANCELLED:
        raise ValueError("a cancelled entry is not asked for: cancel it")
    return _invitation(Method.REQUEST, entry, attendee, organizer, sent_at)


def cancel(entry: Entry, *, attendee: str, organizer: str, sent_at: datetime) -> Invitation:
    """METHOD:CANCEL: takes the entry out of the recipient's calendar (RFC 5546 §3.2.5).

    The same UID, and a SEQUENCE above that of the REQUEST, which the entry brings.
    """
    cancelled = replace(entry, status=EntryStatus.CANCELLED)
    return _invitation(Method.CANCEL, cancelled, attendee, organizer, sent_at)


def invitation(entry: Entry, *, attendee: str, organizer: str, sent_at: datetime) -> Invitation:
    """Whichever of the two the entry's status calls for."""
    make = cancel if entry.status == EntryStatus.CANCELLED else request
    return make(entry, attendee=attendee, organizer=organizer, sent_at=sent_at)


def _invitation(
    method: Method, entry: Entry, attendee: str, organizer: str, sent_at: datetime
) -> Invitation:
    if attendee.lower() == organizer.lower():
        # Clients would take the meeting for one's own, and file the mail away.
        raise ValueError("the service does not invite itself")
    event = component(entry, summary=entry.summary, stamp=sent_at)
    event["ORGANIZER"] = vCalAddress(mailto(organizer))
    guest = event["ATTENDEE"] = vCalAddress(mailto(attendee))
    # No CN: quotes and carets in a name are written in a way that few clients read.
    guest.params.update(
        CUTYPE="INDIVIDUAL", ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="FALSE"
    )
    return Invitation(method, opening(method) + serialised(event) + END)


def mailto(address: str) -> str:
    """The address as a URI (RFC 6068 §2). ValueError where it is more, or less, than one."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError("not an e-mail address")
    return "mailto:" + quote(address, safe="!$'*+-._~@")
