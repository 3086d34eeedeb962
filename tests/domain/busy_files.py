"""Calendars for tests, as clients write them, and their busy times in a form that is easily read."""

from datetime import date
from textwrap import dedent

from wellbeing.domain.busy import busy_times, window_of

YEAR = date(2026, 1, 1)
LONDON = "TZID=Europe/London"


def event(*lines: str, uid: str = "one@calendar.example") -> str:
    """A VEVENT of these lines; each may hold several."""
    return "\n".join(
        ["BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Secret lunch", *lines, "END:VEVENT"]
    )


def calendar(*parts: str, end: str = "\r\n") -> bytes:
    """A VCALENDAR of these components."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Test//EN",
        *parts,
        "END:VCALENDAR",
        "",
    ]
    return dedent("\n".join(lines)).replace("\n", end).encode()


def read(data: bytes, first: date = YEAR, weeks: int = 53) -> list[str]:
    """Each interval like `05-12T09:30/10:00`, in UTC; the end's day where it is another one."""
    return [
        f"{a:%m-%dT%H:%M}/{b:%H:%M}"
        if a.date() == b.date()
        else f"{a:%m-%dT%H:%M}/{b:%m-%dT%H:%M}"
        for a, b in busy_times(data, window_of(first, weeks))
    ]


def timezone(tzid: str, *observances: tuple[str, str, str, str, str]) -> str:
    """A VTIMEZONE; each observance is (kind, first onset, rule, offset before, offset after)."""
    body = [
        f"BEGIN:{kind}\nDTSTART:{start}\nTZOFFSETFROM:{before}\nTZOFFSETTO:{after}\n"
        + (f"RRULE:{rule}\n" if rule else "")
        + f"END:{kind}"
        for kind, start, rule, before, after in observances
    ]
    return "\n".join(["BEGIN:VTIMEZONE", f"TZID:{tzid}", *body, "END:VTIMEZONE"])


# Britain's clock as Outlook describes it, since 1601.
BRITAIN = (
    ("STANDARD", "16010101T020000", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "+0100", "+0000"),
    ("DAYLIGHT", "16010101T010000", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "+0000", "+0100"),
)

OUTLOOK = calendar(
    "METHOD:PUBLISH\nX-WR-CALNAME:Calendar\nX-MS-OLK-FORCEINSPECTOROPEN:TRUE",
    timezone("GMT Standard Time", *BRITAIN),
    event(
        "CLASS:PRIVATE\nDTSTAMP:20260301T120000Z",
        'DTSTART;TZID="GMT Standard Time":20260324T093000',
        'DTEND;TZID="GMT Standard Time":20260324T103000',
        "RRULE:FREQ=WEEKLY;UNTIL=20260414T083000Z;INTERVAL=1;BYDAY=TU;WKST=MO",
        'EXDATE;TZID="GMT Standard Time":20260407T093000',
        "TRANSP:OPAQUE\nSEQUENCE:1\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY\nX-MICROSOFT-DISALLOW-COUNTER:FALSE",
        "BEGIN:VALARM\nTRIGGER:-PT15M\nACTION:DISPLAY\nDESCRIPTION:Reminder\nEND:VALARM",
        uid="040000008200E00074C5B7101A82E008",
    ),
    event(
        'RECURRENCE-ID;TZID="GMT Standard Time":20260331T093000',
        'DTSTART;TZID="GMT Standard Time":20260401T140000',
        'DTEND;TZID="GMT Standard Time":20260401T143000',
        "TRANSP:OPAQUE\nSEQUENCE:2\nX-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",
        uid="040000008200E00074C5B7101A82E008",
    ),
    event(
        "DTSTART;VALUE=DATE:20260402\nDTEND;VALUE=DATE:20260403",
        "TRANSP:OPAQUE\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nX-MICROSOFT-CDO-BUSYSTATUS:FREE",
        uid="2",
    ),
    event(
        "DTSTART;VALUE=DATE:20261024\nDTEND;VALUE=DATE:20261026",
        "TRANSP:OPAQUE\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nX-MICROSOFT-CDO-BUSYSTATUS:OOF",
        uid="3",
    ),
)
OUTLOOK_BUSY = [
    "03-24T09:30/10:30",
    "04-01T13:00/13:30",
    "04-14T08:30/09:30",
    "10-23T23:00/10-26T00:00",
]

