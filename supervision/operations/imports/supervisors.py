"""Clinical supervisors and their registrations: one row a registration."""

from collections import defaultdict
from datetime import date

from django.contrib.auth.hashers import make_password

from supervision.models import Registration, Supervisor, SupervisorArea
from wellbeing import ports
from wellbeing.domain import csv_values as value
from wellbeing.domain.csv_file import Row, Table
from wellbeing.domain.ports import Changed
from wellbeing.models import Area, Person
from wellbeing.operations.facts import close_all
from wellbeing.operations.imports.frame import Counts, Taking, check_once, take_in
from wellbeing.operations.locks import lock_people
from wellbeing.operations.renaming import hosts_renamed

PARSERS = {
    "email": value.email,
    "name": value.name,
    "areas": value.area_names,
    "hours_per_day": value.hours(24),
    "hours_per_week": value.hours(168),
    "register": value.name,
    "registration_number": value.name,
    "registered_from": value.day,
    "registered_to": value.optional(value.day),
    "indemnity_to": value.optional(value.day),
}
KEY = ("email", "register", "registration_number", "registered_from")
Key = tuple[int, str, str, date]


def import_supervisors(data: bytes, *, taking: Taking, dry_run: bool = False) -> Counts:
    """Takes supervisors in. An e-mail that is also a person's is that person."""
    return take_in("supervisors", data, PARSERS, _write, taking=taking, dry_run=dry_run)


def _write(table: Table, taking: Taking) -> Counts:
    areas = dict(Area.objects.values_list("name", "pk"))
    _check(table, set(areas))
    check_once(table, KEY, "This email, register, number and start")
    table.raise_faults()
    first = {row["email"]: row for row in reversed(table.rows)}
    people, touched = _people(first)
    hosts_renamed([people[email].pk for email in touched], at=taking.at)
    touched |= _supervisors(first, people, areas)
    return _registrations(table, people, touched, taking)


def _check(table: Table, areas: set[str]) -> None:
    services = set(Person.objects.filter(is_service=True).values_list("email", flat=True))
    for row in table.having("email"):
        if row["email"] in services:
            table.fault(row, "email", "belongs to the service itself. Correct it.")
    for row in table.having("areas"):
        for name in sorted(row["areas"] - areas):
            table.fault(
                row,
                "areas",
                f"{name!r} is no Area known from people. Import the people first, or correct it.",
            )
    for row in table.having("registered_from", "registered_to"):
        if row["registered_to"] and row["registered_to"] < row["registered_from"]:
            table.fault(row, "registered_to", "is before registered_from.")
    for column in ("name", "areas", "hours_per_day", "hours_per_week"):
        _check_same(table, column)


def _check_same(table: Table, column: str) -> None:
    """All rows of one e-mail agree."""
    firsts: dict[str, Row] = {}
    for row in table.having("email", column):
        first = firsts.setdefault(row["email"], row)
        if row[column] != first[column]:
            table.fault(
                row,
                column,
                f"differs from row {first.number} for the same email. All rows must agree.",
            )


def _people(rows: dict[str, Row]) -> tuple[dict[str, Person], set[str]]:
    """The accounts, made where there is none; and the e-mails of those that changed.

    Whoever has a staff number is called what the staff list calls them.
    """
    people = {p.email.lower(): p for p in Person.objects.all()}
    people = {email: people[email] for email in rows if email in people}
    # Whoever records who came to them waits, and then reads the registration of this file.
    lock_people(p.pk for p in people.values())
    changed: set[str] = set()
    for email, person in people.items():
        if person.staff_number is None and person.name != rows[email]["name"]:
            Person.objects.filter(pk=person.pk).update(name=rows[email]["name"])
            changed.add(email)
    fresh = [
        Person(email=email, name=row["name"], password=make_password(None))
        for email, row in rows.items()
        if email not in people
    ]
    for person in Person.objects.bulk_create(fresh):
        people[person.email] = person
    return people, changed


def _supervisors(
    rows: dict[str, Row], people: dict[str, Person], areas: dict[str, int]
) -> set[str]:
    """Hours and Areas as the file has them; the e-mails of those that changed."""
    held = {s.person_id: s for s in Supervisor.objects.all()}
    served: dict[int, set[int]] = defaultdict(set)
    for supervisor, area in SupervisorArea.objects.values_list("supervisor", "area"):
        served[supervisor].add(area)
    changed: set[str] = set()
    for email, row in rows.items():
        wanted = {areas[name] for name in row["areas"]}
        hours = {name: row[name] for name in ("hours_per_day", "hours_per_week")}
        known = held.get(people[email].pk)
        if known is None:
            known = Supervisor.objects.create(person=people[email], **hours)
        elif {name: getattr(known, name) for name in hours} != hours:
            Supervisor.objects.filter(pk=known.pk).update(**hours)
            changed.add(email)
        if served[known.pk] != wanted:
            SupervisorArea.objects.filter(supervisor=known).delete()
            SupervisorArea.objects.bulk_create(
                SupervisorArea(supervisor=known, area_id=area) for area in wanted
            )
            changed.add(email)
    return changed


def _registrations(
    table: Table, people: dict[str, Person], touched: set[str], taking: Taking
) -> Counts:
    held: dict[Key, Registration] = {
        (r.person_id, r.register, r.number, r.start_on): r for r in Registration.objects.all()
    }
    counts = Counts()
    closed: list[Registration] = []
    fresh: list[Registration] = []
    for row in table.rows:
        wanted = _registration(row, people, taking)
        before = held.get((wanted.person_id, wanted.register, wanted.number, wanted.start_on))
        if before and (before.end_on, before.indemnity_to) == (
            wanted.end_on,
            wanted.indemnity_to,
        ):
            counts.changed += row["email"] in touched
            counts.unchanged += row["email"] not in touched
            continue
        counts.added += before is None
        counts.changed += before is not None
        if before:
            closed.append(before)
        fresh.append(wanted)
    close_all(closed, by=taking.by, at=taking.at)
    Registration.objects.bulk_create(fresh, batch_size=500)
    if fresh:
        ports.facts_changed(
            people={r.person_id for r in fresh},
            what=Changed.REGISTRATIONS,
            since=min(r.start_on for r in fresh),
            at=taking.at,
        )
    return counts


def _registration(row: Row, people: dict[str, Person], taking: Taking) -> Registration:
    return Registration(
        person=people[row["email"]],
        register=row["register"],
        number=row["registration_number"],
        start_on=row["registered_from"],
        end_on=row["registered_to"],
        indemnity_to=row["indemnity_to"],
        recorded_at=taking.at,
        recorded_by=taking.by,
    )
