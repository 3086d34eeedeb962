"""Makes the public style sheets those of an internal service: Arial, our colour, no crest.

The fonts and the crest may be shown on gov.uk alone, and are not fetched. A new version
that brings them back in another form is a fault, not a page that asks for what is not there.
"""

import re

from .fault import AssetsFault

FONTS = "Arial,Helvetica,sans-serif"
# GOV.UK's blues, of brand, link and link under the pointer, and what stands for them here.
COLOURS = {
    "#1d70b8": "#12436d",
    "#005ea5": "#12436d",
    "#1a65a6": "#12436d",
    "#0f385c": "#0b2a45",
}
LEFTOVERS = ("gds transport", "crest", "sourcemappingurl", "@font-face", *COLOURS)

SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*")
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
TYPEFACE = re.compile(r"\"?GDS Transport\"?,arial,sans-serif")
# A whole rule whose selector or body names the crest; such rules hold nothing else.
CREST = re.compile(
    r"[^{}]*\{[^{}]*/govuk-crest\.svg[^{}]*\}|\.moj-header__logotype-crest\{[^{}]*\}"
)


def script(name: str, text: str) -> str:
    """A script without the comment that would have the browser ask for its source map."""
    return _checked(name, SOURCE_MAP.sub("", text), ("sourcemappingurl",))


def style_sheet(name: str, text: str) -> str:
    """A style sheet of ours, its images beside it; AssetsFault where something is left over."""
    for pattern in (SOURCE_MAP, FONT_FACE, CREST):
        text = pattern.sub("", text)
    text = TYPEFACE.sub(FONTS, text)
    for theirs, ours in COLOURS.items():
        text = text.replace(theirs, ours)
    text = text.replace("url(/assets/images/", "url(images/")
    return _checked(name, text, (*LEFTOVERS, "/assets/"))


def _checked(name: str, text: str, unwanted: tuple[str, ...]) -> str:
    for leftover in unwanted:
        if leftover in text.lower():
            raise AssetsFault(
                f"{name} still has {leftover!r}: the new version writes it in another form."
                " Nothing was changed."
            )
    return text
