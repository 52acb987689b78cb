"""Section 1: the two hash suites. A suite is a function from bytes to an object with `.digest()`, as in hashlib."""

import hashlib
from functools import partial


def suite(name):
    """The hash function of a suite's name."""
    if name == "sha256":
        return hashlib.sha256
    if name == "sm3":
        return partial(hashlib.new, "sm3") if "sm3" in hashlib.algorithms_available else Sm3
    raise ValueError(f"no suite is called {name!r}")


class Sm3:
    """GB/T 32905 for machines whose OpenSSL was built without it."""

    IV = "7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e"

    def __init__(self, data=b""):
        padded = data + b"\x80" + bytes(-(len(data) + 9) % 64) + (8 * len(data)).to_bytes(8, "big")
        state = words(bytes.fromhex(self.IV))
        for at in range(0, len(padded), 64):
            state = compress(state, padded[at : at + 64])
        self.answer = b"".join(word.to_bytes(4, "big") for word in state)

    def digest(self):
        return self.answer

    def hexdigest(self):
        return self.answer.hex()


def words(data):
    return [int.from_bytes(data[i : i + 4], "big") for i in range(0, len(data), 4)]


def rotl(x, n):
    n %= 32
    return ((x << n) | (x >> (32 - n))) & 0xFFFFFFFF


def compress(state, block):
    w = words(block)
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ rotl(w[j - 3], 15)
        w.append(x ^ rotl(x, 15) ^ rotl(x, 23) ^ rotl(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        early = j < 16
        ss1 = rotl((rotl(a, 12) + e + rotl(0x79CC4519 if early else 0x7A879D8A, j)) & 0xFFFFFFFF, 7)
        ff = a ^ b ^ c if early else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if early else (e & f) | (~e & g)
        tt1 = (ff + d + (ss1 ^ rotl(a, 12)) + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
        tt2 = (gg + h + ss1 + w[j]) & 0xFFFFFFFF
        a, b, c, d = tt1, a, rotl(b, 9), c
        e, f, g, h = tt2 ^ rotl(tt2, 9) ^ rotl(tt2, 17), e, rotl(f, 19), g
    return [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h))]
