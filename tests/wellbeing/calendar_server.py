"""A server of calendars on the tests' own machine, with a certificate that it signed itself.

The key beside this file protects nothing: no name that it is for exists.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from wellbeing.busy_fetch.fetching import Network, fetch
from wellbeing.domain.refusals import Refused

CERTIFICATE = Path(__file__).with_suffix(".pem")
HOST, ELSEWHERE = "calendar.example", "elsewhere.example"
# What a server does with one connection: it has read the request already.
Answer = Callable[[ssl.SSLSocket], None]


def trusting() -> ssl.SSLContext:
    """Believes that certificate and no other."""
    return ssl.create_default_context(cafile=CERTIFICATE)


@dataclass
class Server:
    """It answers every request in the same way, and keeps what was asked."""

    answer: Answer
    port: int = 0
    asked: list[bytes] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)

    def address(self, path: str = "/mine.ics", host: str = HOST) -> str:
        return f"https://{host}:{self.port}{path}"

    def network(self, **more: Any) -> Network:
        """All names lead here, and this machine counts as public."""
        usual: dict[str, Any] = {
            "resolve": lambda host, port: ["127.0.0.1"],
            "is_allowed": lambda address: True,
            "context": trusting(),
            "seconds": 5,
        }
        return Network(**usual | more)


@contextmanager
def serving(answer: Answer) -> Iterator[Server]:
    """Up while the block runs."""
    server = Server(answer)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.sni_callback = lambda _, name, __: server.names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]
        threading.Thread(target=_serve, args=(listening, context, server), daemon=True).start()
        yield server


def _serve(listening: socket.socket, context: ssl.SSLContext, server: Server) -> None:
    while True:
        try:
            sock, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_speak, args=(sock, context, server), daemon=True).start()


def _speak(sock: socket.socket, context: ssl.SSLContext, server: Server) -> None:
    with suppress(OSError), context.wrap_socket(sock, server_side=True) as speaking:
        request = b""
        while b"\r\n\r\n" not in request:
            request += speaking.recv(1024)
        server.asked.append(request)
        server.answer(speaking)


def sends(*pieces: bytes) -> Answer:
    """Sends these bytes and closes."""

    def answer(speaking: ssl.SSLSocket) -> None:
        for piece in pieces:
            speaking.sendall(piece)

    return answer


def says(body: bytes, status: str = "200 OK", *headers: str, length: bool = True) -> Answer:
    """An HTTP answer."""
    lines = [f"HTTP/1.1 {status}", *headers]
    lines += [f"Content-Length: {len(body)}"] if length else []
    return sends("\r\n".join([*lines, "", ""]).encode(), body)


def refusal(address: str, network: Network | None = None) -> str:
    """The sentence with which an address is refused; it never repeats the address."""
    with pytest.raises(Refused) as refused:
        fetch(address, network)
    sentence = refused.value.sentence
    assert sentence.endswith(".")
    assert address not in sentence
    return sentence
