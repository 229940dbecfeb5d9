"""Size of the source."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.figures import Figure
from tests.figures import summary

_AIMS = {"file lines, median": 150, "file lines, longest": 500, "function lines, 90 % below": 30,
         "function lines, longest": 60}  # fmt: skip


def measure() -> Iterator[Figure]:
    """Count lines."""
    for name, value in summary().items():
        yield Figure(
            name, value * 100 if value <= 1 else value, "%" if value <= 1 else "", at_most=_AIMS.get(name)
        )
