"""The drawing of a year: twelve months, days shaded by how full they are, with a character for what there is."""

from __future__ import annotations

from models.documents.blocks import WallDay, YearWall
from models.records.values import WEEKDAYS
from reports.charts import Box, Label, Shape, Stroke

MEETING, LIMIT, OVERDUE = "会", "限", "逾"
"""What :attr:`WallDay.signs` are made of."""
FILLS = ("#FFFFFF", "#E3EFF5", "#C9E0EB", "#93BFD3")
"""The shades from an empty day to a full one; all bear black figures."""
ACROSS, DOWN, WEEKS, WEEK = 4, 3, 6, 7
OFF = "#F1F3F4"
"""The shade of a day off without anything."""
_GREY, _GAP, _HEAD, _FOOT = "#C2C9CF", 12.0, 26.0, 16.0
_NUMBER, _SIGN, _MONTH = 8.0, 6.0, 10.5


def draw_wall(wall: YearWall, width: float, height: float) -> tuple[Shape, ...]:
    """Draw the twelve months into *width* × *height* pt, what the shades and words mean below them."""
    shapes: list[Shape] = []
    block = (width - _GAP * (ACROSS - 1)) / ACROSS
    band = (height - _FOOT) / DOWN
    cell = (block / WEEK, (band - _HEAD - _GAP / 2) / WEEKS)
    for month in range(12):
        down, across = divmod(month, ACROSS)
        left, top = across * (block + _GAP), down * band
        shapes.append(Label(left, top + _MONTH, f"{month + 1}月", _MONTH, "start", strong=True))
        shapes += [
            Label(left + (at + 0.5) * cell[0], top + _HEAD - 4, word, 7, "middle")
            for at, word in enumerate(WEEKDAYS)
        ]
    frames: list[Shape] = []
    for day in wall.days:
        down, across = divmod(day.on.month - 1, ACROSS)
        week = (day.on.day - 1 + day.on.replace(day=1).weekday()) // WEEK
        x = across * (block + _GAP) + day.on.weekday() * cell[0]
        y = down * band + _HEAD + week * cell[1]
        if day.level or not day.workday:
            shapes.append(Box(x, y, *cell, FILLS[day.level] if day.level else OFF))
        frames += _day(day, x, y, *cell)
    return (*shapes, *frames, *_key(wall, height))


def _day(day: WallDay, x: float, y: float, wide: float, high: float) -> list[Shape]:
    frame = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y))
    return [
        Stroke(frame, _GREY, 0.8),
        Label(x + 1.5, y + _NUMBER, str(day.on.day), _NUMBER, "start", strong=day.mark == "班"),
        Label(x + wide - 1.5, y + _SIGN + 1, day.mark, _SIGN, "end", strong=True),
        Label(x + wide - 1.5, y + high - 1.8, day.signs, _SIGN, "end"),
    ]


def _key(wall: YearWall, height: float) -> list[Shape]:
    """Say in words what shades and signs mean."""
    shapes: list[Shape] = []
    x, y = 0.0, height - 9
    for fill, words in (*zip(FILLS, wall.levels, strict=True), (OFF, "不上班")):
        shapes += [Box(x, y, 8, 6, fill), Label(x + 11, y + 6, words, 8, "start")]
        x += 64
    signs = f"{MEETING}：有会议　{LIMIT}：有期限　{OVERDUE}：有逾期没办的　休：放假　班：调休上班"
    return [*shapes, Label(x, y + 6, signs, 8, "start")]
