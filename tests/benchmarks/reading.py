"""Official texts read for what they set up: fifty pages of them, and runs of one word that a pattern could choke on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from models.documents.extract import extract
from tests.benchmarks.figures import Figure, taken
from tests.models.documents import texts
from tests.models.documents.extract.test_hostile import WORDS

_PAGES, _RUN = 30_000, 10_000
"""Characters of fifty pages, and of one run."""
_TIMES = 3


def measure() -> Iterator[Figure]:
    """Read ordinary pages, then each word over and over; the pages are what the worst run is held against."""
    pages = "\n".join((texts.OFFICES, texts.ROSTER, texts.TABLE, texts.MINUTES))
    whole = (pages * (_PAGES // len(pages) + 1))[:_PAGES]
    spent = taken(partial(extract, whole), _TIMES)
    yield Figure("fifty pages read", spent, at_most=1_000)
    words = [*WORDS, "每年，", "县司法局、", "一、\n", "成员：", "（负责"]
    slowest = max(taken(partial(extract, word * (_RUN // len(word))), 1) for word in words)
    yield Figure(
        f"the slowest of {len(words)} runs of one word", slowest, baseline=spent * _RUN / _PAGES, times=10
    )
