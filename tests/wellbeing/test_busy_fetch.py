"""Fetching somebody's calendar: whom it asks, whom it believes, and that it ends."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.wellbeing.calendar_server import (
    ELSEWHERE,
    HOST,
    Server,
    refusal,
    says,
    sends,
    serving,
)
from wellbeing.busy_fetch import fetch, fetching
from wellbeing.busy_fetch.deadline import Deadline
from wellbeing.busy_fetch.fetching import Network
from wellbeing.busy_fetch.public_addresses import is_public

BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
LARGE = b"x" * (5 * 1024 * 1024 + 1)


def test_the_calendar_comes_over_https_from_the_checked_address() -> None:
    with serving(says(BODY)) as server:
        assert fetch(server.address("/a/b.ics?key=x y&z=é"), server.network()) == BODY
    (request,) = server.asked
    first, *headers = request.decode().split("\r\n")
    assert first == "GET /a/b.ics?key=x%20y&z=%C3%A9 HTTP/1.1"
    assert f"Host: {HOST}:{server.port}" in headers
    assert "Accept-Encoding" not in request.decode()
    assert server.names == [HOST]


@pytest.mark.parametrize("chunked", [True, False])
def test_a_calendar_without_a_length_is_read_to_its_end(chunked: bool) -> None:
    pieces = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
    answer = (
        says(pieces, "200 OK", "Transfer-Encoding: chunked", length=False)
        if chunked
        else says(BODY, length=False)
    )
    with serving(answer) as server:
        assert fetch(server.address(), server.network()) == BODY


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "[::1]", "127.1", "2130706433", "0x7f000001", "017700000001"],
)
def test_this_machine_is_refused_by_whatever_name(host: str) -> None:
    with serving(says(BODY)) as server:
        said = refusal(server.address(host=host))
    # Some systems do not resolve odd spellings at all.
    assert said in {fetching.NOT_PUBLIC, fetching.NOT_REACHED}
    assert server.asked == []


def test_the_name_is_resolved_once_and_not_again_when_connecting() -> None:
    answers = iter([["127.0.0.1"]])
    with serving(says(BODY)) as server:
        network = server.network(resolve=lambda host, port: next(answers))
        assert fetch(server.address(), network) == BODY


def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    with serving(says(BODY)) as server:
        network = server.network(resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"])
        assert fetch(server.address(), network) == BODY


def redirecting(to: Callable[[], str], status: str = "302 Found") -> Callable[[Any], None]:
    return lambda speaking: says(b"", status, f"Location: {to()}")(speaking)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_to_a_name_of_its_own(status: int) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with serving(says(BODY)) as there:
        target = there.address("/real.ics", host=ELSEWHERE)
        with serving(redirecting(lambda: target, f"{status} Moved")) as here:
            assert fetch(here.address(), here.network(resolve=resolve)) == BODY
    assert asked == [HOST, ELSEWHERE]
    assert there.names == [ELSEWHERE]


def test_a_redirect_within_the_same_server_may_be_short() -> None:
    answers = iter([says(b"", "302 Found", "Location: real.ics?a=1"), says(BODY)])
    with serving(lambda speaking: next(answers)(speaking)) as server:
        assert fetch(server.address("/a/mine.ics"), server.network()) == BODY
    assert server.asked[1].startswith(b"GET /a/real.ics?a=1 ")


def test_at_most_three_redirects_are_followed() -> None:
    with serving(redirecting(lambda: "/again")) as server:
        assert "more than 3 times" in refusal(server.address(), server.network())
    assert len(server.asked) == 4


REDIRECTS = [
    ("https://127.0.0.1/latest/meta-data", fetching.NOT_PUBLIC),
    ("https://[::1]/", fetching.NOT_PUBLIC),
    ("https://169.254.169.254/latest", fetching.NOT_PUBLIC),
    ("//10.0.0.1/", fetching.NOT_PUBLIC),
    ("http://calendar.example/a.ics", fetching.NOT_HTTPS),
    ("file:///etc/passwd", fetching.NOT_HTTPS),
    ("https://me:secret@calendar.example/", "The address of the calendar must not hold a user name or password."),
    ("https://[bad/", fetching.NOT_HTTP),
]  # fmt: skip


@pytest.mark.parametrize(("target", "sentence"), REDIRECTS)
def test_a_redirect_is_checked_anew(target: str, sentence: str) -> None:
    """The first server is allowed, by its port's sake; whatever it leads to is as it is."""
    first = "127.0.0.1"
    with serving(redirecting(lambda: target)) as server:
        network = server.network(
            resolve=lambda host, port: (
                [first] if host == HOST else fetching._resolve(host, port)
            ),
            is_allowed=lambda found: (found == first and not server.asked) or is_public(found),
        )
        assert refusal(server.address(), network) == sentence
    assert len(server.asked) == 1


