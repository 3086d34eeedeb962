"""One limit of time over everything that a fetch does, however slowly the other side drips.

A socket's own timeout begins anew with each byte. Here each wait gets what is left.
"""

import io
import socket
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class Deadline:
    """So many seconds from now."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left. TimeoutError where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def within(self, function: Callable[[], T]) -> T:
        """What the function returns, if in time; for calls that know no timeout (getaddrinfo).

        One that comes too late is left to end by itself.
        """
        answers: SimpleQueue[tuple[bool, Any]] = SimpleQueue()

        def call() -> None:
            try:
                answers.put((True, function()))
            except Exception as error:  # raised again below, by whoever waits
                answers.put((False, error))

        threading.Thread(target=call, daemon=True).start()
        try:
            is_good, answer = answers.get(timeout=self.left())
        except Empty:
            raise TimeoutError from None
        if not is_good:
            raise answer
        return answer


class _Reader(io.RawIOBase):
    """What a socket sends, each wait cut to what is left."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)


class TimedSocket:
    """As much of a socket as http.client asks for, under a deadline."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def makefile(self, mode: str, *args: Any, **kwargs: Any) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock, self._deadline))

    def close(self) -> None:
        """Nothing: http.client closes before it has read; the socket's owner closes it."""
