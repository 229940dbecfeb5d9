"""The manual as typed blocks, read from ``resources/help``: one chapter a file, ``NN-id.md``.

The files know headings (``#``, ``##``), paragraphs, lists (``-``), steps (``1.``) and keys (`` `Ctrl+S` ``),
nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Literal

import resources

FOLDER = "help"
FIRST = "start"
_KEY = re.compile(r"`([^`]+)`")

Style = Literal["section", "paragraph", "item", "step"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: *runs* are pieces of text, True for the name of a key; *number* counts steps."""

    style: Style
    runs: tuple[tuple[str, bool], ...]
    number: int = 0

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(piece for piece, _is_key in self.runs)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter; *id* is that of the page it explains, or its own name."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    def has(self, words: str) -> bool:
        """Tell whether title or text has *words*."""
        return words in self.title or any(words in block.text for block in self.blocks)


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters in order."""
    return tuple(_chapter(name) for name in resources.names(FOLDER, ".md"))


def _chapter(name: str) -> Chapter:
    lines = [line.strip() for line in resources.text(name).splitlines() if line.strip()]
    title = lines[0].removeprefix("# ")
    return Chapter(PurePosixPath(name).stem.partition("-")[2], title, tuple(map(_block, lines[1:])))


def _block(line: str) -> Block:
    if line.startswith("## "):
        return Block("section", ((line[3:], False),))
    if line.startswith("- "):
        return Block("item", _runs(line[2:]))
    if step := re.match(r"(\d+)\. ", line):
        return Block("step", _runs(line[step.end() :]), int(step[1]))
    return Block("paragraph", _runs(line))


def _runs(text: str) -> tuple[tuple[str, bool], ...]:
    pieces = _KEY.split(text)
    return tuple((piece, bool(place % 2)) for place, piece in enumerate(pieces) if piece)
