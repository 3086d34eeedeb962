"""What an attended event is worth to a person, and why it may not count (domain.md, rule 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wellbeing.domain.policy import Policy
from wellbeing.domain.postings import Chains, Served, posting_on
from wellbeing.domain.roles import Strand

from .registers import Registers


class WhyNot(StrEnum):
    """Why an attended session does not count."""

    NOT_REGISTERED = "not_registered"
    IN_CHAIN = "in_chain"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True)
class Held:
    """One person's attended event: its day, minutes (None: not known), host, how many attended."""

    event: int
    on: date
    minutes: int | None
    host: int
    attended: int


@dataclass(frozen=True, slots=True)
class Credit:
    """The event, the minutes it gives, and why it does not count; None where it does."""

    held: Held
    minutes: int
    why_not: WhyNot | None

    @property
    def counts(self) -> bool:
        return self.why_not is None


def credited_minutes(minutes: int, attended: int) -> int:
    """BACP's group rule: all to one; half, rounded down, to two to four; else an equal part."""
    if attended <= 1:
        return minutes
    if attended <= 4:
        return minutes // 2
    return minutes // attended


@dataclass(frozen=True, slots=True)
class Judge:
    """All that rule 2 asks about besides the event and the person."""

    strand: Strand
    policy: Policy
    registers: Registers
    chains: Chains

    def credit(self, person: int, postings: Sequence[Served], held: Held) -> Credit:
        """The event's credit for this person, judged on the event's own day."""
        minutes = credited_minutes(held.minutes or 0, held.attended)
        if self.strand != Strand.SUPERVISION:
            return Credit(held, minutes, None)
        return Credit(held, minutes, self._why_not(person, postings, held, minutes))

    def _why_not(
        self, person: int, postings: Sequence[Served], held: Held, minutes: int
    ) -> WhyNot | None:
        if not self.registers.registered(held.host, held.on):
            return WhyNot.NOT_REGISTERED
        if self.chains.holds(person, held.host, held.on):
            return WhyNot.IN_CHAIN
        posting = posting_on(postings, held.on)
        terms = self.policy.in_force(posting.job_role, held.on) if posting else None
        if terms and minutes < terms.least_credited_minutes:
            return WhyNot.TOO_SHORT
        return None
