"""A file read in pieces is the file read whole, wherever the pieces end."""

import hashlib
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.domain import pieces
from wellbeing.domain.key_set import BLOCK, KeySet
from wellbeing.domain.pieces import BYTE_ORDER_MARK, Look, Pieces

LONGEST = 5
parts = st.sampled_from(
    [b"\r", b"\n", b"\r\n", b" ", b"a", b"abcdef", b"\x0b", b"\xef\xbb\xbf"]
)
files = st.lists(parts, max_size=30).map(b"".join)


def looked_at_whole(data: bytes) -> Look:
    """The same, from all bytes at once."""
    marked = len(BYTE_ORDER_MARK) if data.startswith(BYTE_ORDER_MARK) else 0
    return Look(
        begins=data[:4],
        line_feeds=data.count(b"\n"),
        is_blank=re.compile(rb"\S").search(data, marked) is None,
        too_long=[
            n for n, line in enumerate(data.splitlines(), start=1) if len(line) > LONGEST
        ],
    )


@given(files, st.integers(4, 12))
def test_look_is_that_of_the_whole_file(data: bytes, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE", size)
        for file in (data, io.BytesIO(data)):
            assert Pieces(file).look_over(LONGEST) == looked_at_whole(data)


@given(files)
def test_bytes_and_digest_are_those_of_the_whole_file_however_often_it_is_read(
    data: bytes,
) -> None:
    file = Pieces(io.BytesIO(data))
    for _ in range(2):
        file.look_over(LONGEST)
        with file.opened() as opened:
            assert opened.read() == data
        assert file.digest == hashlib.sha256(data).hexdigest()


class Watched(io.BytesIO):
    """A file that remembers how much was read at once, at the most."""

    most = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.most = max(self.most, len(found))
        return found


def test_no_more_than_a_piece_is_read_at_once() -> None:
    file = Watched(b"a,b\n" * 1_000_000)
    read = Pieces(file)
    read.look_over(LONGEST)
    with io.TextIOWrapper(read.opened()) as lines:
        assert sum(1 for _ in lines) == 1_000_000
    assert 0 < file.most <= pieces.PIECE


@given(st.lists(st.integers(0, 3 * BLOCK)), st.integers(1, 7))
def test_keys_come_once_each_in_order_and_in_parts(keys: list[int], most: int) -> None:
    known = KeySet(keys)
    assert list(known) == sorted(set(keys))
    found = list(known.in_parts(most))
    assert [key for part in found for key in part] == sorted(set(keys))
    assert all(len(part) == most for part in found[:-1])
