"""What a page says while the cover of very many people is being worked out again."""

from math import ceil

from django.conf import settings

from wellbeing.presenters.dates import counted


def building_words(number: int) -> dict[str, str]:
    """`people`: how many; `minutes`: about how long that takes."""
    minutes = ceil(number / settings.COVER_BUILT_A_MINUTE)
    about = "about a minute" if minutes == 1 else f"about {minutes} minutes"
    return {"people": counted(number, "person", "people"), "minutes": about}
