"""Clean a text for matching without losing where each character came from.

Pasted texts mix full and half width, carry blanks from typewriter-style padding, zero-width characters
and Kangxi radicals from PDF. Recognisers match on the cleaned text; every match is told in offsets of
the source, which is never altered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from models.documents.numbering import read_mark
from models.documents.proposals import Span

_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", "｡": "。"}
_ROUND = str.maketrans({"○": "〇", "◯": "〇", "∶": ":", "﹒": ".", "．": "."})
_LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
_NO_BLANK_BEFORE = "，。；：、？！）》〉”’"
_NO_BLANK_AFTER = "，、；：（《〈“‘"
_SENTENCE_ENDS = re.compile(r"[。；！？\n]")
_ROW = re.compile(r"[\u3400-\u9fff] +[\u3400-\u9fff]|^[^（）：]{2,10}（[^（）]*）$")
"""A line of a roster or table (冯 镭 县长, 沈慧（县长）): it ends where its printed line ends."""
_LABELLED = re.compile("[^，。；：]{2,8}：")
BLANK_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of the cleaned text with its offsets *into the cleaned text*."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CleanText:
    """The cleaned *text* of a *source*; ``offsets[i]`` is where character i came from."""

    source: str
    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Translate a range of the cleaned text into a range of the source."""
        if end <= start:
            at = self.offsets[start] if start < len(self.offsets) else len(self.source)
            return Span(at, at)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def lines(self) -> Iterator[Line]:
        """Yield every line, empty ones too; a line of blanks only is one blank (an empty table cell)."""
        start = 0
        for text in self.text.split("\n"):
            yield Line(text, start, start + len(text))
            start += len(text) + 1


def clean(source: str) -> CleanText:
    """Return *source* with one width, one kind of punctuation and no stray blanks."""
    characters: list[str] = []
    offsets: list[int] = []
    for index, raw in enumerate(source):
        if raw == "\n" and index and source[index - 1] == "\r":
            continue
        for character in _one_width(raw):
            if character == " " and characters and characters[-1] == " ":
                continue
            characters.append(character)
            offsets.append(index)
    kept = [i for i in range(len(characters)) if not _is_stray(characters, i)]
    text = "".join(_punctuate(characters, i) for i in kept)
    return CleanText(source, text, tuple(offsets[i] for i in kept))


def unwrap(text: CleanText) -> CleanText:
    """Join lines that were broken at a fixed width (text copied from PDF); other texts stay as they are.

    A text counts as broken when most long lines end without a mark and within three characters of the
    widest usual line. A line that ends inside a list (、) goes on in any text.
    """
    lines = list(text.lines())
    long = [len(line.text) for line in lines if len(line.text) >= 18]
    loose = sorted(len(a.text) for a, b in pairwise(lines) if _goes_over(a.text, b.text))
    usual = loose[len(loose) // 2] if len(loose) >= 5 and len(loose) * 3 >= len(long) else 0
    if sum(abs(length - usual) <= 3 for length in loose) * 4 < len(loose) * 3:
        usual = 0
    joined: set[int] = set()
    width = usual
    for a, b in pairwise(lines):
        in_list = len(a.text) >= 6 and a.text.endswith("、") and b.text.strip() and not read_mark(b.text)
        if in_list or (_goes_over(a.text, b.text) and abs(len(a.text) - width) <= 3):
            joined.add(a.end)
            width = len(a.text.rpartition("：")[2]) if in_list else width
        else:
            width = usual
    if not joined:
        return text
    kept = [i for i in range(len(text.text)) if i not in joined]
    return CleanText(text.source, "".join(text.text[i] for i in kept), tuple(text.offsets[i] for i in kept))


def _goes_over(line: str, following: str) -> bool:
    """Tell whether a long line may go on in the next: it ends without a full stop and no number follows."""
    return (
        len(line) >= 18
        and line[-1] not in "。；：！？"
        and bool(following.strip())
        and not read_mark(following)
        and not _ROW.search(line)
        and not _ROW.search(following)
        and not _LABELLED.match(following)
    )


def without_blanks(text: str) -> str:
    """Drop blanks between Chinese characters: 「林 晓」 → 「林晓」, 「组 长」 → 「组长」."""
    return BLANK_BETWEEN_HAN.sub("", text).strip()


def sentences(text: str, start: int = 0) -> Iterator[Line]:
    """Yield the sentences of *text* (ended by 。；！？ or a line end), offsets counted from *start*."""
    begin = 0
    for end in [*(match.end() for match in _SENTENCE_ENDS.finditer(text)), len(text)]:
        piece = text[begin:end]
        body = piece.strip("\n ")
        if body:
            lead = len(piece) - len(piece.lstrip("\n "))
            yield Line(body, start + begin + lead, start + begin + lead + len(body))
        begin = end


@cache
def _one_width(character: str) -> str:
    """Return the matching form of one source character (may be none or several characters)."""
    if character in _LINE_ENDS:
        return "\n"
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category in {"Cf", "Cc", "Cs"}:
        return ""
    if "①" <= character <= "⑳" or character in "…—～":
        return character
    return unicodedata.normalize("NFKC", character).translate(_ROUND)


def _opens_line(characters: list[str], end: int) -> bool:
    """Tell whether the figure that ends before *end* is the first of its line (the number of a row)."""
    while end and characters[end - 1].isdigit():
        end -= 1
    return end == 0 or characters[end - 1] == "\n"


def _punctuate(characters: list[str], index: int) -> str:
    """Give Chinese punctuation its full width, but leave 10:30 and 3,000 alone."""
    character = characters[index]
    if character not in _FULL_WIDTH:
        return character
    between_digits = 0 < index < len(characters) - 1 and (
        characters[index - 1].isdigit() and characters[index + 1].isdigit()
    )
    return character if between_digits and character in ",:" else _FULL_WIDTH[character]


def _is_stray(characters: list[str], index: int) -> bool:
    """Tell whether the blank at *index* carries nothing: at a line's edge or beside punctuation."""
    if characters[index] != " ":
        return False
    before = characters[index - 1] if index else "\n"
    after = characters[index + 1] if index + 1 < len(characters) else "\n"
    if before == "\n" and after == "\n":
        return False
    if (before in "于少第每年月" and after.isdigit()) or (
        after in "年月日次期场件家名个课学人%" and before.isdigit() and not _opens_line(characters, index)
    ):
        return True
    before, after = _FULL_WIDTH.get(before, before), _FULL_WIDTH.get(after, after)
    return before == "\n" or after == "\n" or after in _NO_BLANK_BEFORE or before in _NO_BLANK_AFTER
