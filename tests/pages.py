"""Pages as text, without what differs from one answer to the next."""

import re
from typing import Any

VARYING = re.compile(r'name="(csrfmiddlewaretoken|form_token)" value="[^"]*"')


def page_of(answer: Any) -> str:
    """The page or file of an answer that succeeded, without its tokens."""
    assert answer.status_code == 200
    content = b"".join(answer) if answer.streaming else answer.content
    return VARYING.sub("", content.decode(errors="replace"))
