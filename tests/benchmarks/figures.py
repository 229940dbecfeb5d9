"""One figure, how it is taken and how it is printed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

TIMES = 9


@dataclass(frozen=True, slots=True)
class Figure:
    """*value* in *unit*; *baseline* is the same thing done raw in the same run.

    The aims: at most *at_most* in the unit, at most *times* the baseline; None where none is set.
    """

    name: str
    value: float
    unit: str = "ms"
    baseline: float | None = None
    at_most: float | None = None
    times: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """Whether every aim is met, None without one."""
        if self.at_most is None and self.times is None:
            return None
        within = self.at_most is None or self.value <= self.at_most
        return within and (self.times is None or self.ratio is None or self.ratio <= self.times)


def taken(
    deed: Callable[[], object], times: int = TIMES, before: Callable[[], object] = lambda: None
) -> float:
    """Return the median time of *deed* in ms, after one run that does not count; *before* each it is not timed."""
    before(), deed()
    return median((before(), _once(deed))[1] for _ in range(times))


def compared(
    deed: Callable[[], object], baseline: Callable[[], object], times: int = TIMES
) -> tuple[float, float]:
    """Return the median times in ms of *deed* and of *baseline*, run in turns so that both meet the same load."""
    deed(), baseline()
    pairs = [(_once(deed), _once(baseline)) for _ in range(times)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def _once(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1000


def as_line(figure: Figure) -> str:
    """Return one line of the table."""
    aims = [f"≤ {figure.at_most:g} {figure.unit}"] if figure.at_most is not None else []
    aims += [f"≤ {figure.times:g} ×"] if figure.times is not None else []
    ratio = f"{figure.ratio:.2f} ×" if figure.ratio is not None else ""
    sign = {True: "yes", False: "NO", None: ""}[figure.met]
    return f"{figure.name:52}{figure.value:>12,.1f} {figure.unit:5}{ratio:>9}  {' and '.join(aims):22}{sign}"
