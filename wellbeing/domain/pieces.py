"""A file that is read a piece at a time: memory does not grow with its length."""

import hashlib
import io
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO

# Bytes to a piece while a file is looked over; it is read in smaller ones.
PIECE = 1 << 20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Look:
    """What a file is like: its first bytes, its line feeds, whether it has nothing but blanks.

    `too_long`: the numbers of the lines that are longer than was asked, from 1.
    """

    begins: bytes = b""
    line_feeds: int = 0
    is_blank: bool = True
    too_long: list[int] = field(default_factory=list)


class Pieces:
    """The bytes of a file: all of them, or the file itself, opened and able to seek.

    The file is the caller's to close.
    """

    def __init__(self, data: bytes | BinaryIO) -> None:
        self._file: BinaryIO = io.BytesIO(data) if isinstance(data, bytes) else data
        self._read = _Digested(self._file)

    def look_over(self, longest: int) -> Look:
        """Reads it once from its beginning. OSError where the disk fails.

        A line ends with a line feed, a carriage return, or both; only lines of more than
        `longest` bytes are told.
        """
        look, lines = Look(), _Lines(longest)
        self._file.seek(0)
        for piece in iter(partial(self._file.read, PIECE), b""):
            text = piece if look.begins else piece.removeprefix(BYTE_ORDER_MARK)
            look.begins = look.begins or piece[:4]
            look.line_feeds += piece.count(b"\n")
            look.is_blank = look.is_blank and not text.strip()
            lines.feed(piece)
        look.too_long = lines.ended()
        return look

    def opened(self) -> io.BufferedReader:
        """The bytes from the beginning. OSError where the disk fails."""
        self._file.seek(0)
        self._read = _Digested(self._file)
        return io.BufferedReader(self._read, PIECE // 16)

    @property
    def digest(self) -> str:
        """SHA-256 of what has been read since it was opened last, in hexadecimal.

        Of the very bytes that were taken in, even where somebody writes the file meanwhile.
        """
        return self._read.sha256.hexdigest()


class _Lines:
    """How long lines are, told piece by piece."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._number, self._open, self._after_return = 1, 0, False
        self._too_long: list[int] = []

    def feed(self, piece: bytes) -> None:
        # Of a carriage return and a line feed, the return has ended the line.
        rest = piece.removeprefix(b"\n") if self._after_return else piece
        self._after_return = piece.endswith(b"\r")
        lengths = [len(line) for line in (rest + b".").splitlines()]
        lengths[0] += self._open
        self._open = lengths.pop() - 1
        if lengths and max(lengths) > self._longest:
            numbered = enumerate(lengths, start=self._number)
            self._too_long += [number for number, long in numbered if long > self._longest]
        self._number += len(lengths)

    def ended(self) -> list[int]:
        last = [self._number] if self._open > self._longest else []
        return self._too_long + last


class _Digested(io.RawIOBase):
    """A file whose bytes are digested as they are read; closing this leaves it open."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.sha256 = file, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._file.read(len(buffer))
        buffer[: len(piece)] = piece
        self.sha256.update(piece)
        return len(piece)