def test_a_certificate_for_another_name_is_not_believed() -> None:
    with serving(says(BODY)) as server:
        said = refusal(server.address(host="third.example"), server.network())
    assert said == fetching.NO_CERTIFICATE
    assert server.asked == []


def test_a_certificate_that_nobody_vouches_for_is_not_believed() -> None:
    with serving(says(BODY)) as server:
        network = server.network(context=ssl.create_default_context())
        assert refusal(server.address(), network) == fetching.NO_CERTIFICATE
    assert server.asked == []


HEAD = b"HTTP/1.1 200 OK\r\n"
ANSWERS = [
    (says(LARGE), fetching.TOO_LARGE),
    (says(LARGE, length=False), fetching.TOO_LARGE),
    (sends(HEAD + b"Content-Length: 99999999\r\n\r\n"), fetching.TOO_LARGE),
    (
        sends(HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(2 * LARGE), 2 * LARGE),
        fetching.TOO_LARGE,
    ),
    (sends(HEAD + b"Content-Length: 500\r\n\r\nBEGIN"), fetching.CUT_OFF),
    (sends(HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\nBEGIN"), fetching.CUT_OFF),
    (sends(b""), fetching.NOT_HTTP),
    (sends(b"SSH-2.0-OpenSSH\r\n\r\n"), fetching.NOT_HTTP),
    (sends(HEAD + b"A: b\r\n" * 200 + b"\r\n"), fetching.NOT_HTTP),
    (sends(HEAD + b"A: " + b"b" * 99999 + b"\r\n\r\n"), fetching.NOT_HTTP),
    (says(BODY, "200 OK", "Content-Encoding: gzip"), "compressed"),
    (says(BODY, "404 Not Found"), "answered 404"),
    (says(BODY, "401 Unauthorized"), "answered 401"),
    (says(BODY, "206 Partial Content"), "answered 206"),
    (says(BODY, "500 Oops"), "answered 500"),
]


@pytest.mark.parametrize(("answer", "sentence"), ANSWERS)
def test_an_answer_that_is_no_calendar(answer: Callable[[Any], None], sentence: str) -> None:
    with serving(answer) as server:
        assert sentence in refusal(server.address(), server.network())


def drips(before: bytes, drop: bytes) -> Callable[[Any], None]:
    """A byte or so at a time, for ever: no single wait is long."""

    def answer(speaking: ssl.SSLSocket) -> None:
        speaking.sendall(before)
        while True:
            speaking.sendall(drop)
            time.sleep(0.05)

    return answer


def sleeps(speaking: ssl.SSLSocket) -> None:
    time.sleep(30)


SLOW = [
    sleeps,
    drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    drips(HEAD + b"A: ", b"b"),
    drips(HEAD + b"\r\n", b"x"),
    drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n"),
]


@pytest.mark.parametrize("answer", SLOW)
def test_a_slow_server_is_left_when_the_time_is_up(answer: Callable[[Any], None]) -> None:
    begun = time.monotonic()
    with serving(answer) as server:
        assert refusal(server.address(), server.network(seconds=0.7)) == fetching.TOO_SLOW
    assert time.monotonic() - begun < 2


def test_redirects_share_one_limit_of_time() -> None:
    def answer(speaking: ssl.SSLSocket) -> None:
        time.sleep(0.4)
        says(b"", "302 Found", "Location: /again")(speaking)

    begun = time.monotonic()
    with serving(answer) as server:
        assert refusal(server.address(), server.network(seconds=0.7)) == fetching.TOO_SLOW
    assert time.monotonic() - begun < 1.5


@pytest.fixture
def silent() -> Iterator[Server]:
    """It takes connections and never says a word of TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield Server(sends(b""), listening.getsockname()[1])


def test_a_handshake_that_does_not_come_is_not_waited_for(silent: Server) -> None:
    begun = time.monotonic()
    assert refusal(silent.address(), silent.network(seconds=0.5)) == fetching.TOO_SLOW
    assert time.monotonic() - begun < 2


def test_a_name_that_does_not_resolve_in_time_is_not_waited_for() -> None:
    network = Network(resolve=lambda host, port: time.sleep(5) or [], seconds=0.3)
    begun = time.monotonic()
    assert refusal("https://calendar.example/", network) == fetching.TOO_SLOW
    assert time.monotonic() - begun < 2


def fails(error: Exception) -> Callable[[str, int], list[str]]:
    def resolve(host: str, port: int) -> list[str]:
        raise error

    return resolve


def test_a_server_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    server = Server(sends(b""), port)
    assert refusal(server.address(), server.network()) == fetching.NOT_REACHED
    unknown = server.network(resolve=fails(socket.gaierror(-2, "no such name")))
    assert refusal(server.address(), unknown) == fetching.NOT_REACHED


def test_a_deadline_runs_out_once_for_all() -> None:
    deadline = Deadline(0.05)
    assert deadline.within(lambda: 7) == 7
    time.sleep(0.06)
    with pytest.raises(TimeoutError):
        deadline.left()
