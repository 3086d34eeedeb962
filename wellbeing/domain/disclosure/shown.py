"""What stands in the place of a number, in every format alike (contracts.md, reports out)."""

from collections.abc import Collection, Mapping
from typing import Literal

from .figures import Name
from .small import may_publish

SUPPRESSED: Literal["suppressed"] = "suppressed"
Suppressed = Literal["suppressed"]


def shown(
    counts: Mapping[Name, int], withheld: Collection[Name]
) -> dict[Name, int | Suppressed]:
    """Each count, or the word where it is withheld."""
    return {name: SUPPRESSED if name in withheld else n for name, n in counts.items()}


def percentage(
    part: int | Suppressed, whole: int | Suppressed, rest: int | Suppressed | None = None
) -> float | Suppressed:
    """The part's share of the whole, from 0 to 1, not rounded.

    Withheld wherever the part, the whole or what is left of it (`rest`, where that is a figure
    of its own) is withheld, or the part or what is left is small: so 0 and 100 per cent always
    are, and a share of nobody.
    """
    if isinstance(part, str) or isinstance(whole, str) or isinstance(rest, str):
        return SUPPRESSED
    return part / whole if may_publish(part, whole) else SUPPRESSED
