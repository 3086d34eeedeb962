"""One share, or one row of counts beside a total that everybody knows: no solver is needed."""

from collections.abc import Mapping

# Counts below this are withheld; 0 is below it.
LEAST = 5


def may_publish(part: int, whole: int) -> bool:
    """True where neither the part nor what is left of the whole is a small number."""
    return part >= LEAST and whole - part >= LEAST


def shown_parts(parts: Mapping[str, int]) -> dict[str, int | None]:
    """Which counts may stand beside their public total; None for those withheld.

    Small ones are withheld, and then the smallest of the others too, until at least two
    are, and together are no small number: else the total would give them away.
    """
    hidden = {name for name, n in parts.items() if n < LEAST}
    rest = sorted(parts.keys() - hidden, key=lambda name: (parts[name], name))
    while hidden and rest and (len(hidden) < 2 or sum(parts[h] for h in hidden) < LEAST):
        hidden.add(rest.pop(0))
    return {name: None if name in hidden else n for name, n in parts.items()}
