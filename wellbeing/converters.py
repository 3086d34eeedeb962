"""A day in an address: only a real ISO date matches."""

from datetime import date


class IsoDay:
    """`2026-05-12`; anything else is another address, and so 404."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)
