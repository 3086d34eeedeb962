"""Small numbers: what a reader who may not see the names may be told (domain.md, who may see what)."""

# Counts below this are withheld; 0 is below it.
LEAST = 5


def may_publish(part: int, whole: int) -> bool:
    """True where neither the part nor what is left of the whole is a small number."""
    return part >= LEAST and whole - part >= LEAST


def publishable(sub: tuple[int, int], whole: tuple[int, int]) -> tuple[bool, bool]:
    """Whether a group's share, and that of all of whom it is a part, may stand side by side.

    Each is (part, of how many). The group is withheld too where the others, whom a
    subtraction would give, are few; all of them stand or fall by themselves.
    """
    others = (whole[0] - sub[0], whole[1] - sub[1])
    whole_is_safe = may_publish(*whole)
    return may_publish(*sub) and whole_is_safe and may_publish(*others), whole_is_safe
