"""Section 7: the random stream of a matching."""

from itertools import count
from struct import pack, unpack

MASK = 0xFFFFFFFF
ROUNDS = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)] + [
    (0, 5, 10, 15),
    (1, 6, 11, 12),
    (2, 7, 8, 13),
    (3, 4, 9, 14),
]


def block(key, counter):
    """One block of ChaCha20 with a 64-bit counter and the 64-bit stream 0."""
    start = [*unpack("<4I", b"expand 32-byte k"), *unpack("<8I", key), counter & MASK, counter >> 32, 0, 0]
    x = start[:]
    for _ in range(10):
        for a, b, c, d in ROUNDS:
            for into, other, turned, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                x[into] = (x[into] + x[other]) & MASK
                mixed = x[turned] ^ x[into]
                x[turned] = (mixed << by | mixed >> (32 - by)) & MASK
    return pack("<16I", *((after + before) & MASK for after, before in zip(x, start)))


def numbers(key):
    """The keystream as 64-bit numbers."""
    for counter in count():
        yield from unpack("<8Q", block(key, counter))


class Stream:
    def __init__(self, key):
        self.numbers = numbers(key)

    def uniform(self, n):
        bound = (1 << 64) - (1 << 64) % n
        return next(x for x in self.numbers if x < bound) % n

    def shuffle(self, n):
        order = list(range(n))
        for j in range(n - 1, 0, -1):
            k = self.uniform(j + 1)
            order[j], order[k] = order[k], order[j]
        return order


class FileOrder:
    """What the shortage test takes in place of a stream."""

    def uniform(self, n):
        return 0

    def shuffle(self, n):
        return list(range(n))
