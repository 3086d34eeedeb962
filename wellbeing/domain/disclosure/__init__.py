"""Small numbers: what a reader who may not see the names may be told (domain.md, who may see what).

`suppress` decides for a whole release, with every total in it; `small` judges one share or one row
of counts, and needs no solver; `shown` puts the word in the place of what is withheld.
"""

from .figures import Axis, Figures, Name, Relation, Subset, crossed, within
from .shown import SUPPRESSED, percentage, shown
from .small import LEAST, may_publish, shown_parts
from .withholding import suppress

__all__ = [
    "LEAST",
    "SUPPRESSED",
    "Axis",
    "Figures",
    "Name",
    "Relation",
    "Subset",
    "crossed",
    "may_publish",
    "percentage",
    "shown",
    "shown_parts",
    "suppress",
    "within",
]
