"""Reads a page as a browser would: ids, links, fields. For tests only."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Page(HTMLParser):
    """`Page.of(html)`: every id, the attributes of every element, the text of the page."""

    ids: list[str] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @classmethod
    def of(cls, html: str | bytes) -> "Page":
        page = cls()
        page.feed(html.decode() if isinstance(html, bytes) else html)
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(" ".join(data.split()))

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of that name, in order."""
        return [attrs for name, attrs in self.elements if name == tag]

    def by_id(self, wanted: str) -> dict[str, str]:
        """The attributes of the one element with that id."""
        (found,) = [attrs for _, attrs in self.elements if attrs.get("id") == wanted]
        return found

    @property
    def text(self) -> str:
        return " ".join(self.texts)
