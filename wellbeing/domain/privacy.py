"""How sensitive a field is and how long it is kept: declared beside every model's fields.

A model's inner `class Privacy` has one attribute a field: `(sensitivity, kept)`.
A test fails on a field that is not declared (tests/test_privacy.py).
"""

from enum import StrEnum


class Sensitivity(StrEnum):
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Kept(StrEnum):
    WITH_ROW = "as long as its row"
    TWO_DAYS = "48 hours"
    YEAR = "a year"
    ACCOUNT = "as long as the account"
    SERVICE = "six years after the person leaves RASSO work"
    AUDIT = "ten years"
    ALWAYS = "as long as the service"


INTERNAL, PERSONAL, SENSITIVE = Sensitivity
WITH_ROW, TWO_DAYS, YEAR, ACCOUNT, SERVICE, AUDIT, ALWAYS = Kept
