"""Who is asking: what somebody is on a day, worked out once a request."""

from dataclasses import dataclass

from wellbeing.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """The signed-in person's relations today. Ids are primary keys."""

    person: int
    roles: frozenset[Role] = frozenset()
    # Areas of which they are Area lead.
    led_areas: frozenset[int] = frozenset()
    # The Area and unit of their own posting; None for people outside the staff.
    own_area: int | None = None
    is_staff: bool = False
    is_line_manager: bool = False
    is_supervisor: bool = False

    @property
    def is_national_lead(self) -> bool:
        return Role.LEAD in self.roles

    @property
    def is_lead(self) -> bool:
        """A lead of any kind."""
        return self.is_national_lead or bool(self.led_areas)

    @property
    def is_auditor(self) -> bool:
        return Role.AUDITOR in self.roles

    @property
    def is_facilitator(self) -> bool:
        return Role.FACILITATOR in self.roles

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    def leads(self, area: int | None) -> bool:
        """True for a lead of that Area; a national lead leads every Area and none."""
        return self.is_national_lead or (area is not None and area in self.led_areas)

    def leads_all(self, areas: frozenset[int]) -> bool:
        """True for a lead of an event for these Areas; no Area named means all of them."""
        return self.is_national_lead or (bool(areas) and areas <= self.led_areas)
