"""Small drawn pictures for the sample county's news: a sky, a hill, a sun; no photographs needed."""

from __future__ import annotations

import struct
import zlib

WIDTH, HEIGHT = 240, 160
Colour = tuple[int, int, int]
_SUN: Colour = (250, 214, 120)


def landscape_png(sky: Colour, ground: Colour) -> bytes:
    """Return a PNG of 240 × 160 pixels (ISO/IEC 15948: signature, IHDR, IDAT, IEND)."""
    rows = bytearray()
    for y in range(HEIGHT):
        rows.append(0)  # no filter
        for x in range(WIDTH):
            rows.extend(_pixel(x, y, sky, ground))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _pixel(x: int, y: int, sky: Colour, ground: Colour) -> Colour:
    hill = 100 - (x - 150) ** 2 // 400
    if y >= hill:
        return ground
    if (x - 60) ** 2 + (y - 45) ** 2 < 400:
        return _SUN
    red, green, blue = sky
    light = y // 3
    return min(red + light, 255), min(green + light, 255), min(blue + light, 255)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
