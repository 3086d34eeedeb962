"""Very many primary keys: a byte for each that lies between, where a set takes sixty."""

from collections.abc import Iterable, Iterator
from itertools import compress, count, islice

BLOCK = 4096


class KeySet:
    """Whole numbers from 0, most of which are near each other."""

    def __init__(self, keys: Iterable[int] = ()) -> None:
        self._blocks: dict[int, bytearray] = {}
        for key in keys:
            self.add(key)

    def add(self, key: int) -> None:
        number, place = divmod(key, BLOCK)
        block = self._blocks.get(number)
        if block is None:
            block = self._blocks[number] = bytearray(BLOCK)
        block[place] = True

    def __iter__(self) -> Iterator[int]:
        """In order."""
        for number in sorted(self._blocks):
            yield from compress(count(number * BLOCK), self._blocks[number])

    def in_parts(self, most: int) -> Iterator[list[int]]:
        """In order, so many at a time."""
        keys = iter(self)
        while part := list(islice(keys, most)):
            yield part
