"""Who is meant by the staff numbers and e-mails of a staff list, and their accounts."""

from collections import defaultdict

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from wellbeing.domain.csv_file import Row, Table
from wellbeing.models import Person
from wellbeing.operations.renaming import hosts_renamed

from .frame import Taking


class Accounts:
    """People held and people to come; faults where the file contradicts itself or them."""

    def __init__(self, table: Table) -> None:
        held = list(Person.objects.all())
        self.person_of = {p.staff_number: p for p in held if p.staff_number}
        self.number_of = {p.pk: p.staff_number for p in held if p.staff_number}
        self._by_email = {p.email.lower(): p for p in held}
        self._rows: dict[str, Row] = {}
        for row in table.rows:
            self._rows.setdefault(row["staff_number"], row)
        self._check(table)

    def held_numbers(self) -> set[str]:
        """Staff numbers known from before."""
        return set(self.person_of)

    def _check(self, table: Table) -> None:
        for column in ("name", "email"):
            self._check_same(table, column)
        rows = table.having("staff_number", "email")
        emails: dict[str, str] = {}
        numbers_of: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            emails.setdefault(row["staff_number"], row["email"])
            numbers_of[row["email"]].add(row["staff_number"])
        for row in rows:
            if len(numbers_of[row["email"]]) > 1:
                table.fault(row, "email", "stands beside more than one staff number.")
            elif self._is_taken(row, emails):
                table.fault(row, "email", "belongs to another person. Correct one of the two.")

    def _check_same(self, table: Table, column: str) -> None:
        """One staff number has one name and one e-mail."""
        firsts: dict[str, Row] = {}
        for row in table.having("staff_number", column):
            first = firsts.setdefault(row["staff_number"], row)
            if row[column] != first[column]:
                table.fault(
                    row,
                    column,
                    f"differs from row {first.number} for the same staff number."
                    " One staff number has one name and one email.",
                )

    def _is_taken(self, row: Row, emails: dict[str, str]) -> bool:
        """Held by another account that this very file gives no other address.

        An account without a staff number becomes the person's, unless they have one already.
        """
        owner = self._by_email.get(row["email"])
        if owner is None or owner.staff_number == row["staff_number"]:
            return False
        if owner.staff_number is None:
            return owner.is_service or row["staff_number"] in self.person_of
        return emails.get(owner.staff_number, row["email"]) == row["email"]

    def write(self, taking: Taking) -> set[str]:
        """Makes and renames accounts; the staff numbers of those renamed."""
        fresh: list[Person] = []
        changed: list[Person] = []
        unusable = make_password(None)
        for number, row in self._rows.items():
            person = self.person_of.get(number) or self._unnumbered(row)
            if person is None:
                person = Person(staff_number=number, password=unusable)
                fresh.append(person)
            elif (person.staff_number, person.name, person.email) == (
                number,
                row["name"],
                row["email"],
            ):
                continue
            else:
                changed.append(person)
            person.staff_number, person.name, person.email = number, row["name"], row["email"]
            self.person_of[number] = person
        self._rename(changed)
        hosts_renamed([p.pk for p in changed], at=taking.at)
        Person.objects.bulk_create(fresh, batch_size=500)
        self.number_of |= {p.pk: p.staff_number for p in fresh if p.staff_number}
        return {p.staff_number for p in changed if p.staff_number}

    def _unnumbered(self, row: Row) -> Person | None:
        """An account without a staff number, a supervisor's say, that is this person."""
        owner = self._by_email.get(row["email"])
        return owner if owner and owner.staff_number is None else None

    def _rename(self, changed: list[Person]) -> None:
        """Two steps, so that two people can exchange addresses.

        What allauth noted of an old one goes: it would still sign in, and send whoever
        has the address next a link to set this person's password.
        """
        for person in changed:
            EmailAddress.objects.filter(user=person).delete()
            Person.objects.filter(pk=person.pk).update(email=f"{person.pk}@changing.invalid")
        fields = ["staff_number", "name", "email"]
        Person.objects.bulk_update(changed, fields, batch_size=200)
