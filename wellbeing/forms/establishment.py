"""Of which day the people loaded are held against HR's count."""

from datetime import date
from typing import Any

from .govuk import GovukForm, NearDateField


class EstablishmentForm(GovukForm):
    """Any day."""

    submit = "Show"
    method = "get"

    on = NearDateField(
        what="the date", label="Date", required=False, help_text="For example, 30/9/2022"
    )

    def __init__(self, data: Any, *, on: date) -> None:
        self.today = on
        super().__init__(data or None, initial={"on": on})

    def day(self) -> date | None:
        """The day asked about, today where none is; None while something is wrong."""
        if not self.is_bound:
            return self.today
        if not self.is_valid():
            return None
        chosen: date | None = self.cleaned_data["on"]
        return chosen or self.today