GOOGLE = calendar(
    "CALSCALE:GREGORIAN\nMETHOD:PUBLISH\nX-WR-CALNAME:someone@gmail.example\nX-WR-TIMEZONE:Europe/London",
    "BEGIN:VTIMEZONE\nTZID:Europe/London\nX-LIC-LOCATION:Europe/London\n"
    "BEGIN:DAYLIGHT\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nTZNAME:GMT+1\nDTSTART:19700329T010000\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\n"
    "BEGIN:STANDARD\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0000\nTZNAME:GMT\nDTSTART:19701025T020000\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nEND:VTIMEZONE",
    event(
        f"DTSTART;{LONDON}:20261019T170000\nDTEND;{LONDON}:20261019T174500",
        "RRULE:FREQ=WEEKLY;WKST=MO;UNTIL=20261130T235959Z;BYDAY=MO,WE",
        f"EXDATE;{LONDON}:20261104T170000\nEXDATE;{LONDON}:20261125T170000",
        "STATUS:CONFIRMED\nTRANSP:OPAQUE\nSEQUENCE:0",
        uid="series@google.example",
    ),
    event(
        f"RECURRENCE-ID;{LONDON}:20261026T170000",
        "DTSTART:20261026T080000Z\nDTEND:20261026T090000Z\nSTATUS:CONFIRMED\nTRANSP:OPAQUE",
        uid="series@google.example",
    ),
    event(
        f"RECURRENCE-ID;{LONDON}:20261109T170000\nDTSTART;{LONDON}:20261109T170000",
        f"DTEND;{LONDON}:20261109T174500\nSTATUS:CANCELLED\nTRANSP:OPAQUE",
        uid="series@google.example",
    ),
    event("DTSTART:20261020T120000Z\nDTEND:20261020T123000Z\nTRANSP:TRANSPARENT", uid="free"),
    event(
        "DTSTART;VALUE=DATE:20261027\nDTEND;VALUE=DATE:20261028\nTRANSP:TRANSPARENT", uid="day"
    ),
    event("DTSTART:20261020T120000Z\nDTEND:20261020T124500Z\nSTATUS:TENTATIVE", uid="perhaps"),
)
GOOGLE_BUSY = [
    "10-19T16:00/16:45",
    "10-20T12:00/12:45",
    "10-21T16:00/16:45",
    "10-26T08:00/09:00",
    "10-28T17:00/17:45",
    "11-02T17:00/17:45",
    "11-11T17:00/17:45",
    "11-16T17:00/17:45",
    "11-18T17:00/17:45",
    "11-23T17:00/17:45",
    "11-30T17:00/17:45",
]

APPLE = calendar(
    "CALSCALE:GREGORIAN\nX-APPLE-CALENDAR-COLOR:#1BADF8",
    "BEGIN:VTIMEZONE\nTZID:Europe/London\n"
    "BEGIN:DAYLIGHT\nTZOFFSETFROM:+0000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n"
    "DTSTART:19810329T010000\nTZNAME:BST\nTZOFFSETTO:+0100\nEND:DAYLIGHT\n"
    "BEGIN:STANDARD\nTZOFFSETFROM:+0100\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n"
    "DTSTART:19961027T020000\nTZNAME:GMT\nTZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE",
    event(
        f"TRANSP:OPAQUE\nDTSTART;{LONDON}:20260325T220000\nDURATION:PT8H",
        "RRULE:FREQ=DAILY;COUNT=6\nSEQUENCE:1",
        f"EXDATE;{LONDON}:20260326T220000,20260327T220000",
        uid="2F5D-NIGHTS",
    ),
    event(
        f"RECURRENCE-ID;{LONDON}:20260329T220000\nTRANSP:OPAQUE",
        f"DTSTART;{LONDON}:20260329T230000\nDURATION:PT1H30M\nSEQUENCE:0",
        uid="2F5D-NIGHTS",
    ),
    event("DTSTART;TZID=America/New_York:20260310T090000\nDURATION:P1D", uid="away"),
    event(f"DTSTART;{LONDON}:20260311T090000", uid="a moment"),
)
APPLE_BUSY = [
    "03-10T13:00/03-11T13:00",
    "03-25T22:00/03-26T06:00",
    "03-28T22:00/03-29T06:00",
    "03-29T22:00/23:30",
    "03-30T21:00/03-31T05:00",
]
FLAVOURS = {
    "Outlook": (OUTLOOK, OUTLOOK_BUSY),
    "Google": (GOOGLE, GOOGLE_BUSY),
    "Apple": (APPLE, APPLE_BUSY),
}
