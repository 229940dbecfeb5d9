"""One drawing of a chart, as shapes: whoever writes a file sets them down.

Bars and lines from zero, no grid, values beside what they measure. Series differ by fill *and* hatch, so that a
black-and-white printer keeps them apart. Shapes use the chart's own units, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from models.documents.blocks import Chart
from reports.paper.text import plain

Hatch = Literal["", "diagonal", "back", "cross", "level"]
Anchor = Literal["start", "middle", "end"]

INK, ACCENT = "#1F2328", "#1A6285"
STYLES: tuple[tuple[str, Hatch], ...] = (
    (ACCENT, ""), ("#C9E0EB", ""), ("#FFFFFF", "diagonal"), ("#7C8790", ""), ("#FFFFFF", "cross"), ("#FFFFFF", "level"),
    ("#C9E0EB", "back"),
)  # fmt: skip
_MOST_LINES = 5  # for the name of a category


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled and hatched, outlined in the accent."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    hatch: Hatch = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through *points*; *dash* lengths on and off, or nothing."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 0.75
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """Text with its baseline at *y*."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = "middle"
    strong: bool = False


Shape = Box | Stroke | Label


def label_width(text: str, size: float) -> float:
    """Return about how wide *text* is."""
    return size * sum(0.62 if char < "\u2000" else 1.0 for char in text)


