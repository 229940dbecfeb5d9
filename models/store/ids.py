"""Names of records: UUID version 7, so that files from different desks can meet."""

from __future__ import annotations

import os
import threading
import time
import uuid

_COUNTER_BITS = 42
_lock = threading.Lock()
_last_ms = 0
_counter = 0


def uuid7() -> str:
    """Return a new id in text form; later ids of one process sort after earlier ones.

    RFC 9562, 5.7, with the fixed-length counter of 6.2 method 1: 48 bits of milliseconds, 42 bits of
    counter that starts anywhere in the lower half each millisecond, 32 random bits. A clock that is set
    back keeps the last millisecond until it is passed again.
    """
    global _last_ms, _counter
    with _lock:
        now_ms = time.time_ns() // 1_000_000
        _counter += 1
        if now_ms > _last_ms or _counter >> _COUNTER_BITS:
            _last_ms = max(now_ms, _last_ms + 1)
            _counter = int.from_bytes(os.urandom(6), "big") >> (48 - _COUNTER_BITS + 1)
        moment, counter = _last_ms, _counter
    high, low = counter >> 30, counter & ((1 << 30) - 1)
    number = moment << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low << 32
    return str(uuid.UUID(int=number | int.from_bytes(os.urandom(4), "big")))
