"""One drawing for every paper: from zero, labelled, told apart without colour."""

from __future__ import annotations

import math

import pytest

from models.documents.blocks import Chart, Series
from reports.charts import STYLES, Box, Label, Stroke, draw_chart, hatch_lines
from tests.reports.paper.samples import NASTY, chart


def boxes(drawn: Chart) -> list[Box]:
    legend = len(drawn.series) if len(drawn.series) > 1 else 0
    return [shape for shape in draw_chart(drawn, 400, 200) if isinstance(shape, Box)][legend:]


def test_bars_are_as_high_as_their_figures_from_one_base() -> None:
    bars = boxes(Chart("", ("甲", "乙", "丙"), (Series("数", (10, 5, 20)),)))
    heights = [bar.height for bar in bars]
    assert heights[0] == pytest.approx(2 * heights[1])
    assert heights[2] == pytest.approx(4 * heights[1])
    assert len({round(bar.y + bar.height, 6) for bar in bars}) == 1


def test_stacked_bars_stand_on_each_other() -> None:
    first, second = boxes(Chart("", ("甲",), (Series("一", (3,)), Series("二", (1,))), "stacked"))
    assert second.y + second.height == pytest.approx(first.y)


def test_values_below_zero_hang_from_the_base() -> None:
    up, down = boxes(Chart("", ("甲", "乙"), (Series("数", (2, -2)),)))
    assert up.y + up.height == pytest.approx(down.y)
    assert up.height == pytest.approx(down.height)


def test_a_line_goes_through_its_points() -> None:
    drawn = draw_chart(Chart("", ("甲", "乙"), (Series("率", (50, 100)),), "line"), 400, 200)
    (x0, y0), (x1, y1) = next(
        shape for shape in drawn if isinstance(shape, Stroke) and shape.width > 1
    ).points
    assert x0 < x1
    assert y0 > y1


def test_series_differ_without_colour() -> None:
    assert len({(fill, hatch) for fill, hatch in STYLES}) == len(STYLES)
    inside = Box(10, 20, 30, 15, "#FFFFFF", "cross")
    lines = list(hatch_lines(inside))
    assert len(lines) > 10
    for line in lines:
        for x, y in line:
            assert 10 <= x <= 40
            assert 20 <= y <= 35


@pytest.mark.parametrize("kind", ["bar", "stacked", "line"])
def test_it_says_what_the_chart_says(kind: str) -> None:
    texts = {shape.text for shape in draw_chart(chart(kind), 560, 260) if isinstance(shape, Label)}
    assert {"会议出席", "单位：人次", "应到", "实到", "第一季度"} <= texts


@pytest.mark.parametrize("text", NASTY, ids=lambda text: repr(text[:8]))
def test_labels_stay_inside(text: str) -> None:
    drawn = draw_chart(
        Chart(text, (text, "乙"), (Series(text, (1, 2)), Series("二", (2, 1))), unit=text), 400, 200
    )
    for shape in drawn:
        if isinstance(shape, Label):
            assert 0 <= shape.y <= 200


@pytest.mark.parametrize(
    "drawn",
    [
        Chart("", (), ()), Chart("", ("甲",), ()), Chart("", ("甲", "乙"), (Series("短", (1,)),)),
        Chart("", ("甲",), (Series("非数", (math.nan,)), Series("无穷", (math.inf,)))), Chart("", ("甲",), (Series("零", (0,)),)),
    ],
)  # fmt: skip
def test_odd_figures_draw_something(drawn: Chart) -> None:
    for shape in draw_chart(drawn, 400, 200):
        if isinstance(shape, Box):
            assert math.isfinite(shape.y)


def test_long_names_stand_whole_under_the_axis() -> None:
    names = (
        "县自然资源和规划局",
        "县文化广电和旅游局",
        "县市场监督管理局",
        *(f"青塘镇{place}" for place in range(9)),
    )
    chart = Chart("", names, (Series("件", tuple(float(place) for place in range(12))),))
    labels = "".join(shape.text for shape in draw_chart(chart, 420, 220) if isinstance(shape, Label))
    assert [name for name in names if name not in labels] == []