def hatch_lines(box: Box, step: float = 4.0) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield the hatch of *box* as line ends inside it."""
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    if box.hatch == "level":
        for index in range(1, int(box.height / step) + 1):
            yield (left, bottom - index * step), (right, bottom - index * step)
    for falling in {"diagonal": (False,), "back": (True,), "cross": (False, True)}.get(box.hatch, ()):
        for index in range(1, int((box.width + box.height) / step) + 1):
            reach = index * step
            x0, y0 = (left, top + reach) if reach <= box.height else (left + reach - box.height, bottom)
            x1, y1 = (left + reach, top) if reach <= box.width else (right, top + reach - box.width)
            yield ((left + right - x0, y0), (left + right - x1, y1)) if falling else ((x0, y0), (x1, y1))


@dataclass(slots=True)
class _Plot:
    """The area inside the axes and its scale."""

    chart: Chart
    left: float
    top: float
    width: float
    height: float
    size: float
    low: float
    high: float
    shapes: list[Shape] = field(default_factory=list)

    @property
    def slot(self) -> float:
        return self.width / max(1, len(self.chart.categories))

    def y(self, value: float) -> float:
        return self.top + self.height * (self.high - value) / (self.high - self.low)

    def value(self, series: int, category: int) -> float:
        values = self.chart.series[series].values
        value = values[category] if category < len(values) else 0.0
        return value if math.isfinite(value) else 0.0


def draw_chart(chart: Chart, width: float, height: float, size: float = 10.5) -> tuple[Shape, ...]:
    """Draw *chart* into *width* × *height* with labels of *size*; shapes in the order they are painted."""
    low, high = _range(chart)
    head = 2.2 * size if chart.title or chart.unit else 0.6 * size
    legend = 1.8 * size if len(chart.series) > 1 else 0.0
    left = max(label_width(_figure(high), size), label_width(_figure(low), size)) + size
    names = _names(chart, width - left - size, size)
    deepest = max(map(len, names.values()), default=0)
    foot = (1.15 * max(deepest, 2) + 0.3) * size
    plot = _Plot(
        chart, left, head + legend + 1.2 * size, width - left - size, height - head - legend - 1.2 * size - foot,
        size, low, high,
    )  # fmt: skip
    _heading(plot, width)
    if legend:
        _legend(plot, width, head + 0.9 * size)
    _axes(plot)
    if chart.kind == "line":
        _lines(plot)
    else:
        _bars(plot)
    _categories(plot, names)
    return tuple(plot.shapes)


def _range(chart: Chart) -> tuple[float, float]:
    count = len(chart.categories)
    rows = [[v if math.isfinite(v) else 0.0 for v in series.values[:count]] for series in chart.series]
    if chart.kind == "stacked":
        columns = [[row[i] for row in rows if i < len(row)] for i in range(count)]
        sums = [sum(v for v in column if v > 0) for column in columns]
        values = sums + [sum(v for v in column if v < 0) for column in columns]
    else:
        values = [value for row in rows for value in row]
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    return (low, high) if high > low else (low, low + 1.0)


def _figure(value: float) -> str:
    return f"{value:.0f}" if float(value).is_integer() or abs(value) >= 1000 else f"{value:.4g}"


def _fit(text: str, size: float, room: float) -> str:
    """Return *text* cut with … to *room*."""
    if label_width(text, size) <= room:
        return text
    while text and label_width(text + "…", size) > room:
        text = text[:-1]
    return text + "…" if text else ""


def _heading(plot: _Plot, width: float) -> None:
    size, unit = plot.size, plain(plot.chart.unit, 20)
    unit_text = f"单位：{unit}" if unit else ""
    room = width - 2 * (label_width(unit_text, size) + size)
    title = _fit(plain(plot.chart.title, 200), size * 1.15, room)
    plot.shapes.append(Label(width / 2, 1.4 * size, title, size * 1.15, "middle", strong=True))
    plot.shapes.append(Label(width - size / 2, 1.4 * size, unit_text, size, "end"))


def _legend(plot: _Plot, width: float, y: float) -> None:
    size, series = plot.size, plot.chart.series
    room = (width - 2 * size) / len(series) - 2.4 * size
    names = [_fit(plain(item.label, 100), size, max(room, size)) for item in series]
    x = (width - sum(label_width(name, size) + 2.4 * size for name in names)) / 2 + 0.6 * size
    for index, name in enumerate(names):
        fill, hatch = STYLES[index % len(STYLES)]
        if plot.chart.kind == "line":
            plot.shapes.append(_trace(index, ((x, y - 0.35 * size), (x + 1.2 * size, y - 0.35 * size))))
        else:
            plot.shapes.append(Box(x, y - 0.8 * size, 1.2 * size, 0.9 * size, fill, hatch))
        plot.shapes.append(Label(x + 1.5 * size, y, name, size, "start"))
        x += label_width(name, size) + 2.4 * size


def _axes(plot: _Plot) -> None:
    base = plot.y(0)
    plot.shapes.append(Stroke(((plot.left, base), (plot.left + plot.width, base)), INK))
    for value in {plot.low, 0.0, plot.high}:
        label = Label(
            plot.left - 0.4 * plot.size, plot.y(value) + 0.35 * plot.size, _figure(value), plot.size, "end"
        )
        plot.shapes.append(label)


def _bars(plot: _Plot) -> None:
    chart, count = plot.chart, len(plot.chart.series)
    stacked = chart.kind == "stacked"
    group = plot.slot * 0.64
    bar = min(group if stacked else group / max(1, count), 4 * plot.size)
    for category in range(len(chart.categories)):
        centre = plot.left + (category + 0.5) * plot.slot
        up = down = 0.0
        for series in range(count):
            value = plot.value(series, category)
            start = (up if value >= 0 else down) if stacked else 0.0
            x = centre - bar / 2 if stacked else centre + (series - count / 2) * bar
            top, bottom = sorted((plot.y(start), plot.y(start + value)))
            fill, hatch = STYLES[series % len(STYLES)]
            if value:
                plot.shapes.append(Box(x, top, bar, bottom - top, fill, hatch))
            if not stacked:
                _value(plot, x + bar / 2, top if value >= 0 else bottom, value, bar)
            up, down = up + max(value, 0), down + min(value, 0)
        if stacked:
            _value(plot, centre, plot.y(up), up + down, plot.slot)


def _value(plot: _Plot, x: float, y: float, value: float, room: float) -> None:
    text = _figure(value)
    if label_width(text, plot.size) <= room * 1.15:
        below = value < 0
        plot.shapes.append(Label(x, y + (1.0 if below else -0.3) * plot.size, text, plot.size))


def _trace(series: int, points: tuple[tuple[float, float], ...]) -> Stroke:
    dashes: tuple[tuple[float, ...], ...] = ((), (6, 3), (1.5, 2), (8, 3, 1.5, 3))
    return Stroke(points, ACCENT if series % 2 == 0 else INK, 1.5, dashes[series % len(dashes)])


def _lines(plot: _Plot) -> None:
    """Draw each series as a line with points; one series has all its values written, several only their last."""
    several = len(plot.chart.series) > 1
    ends: list[tuple[float, float, float]] = []
    for series in range(len(plot.chart.series)):
        points = []
        for category in range(len(plot.chart.categories)):
            value = plot.value(series, category)
            points.append((plot.left + (category + 0.5) * plot.slot, plot.y(value)))
            if not several:
                _value(plot, *points[-1], value, plot.slot)
        plot.shapes.append(_trace(series, tuple(points)))
        plot.shapes += [Box(x - 1.8, y - 1.8, 3.6, 3.6, STYLES[series % 2][0]) for x, y in points]
        if several and points:
            ends.append((points[-1][1], points[-1][0], plot.value(series, len(points) - 1)))
    lowest = -math.inf
    for y, x, value in sorted(ends):
        lowest = max(y, lowest + 1.1 * plot.size)
        label = Label(x + 0.5 * plot.size, lowest + 0.35 * plot.size, _figure(value), plot.size, "start")
        plot.shapes.append(label)


def _names(chart: Chart, width: float, size: float) -> dict[int, list[str]]:
    """Return the lines that name each category under an axis *width* wide, every nth where they are many."""
    slot = width / max(len(chart.categories), 1)
    step = max(1, math.ceil(2.2 * size / slot))
    room = slot * step * 0.96
    return {
        index: _wrapped(plain(name, 200), size, room)
        for index, name in enumerate(chart.categories)
        if index % step == 0
    }


def _wrapped(text: str, size: float, room: float) -> list[str]:
    lines: list[str] = []
    while len(lines) < _MOST_LINES - 1 and label_width(text, size) > room:
        cut = next((i for i in range(len(text), 0, -1) if label_width(text[:i], size) <= room), 1)
        lines.append(text[:cut])
        text = text[cut:]
    return [*lines, _fit(text, size, room)]


def _categories(plot: _Plot, names: Mapping[int, Sequence[str]]) -> None:
    """Write the categories under the axis, on several lines where they are long."""
    top = plot.top + plot.height + 1.2 * plot.size
    for index, lines in names.items():
        x = plot.left + (index + 0.5) * plot.slot
        for place, line in enumerate(lines):
            plot.shapes.append(Label(x, top + place * 1.15 * plot.size, line, plot.size))
