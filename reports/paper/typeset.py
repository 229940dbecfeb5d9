"""Set text into lines of glyphs: faces by character, 避头尾 line ends, marks squeezed, lines filled to the edge.

Measures in pt. Positions are relative to the left edge of the room the text is set in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Literal, NamedTuple

from reports.paper.fonts import Role, faces
from reports.paper.linebreak import SQUEEZABLE, break_lines

Alignment = Literal["justify", "left", "center", "right"]

_FULL_WIDTH = 880  # thousandths of an em from which a glyph takes a whole cell of the grid
_MOST_STRETCH = 0.25  # share of the room that may be spread between characters


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one role; a *whole* one (a person's name) is not broken between two lines."""

    role: Role
    text: str
    whole: bool = False


class Piece(NamedTuple):
    """Characters of one face at *x*, each followed by *spacing*."""

    x: float
    font: str
    size: float
    text: str
    spacing: float


class SetLine(NamedTuple):
    """One line: its pieces and the width it takes."""

    pieces: tuple[Piece, ...]
    width: float

    def text(self) -> str:
        """Return what the line shows."""
        return "".join(piece.text for piece in self.pieces)


class _Glyph(NamedTuple):
    char: str
    advance: float
    cell: float
    look: tuple[str, float]  # face, and what the cell leaves after the advance


def _glyphs(runs: Sequence[Run], size: float, pitch: float) -> list[_Glyph]:
    return [glyph for run in runs for glyph in map(_known(run.role, size, pitch).__getitem__, run.text)]


class _Known(dict[str, _Glyph]):
    """The glyphs of one role, size and pitch so far, by character."""

    def __init__(self, role: Role, size: float, pitch: float) -> None:
        self._set = role, size, pitch

    def __missing__(self, char: str) -> _Glyph:
        role, size, pitch = self._set
        face, drawn = faces().pick(role, char)
        thousandths = face.width(drawn)
        advance = thousandths * size / 1000
        cell = pitch if thousandths >= _FULL_WIDTH else advance
        self[char] = _Glyph(drawn, advance, cell, (face.name, round(cell - advance, 4)))
        return self[char]


_known = lru_cache(maxsize=64)(_Known)


def text_width(runs: Sequence[Run], size: float, pitch: float = 0.0) -> float:
    """Return the width of *runs* on one line."""
    return sum(glyph.cell for glyph in _glyphs(runs, size, pitch or size))


def set_text(
    runs: Sequence[Run],
    size: float,
    room: float,
    *,
    pitch: float = 0.0,
    first: float = 0.0,
    hang: float = 0.0,
    align: Alignment = "justify",
) -> list[SetLine]:
    """Set *runs* in *size* into lines *room* wide; at least one line.

    *pitch* is the cell of a full-width character (default: the size). The first line starts at *first*, the
    following ones at *hang*; both are cut down where they would leave less than four characters of room.
    """
    pitch = pitch or size
    room = max(room, pitch)
    most = max(0.0, room - 4 * pitch)
    first, hang = min(first, most), min(hang, most)
    glyphs = _glyphs(runs, size, pitch)
    text = "".join(run.text for run in runs)
    cells = [glyph.cell for glyph in glyphs]
    lines = break_lines(text, cells, room - first, room - hang, frozenset(_inside_whole(runs)))
    result = []
    for number, line in enumerate(lines):
        row = glyphs[line.start : line.end]
        start = hang if number else first
        result.append(_set_line(row, text[line.start : line.end], size, start, line.room, align, line.last))
    return result


def _inside_whole(runs: Sequence[Run]) -> Iterator[int]:
    """Yield the places in the joined text at which a whole run would be broken."""
    place = 0
    for run in runs:
        if run.whole:
            yield from range(place + 1, place + len(run.text))
        place += len(run.text)


def _set_line(
    row: list[_Glyph], text: str, size: float, start: float, room: float, align: Alignment, last: bool
) -> SetLine:
    natural = sum([glyph.cell for glyph in row])
    spare = room - natural
    spread = squeeze = 0.0
    if spare < -0.01:
        marks = sum(1 for char in text if char in SQUEEZABLE)
        squeeze = min(-spare / marks, size / 2) if marks else 0.0
    elif align == "justify" and not last and len(row) > 1 and spare < _MOST_STRETCH * room:
        spread = spare / (len(row) - 1)
    elif align == "center":
        start += spare / 2
    elif align == "right":
        start += spare
    return SetLine(_pieces(row, text, size, start, spread, squeeze), min(natural, room))


def _pieces(
    row: list[_Glyph], text: str, size: float, x: float, spread: float, squeeze: float
) -> tuple[Piece, ...]:
    """Join the glyphs of a line into pieces of one face and one spacing."""
    if not spread and not squeeze:
        return tuple(_even_pieces(row, size, x))
    pieces: list[Piece] = []
    chars: list[str] = []
    begin, font, gap = x, "", 0.0
    for glyph, char in zip(row, text, strict=True):
        face, left = glyph.look
        squeezed = squeeze if char in SQUEEZABLE else 0.0
        cell = glyph.cell + spread - squeezed
        spacing = round(cell - glyph.advance, 4) if spread or squeezed else left
        shift = squeezed if squeezed and char in "（《〈「『【〔“‘" else 0.0  # their ink is in the right half
        if chars and (face != font or spacing != gap or shift):
            pieces.append(Piece(begin, font, size, "".join(chars), gap))
            chars = []
        if not chars:
            begin, font, gap = x - shift, face, spacing
        chars.append(glyph.char)
        x += cell
        if shift:  # its advance starts from the shifted place, so it stands alone
            pieces.append(Piece(begin, font, size, glyph.char, gap))
            chars = []
    if chars:
        pieces.append(Piece(begin, font, size, "".join(chars), gap))
    return tuple(pieces)


def _even_pieces(row: list[_Glyph], size: float, x: float) -> Iterator[Piece]:
    """Yield the pieces of a line that is as wide as it comes."""
    for (font, gap), part in groupby(row, attrgetter("look")):
        chars, _, cells, _ = zip(*part, strict=True)
        yield Piece(x, font, size, "".join(chars), gap)
        x += sum(cells)
