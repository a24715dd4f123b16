"""Pictures of a Word template without what is written in them: authors, places, days, programs.

PNG and JPEG are taken apart and what draws them is put together again. Other kinds may hold words, commands or addresses in many
more ways.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import islice

MOST_PIXELS = 50_000_000  # a program that shows it takes four bytes for each
MOST_PIECES = 20_000  # chunks or segments of one picture; what draws a large photograph is some thousand of them
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
# what a PNG may hold, and how many bytes of it: sizes and colours
CHUNKS = {
    b"IHDR": 13,
    b"PLTE": 768,
    b"tRNS": 256,
    b"gAMA": 4,
    b"cHRM": 32,
    b"sRGB": 1,
    b"sBIT": 4,
    b"bKGD": 6,
    b"pHYS": 9,
    b"IEND": 0,
}
PIXEL_DATA, LAST_CHUNK = b"IDAT", b"IEND"
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # marks of a JPEG: a frame, which says how large it is
BEGIN, SCAN, GENERAL, ADOBE = 0xFF, 0xDA, 0xE0, 0xEE
DRAWING = {*FRAMES, SCAN, 0xC4, 0xCC, 0xDB, 0xDD}  # with the tables that they need
NEXT_MARK = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # behind the pixels of a scan


def clean_picture(raw: bytes) -> tuple[str, bytes] | None:
    """The kind of a picture, `png` or `jpeg`, and its bytes without words; None for other kinds, damaged and huge ones."""
    try:
        if raw.startswith(PNG):
            return "png", _png(raw)
        if raw.startswith(JPEG):
            return "jpeg", _jpeg(raw)
    except (ValueError, struct.error):
        pass
    return None


def _png(raw: bytes) -> bytes:
    """A PNG of the chunks that draw it. Raises ValueError or struct.error for what is none."""
    kept, seen, at = [PNG], set[bytes](), len(PNG)
    name = b""
    while name != LAST_CHUNK:
        size, name = struct.unpack_from(">I4s", raw, at)
        (told,) = struct.unpack_from(">I", raw, at + 8 + size)
        body = raw[at + 8 : at + 8 + size]
        if zlib.crc32(name + body) != told or (not seen and (name != b"IHDR" or size != CHUNKS[name])):
            raise ValueError
        if not seen:
            _small(*struct.unpack_from(">II", body))
        if len(kept) > MOST_PIECES:
            raise ValueError
        if name == PIXEL_DATA or (name not in seen and size <= CHUNKS.get(name, -1)):
            kept.append(raw[at : at + 12 + size])
            seen.add(name)
        at += 12 + size
    if not {PIXEL_DATA, LAST_CHUNK} <= seen:
        raise ValueError
    return b"".join(kept)


def _jpeg(raw: bytes) -> bytes:
    """A JPEG of the segments that draw it. Raises ValueError or struct.error for what is none."""
    kept, frames = [JPEG], 0
    for mark, body, whole in islice(_segments(raw), MOST_PIECES + 1):
        if len(kept) > MOST_PIECES:
            raise ValueError
        if mark in FRAMES:
            high, wide = struct.unpack_from(">HH", body, 1)
            _small(wide, high)
            frames += 1
        if mark == GENERAL and body.startswith(b"JFIF\0"):
            kept.append(b"\xff\xe0\x00\x10" + body[:12] + b"\0\0")  # without the small picture
        elif mark == ADOBE and body.startswith(b"Adobe"):
            kept.append(b"\xff\xee\x00\x0e" + body[:12])  # how the colours are to be read
        elif mark in DRAWING:
            kept.append(whole)
    if frames != 1:
        raise ValueError
    return b"".join([*kept, b"\xff\xd9"])


def _segments(raw: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The segments of a JPEG: mark, what it says, and the whole, pixels included."""
    at = len(JPEG)
    while raw[at : at + 2] != b"\xff\xd9":
        start, mark, size = struct.unpack_from(">BBH", raw, at)
        end = at + 2 + size
        body = raw[at + 4 : end]
        if start != BEGIN or len(body) != size - 2:
            raise ValueError
        if mark == SCAN:
            found = NEXT_MARK.search(raw, end)
            end = found.start() if found else len(raw)
        yield mark, body, raw[at:end]
        at = end


def _small(wide: int, high: int) -> None:
    """Raise ValueError for a picture that is empty, of unknown height, or huge."""
    if not 0 < wide * high <= MOST_PIXELS:
        raise ValueError
