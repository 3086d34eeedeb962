"""What goes wrong in a way a person can be told: each carries a sentence fit for a page."""


class Refused(Exception):
    """The rules say no. The sentence is the first true reason and, where there is one, a way on."""

    def __init__(self, sentence: str, *, code: str = "", field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        # The form field the sentence belongs to; empty: the form as a whole.
        self.field = field


class NotAllowed(Refused):
    """The person may see this but may not do that: 403."""


class Busy(Exception):
    """The database was taken twice running: 503 and try again."""
