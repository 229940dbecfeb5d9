"""Where a line of Chinese text may end: 避头尾, whole numbers and words, marks squeezed when one too many.

Rules of GB/T 15834-2011 《标点符号用法》 5.1 (marks that open or close a line) and of GB/T 9704-2012 (numbers and
years are not cut). Pure: characters and widths in, ranges out; measures are whatever unit the widths have.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

NO_START = frozenset("，。、；：？！）》〉」』】〕〗］｝”’…—·～％‰℃‧" + ",.;:?!)]}%°′″")
NO_END = frozenset("（《〈「『【〔〖［｛“‘" + "([{￥＄№")
SQUEEZABLE = frozenset("，。、；：？！）》〉」』】〕”’（《〈「『【〔“‘")
UNBROKEN_PAIRS = frozenset("—…")
_IN_WORD = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,%-/:_?&=#+@~'")
_CUT_AFTER = frozenset("/?&=-_.#:")
_LONG_WORD = 0.45  # a word wider than this share of the line (a web address) may be cut
_MOST_MARKS = 2  # marks pulled up into a line at most


@dataclass(frozen=True, slots=True)
class Line:
    """Characters *start* to *end* (excluded) of the text; *room* is the width they are set in."""

    start: int
    end: int
    room: float
    last: bool


def may_end(text: str, index: int) -> bool:
    """Tell whether 避头尾 allows a line to end before ``text[index]`` (words not considered)."""
    ahead, behind = index, index - 1
    while text[ahead] == " " and ahead + 1 < len(text):  # spaces at a line's edge are dropped
        ahead += 1
    while text[behind] == " " and behind > 0:
        behind -= 1
    before, after = text[behind], text[ahead]
    if after in NO_START or before in NO_END:
        return False
    return not (before == after and before in UNBROKEN_PAIRS)


def _in_word(text: str, index: int) -> bool:
    return text[index - 1] in _IN_WORD and text[index] in _IN_WORD


def break_lines(
    text: str, widths: Sequence[float], first: float, rest: float, held: Collection[int] = ()
) -> list[Line]:
    """Break *text* into lines: *first* wide, the following ones *rest* wide; at least one line.

    ``widths[i]`` is the width of ``text[i]``; before the places *held* (inside a name) no line ends. A line may be wider than its room by what its marks can give up
    (half of each); the renderer squeezes them. Never raises: what cannot be broken well is cut.
    """
    start, count = 0, len(text)
    if sum(widths) <= first + 0.01:  # as nearly every cell of a table
        return [Line(0, count, first, True)]
    lines: list[Line] = []
    while start < count:
        room = rest if lines else first
        fit = _fit(widths, start, room)
        end = fit if fit >= count else _choose(text, widths, start, fit, room, held)
        lines.append(Line(start, end, room, end >= count))
        start = end
        while start < count and text[start] == " ":
            start += 1
        if start >= count and not lines[-1].last:
            lines[-1] = Line(lines[-1].start, end, room, True)
    return lines


def _fit(widths: Sequence[float], start: int, room: float) -> int:
    """Return the end of what fits into *room*, at least one character."""
    for index, used in enumerate(accumulate(islice(widths, start, None)), start):
        if used > room + 0.01:
            return max(index, start + 1)
    return len(widths)


def _choose(
    text: str, widths: Sequence[float], start: int, fit: int, room: float, held: Collection[int]
) -> int:
    def is_good(index: int) -> bool:
        return index not in held and may_end(text, index) and not _in_word(text, index)

    if is_good(fit):
        return fit
    pulled = _pull_up(text, widths, start, fit, room)
    if pulled and (pulled == len(text) or is_good(pulled)):
        return pulled
    back = fit
    while back > start and not is_good(back):
        back -= 1
    if back > start and not _long_word(text, widths, back, fit, room):
        return back
    return _cut(text, start, fit)


def _long_word(text: str, widths: Sequence[float], start: int, fit: int, room: float) -> bool:
    """Tell whether the word that runs over *fit* from *start* is one that may be cut."""
    if not _in_word(text, fit):
        return False
    used, end = sum(widths[start:fit]), fit
    while used <= _LONG_WORD * room and end < len(text) and _in_word(text, end):
        used += widths[end]
        end += 1
    return used > _LONG_WORD * room


def _pull_up(text: str, widths: Sequence[float], start: int, fit: int, room: float) -> int:
    """Return the end of the line with the marks that follow squeezed in, 0 where that cannot be."""
    end = fit
    while end < len(text) and end - fit < _MOST_MARKS and text[end] in NO_START:
        end += 1
    if end == fit:
        return 0
    over = sum(widths[start:end]) - room
    gives = sum(widths[i] / 2 for i in range(start, end) if text[i] in SQUEEZABLE)
    return end if over <= gives else 0


def _cut(text: str, start: int, fit: int) -> int:
    """Cut inside a word too long for a line: after one of / ? & … near the end, else where 避头尾 allows."""
    allowed = [index for index in range(fit, start, -1) if may_end(text, index)]
    for index in allowed:
        if fit - index < 12 and text[index - 1] in _CUT_AFTER:
            return index
    return allowed[0] if allowed else fit
