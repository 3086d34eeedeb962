"""Secret addresses of calendars: what they show, and the secret itself."""

from enum import StrEnum
from hashlib import sha256
from secrets import token_urlsafe


class FeedKind(StrEnum):
    """Own places; what one holds; a lead's schedule, of an Area or of all."""

    OWN = "own"
    HOSTED = "hosted"
    SCHEDULE = "schedule"


def new_secret() -> str:
    """256 random bits, as 43 characters that an address may hold."""
    return token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What is kept of a secret, and looked up; any text has one."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
