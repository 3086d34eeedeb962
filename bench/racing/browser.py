"""The little of a browser that a booking needs: a session's cookie, a page's form, and its POST."""

import re
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode

HIDDEN = re.compile(rb'<input type="hidden" name="([^"]+)" value="([^"]*)"')
CSRF_COOKIE = re.compile(r"csrftoken=([^;]+)")


@dataclass(slots=True)
class Browser:
    """One person's, signed in; `port` is the service's on this machine."""

    port: int
    session: str
    csrf: str = ""
    forms: dict[str, dict[str, str]] = field(default_factory=dict)

    def open(self, path: str) -> float:
        """Gets a page and keeps the hidden fields of its form; how long it took."""
        began = time.perf_counter()
        status, _, body = self._ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        hidden = {k.decode(): v.decode() for k, v in HIDDEN.findall(body)}
        # Pages without a form of their own have the token of the header's sign-out, at most.
        if "form_token" in hidden:
            self.forms[path] = hidden
        return time.perf_counter() - began

    def send(self, path: str) -> tuple[bool, float]:
        """Sends that form; True where it was done and not refused, and how long it took."""
        began = time.perf_counter()
        status, where, _ = self._ask("POST", path, urlencode(self.forms.pop(path)))
        if status not in (200, 302):
            raise RuntimeError(f"{path} answered {status}")
        return status == 302 and "/bookings/" in where, time.perf_counter() - began

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str, bytes]:
        cookies = f"session={self.session}" + (f"; csrftoken={self.csrf}" if self.csrf else "")
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            found = CSRF_COOKIE.search(answer.getheader("Set-Cookie") or "")
            self.csrf = found.group(1) if found else self.csrf
            return answer.status, answer.getheader("Location") or "", answer.read()
        finally:
            connection.close()
